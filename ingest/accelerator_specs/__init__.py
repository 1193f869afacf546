"""What accelerators are made of and draw, each number with its source: a table of our own."""
