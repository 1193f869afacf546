"""Writers of the forms in which other tools read the warehouse."""
