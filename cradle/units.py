"""Cradle's units: one pint registry with the units of life cycle assessment and of counted things."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

# In pint's own registry a byte is a plain number, so that a gigabyte would pass for a percentage.
_INFORMATION = ["byte = [information] = B", "bit = 0.125 * byte"]

_COUNTED = [
    "item = [item]",
    "node = [node]",
    "person = [person]",
    "visit = [visit]",
    "request = [request]",
    "image = [image]",
    "step = [step]",
    "sample = [sample]",
    "passenger = [passenger]",
    "vehicle = [vehicle]",
    "household = [household]",
    "dwelling = [dwelling]",
    "line = [line]",
    "FLOP = [floating_point_operation]",
    "token = [token]",
    # of a model: counted in billions as Gparameter
    "parameter = [parameter]",
]

# Energy of a fuel by its lower or higher heating value is never the same quantity as delivered electricity.
_FUELS = [
    "kWh_lhv = [fuel_energy_lower_heating_value]",
    "kWh_hhv = [fuel_energy_higher_heating_value]",
    "toe_lhv = [fuel_mass_equivalent_lower_heating_value]",
    "toe_hhv = [fuel_mass_equivalent_higher_heating_value]",
]

# Money of different years is not converted: that takes a price index and not a unit.
_MONEY = [
    "EUR = [money]",
    "XPF = [money_of_the_pacific]",
    *(f"EUR_{year} = [money_of_{year}]" for year in range(2019, 2024)),
]

_IMPACTS = [
    "kgCO2e = [climate_change]",
    "gCO2e = 0.001 * kgCO2e",
    "tCO2e = 1000 * kgCO2e",
    "ktCO2e = 1e6 * kgCO2e",
    # pounds as publications from the United States print them; the international pound is 0.45359237 kg exactly
    "lbCO2e = 0.45359237 * kgCO2e",
    "kgCO2 = [carbon_dioxide]",
    "kgSbe = [metal_depletion]",
    "mgSbe = 1e-6 * kgSbe",
    "kgCFC11e = [ozone_depletion]",
    "molHe = [acidification]",
    "kgPe = [freshwater_eutrophication]",
    "kgNe = [marine_eutrophication]",
    "molNe = [terrestrial_eutrophication]",
    "kgNMVOCe = [photochemical_ozone]",
    "disease_incidence = [particulate_matter]",
    "kBqU235e = [ionising_radiation]",
    "CTUh = [human_toxicity]",
    "CTUe = [ecotoxicity]",
    "land_use_point = [soil_quality]",
    "m3_world_eq = [water_deprivation]",
]


@cache
def registry() -> "pint.UnitRegistry":
    """The registry in which every unit of the project must parse; built once a process, on first use."""
    import pint

    units = pint.UnitRegistry(on_redefinition="ignore")
    for definition in [*_INFORMATION, *_COUNTED, *_FUELS, *_MONEY, *_IMPACTS]:
        units.define(definition)
    return units
