"""Global warming potentials of the IPCC (AR4, AR5, AR6), as collected by the LCIAformatter of the US EPA."""
