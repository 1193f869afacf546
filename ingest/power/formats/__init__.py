"""One module a format of trace. Each has NAME, TITLE, `sniff`, `companions` and `read` (see `ingest.power.reading`)."""
