"""CodeCarbon's global electricity mix: generation by source and carbon intensity of 213 places."""
