"""The commands of the command line, a file for each: its options, help and examples; the work is done elsewhere."""
