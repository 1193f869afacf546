"""Measured power and energy: traces and run totals of the formats people have, under one measurement contract."""
