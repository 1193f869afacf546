"""Ingest: fetch what public sources say, parse it as text, land it, and hold it to its contract."""
