"""PUE and WUE of data centres by provider, site and year, each cited."""
