"""Tables in the style of NegaOctet that the user holds: one file and one mapping a table, under a declared licence."""
