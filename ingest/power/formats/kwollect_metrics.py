"""What the metrics of Kwollect (Grid'5000) are: https://www.grid5000.fr/w/Monitoring_Using_Kwollect."""

import re

_POWER = re.compile(r"(?:^|_)power_watt$|_power_watt_")
# metric -> boundary, instrument, seconds between readings; the side a BMC measures on differs by maker
_KNOWN = {
    "wattmetre_power_watt": ("node_ac", "Omegawatt wattmetre", 1.0),
    "pdu_outlet_power_watt": ("node_ac", "PDU outlet", None),
    "bmc_node_power_watt": (None, "BMC", 5.0),
}


def is_power(metric: str) -> bool:
    """Return whether a metric is a power in watts."""
    return bool(_POWER.search(metric))


def channel_of_metric(device: str | None, metric: str, port: str | None = None) -> dict | None:
    """Return the channel of a metric of a device; None where it is no power."""
    if not is_power(metric):
        return None
    boundary, instrument, seconds = _KNOWN.get(metric, (None, None, None))
    return {
        "device_id": device,
        "channel": f"{metric}/{port}" if port else metric,
        "component": "node",
        "boundary": boundary,
        "quantity_kind": "gauge",
        "unit": "W",
        "is_measured": True,
        "instrument": instrument,
        "sensor_interval_s": seconds,
    }
