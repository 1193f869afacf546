"""What no meter and no clock of a trace can say: such a number is flagged where it stands, and no energy comes of it.

The limits are wide on purpose: every real trace is inside, and sums of energy stay inside 38 digits of a picojoule.
"""

from ingest.reference_tables.mapping import vocabulary

# the largest data centres that are planned take a few GW
MOST_W = 1e10
# 28 TWh: a counter of a site after years
MOST_J = 1e17
# of a run that is stated as a whole
MOST_KWH, MOST_KG = 1e9, 1e12
# 317 years on either side of 1970, or of the start
MOST_US, MOST_S = 10**16, 1e10
# of samples that state a rate instead of times
LEAST_HZ, MOST_HZ = 1e-6, 1e12


def is_implausible() -> str:
    """SQL: whether a sample, joined with its channel, is beyond the limits; null where it has no number."""
    most = {"power": MOST_W, "energy": MOST_J}
    units = " ".join(
        f"when '{unit}' then {most[row['measures']] / float(row['to_watt_or_joule'])!r}"
        for unit, row in vocabulary("power_units").items()
    )
    return (
        f"(abs(value) > case unit {units} end or stated_us not between -{MOST_US} and {MOST_US}"
        f" or interval_s not between 0 and {MOST_S!r})"
    )
