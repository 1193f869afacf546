"""Figures on telecommunication networks: electricity and impact per volume of data or per line, each cited."""
