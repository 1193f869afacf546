"""The pages of the report, one a file."""
