"""How the bytes of a download come here: one module a kind of place."""
