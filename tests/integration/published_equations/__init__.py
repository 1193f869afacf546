"""The equations of studies, written out a second time by hand from the publications.

Each module has EQUATIONS: scenario -> function from the scenario's parameters to its published quantities.
"""
