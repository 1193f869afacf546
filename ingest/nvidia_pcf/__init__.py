"""NVIDIA's product carbon footprint summaries of HGX baseboards, as a table of our own."""
