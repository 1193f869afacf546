"""The equations of studies, written out a second time by hand from the publications."""
