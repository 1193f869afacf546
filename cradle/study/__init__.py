"""Studies of a user's own: rows in the seeds, added by copying, checked without touching the warehouse."""
