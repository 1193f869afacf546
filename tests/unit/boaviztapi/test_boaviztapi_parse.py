"""Each file is known by its name and read cell by cell, as upstream wrote it."""

import polars as pl


def numbers(frame: pl.DataFrame, **where: str) -> list:
    return frame.filter(*(pl.col(name) == value for name, value in where.items()))["value"].to_list()


def test_numbers_of_factors_keep_their_text_and_their_place(parsed):
    frame = parsed("factors.yml")
    assert numbers(frame, item="cpu") == ["0.0250", "7.00"]
    assert numbers(frame, item="case", variant="blade") == ["20.5", "500.0"]
    assert numbers(frame, item="gpu", sub_part="gpu", stage_as_printed="manufacture", criterion="efp") == ["1.2500E-07"]
    assert numbers(frame, item="gpu", stage_as_printed="eol") == ["2.5000E+00"]
    assert numbers(frame, item="LAPTOP", variant="pro", criterion="ctuh_nc") == ["2e-06"]
    assert numbers(frame, item="SERVER", criterion="adp") == [None]
    assert numbers(frame, item="IoT", stage_as_printed="eol", criterion="fw") == ["0.0148"]
    assert numbers(frame, item="electricity", criterion="fe") == ["1"]
    assert frame["row_number"].to_list() == list(range(1, frame.height + 1))


def test_what_is_said_of_a_number_stands_beside_it(parsed):
    frame = parsed("factors.yml")
    about = ["unit_as_printed", "factor_source", "priority", "reference_period"]
    electricity = frame.filter(pl.col("item") == "electricity").select("sub_part", "criterion", *about).rows()
    assert electricity == [
        ("FRA", "gwp", "kg éq. CO2", "A", "1.0", "2019"),
        ("FRA", "wu", "m3/kWh", "W", "3.0", None),
        ("FRA", "fe", "MJ", "Final energy", "1.0", None),
    ]
    assert set(frame.filter(pl.col("item") == "IoT")["factor_source"]) == {"Somebody, 'a study', 2021"}


def test_a_mix_has_one_row_a_criterion_source_and_place(parsed):
    frame = parsed("electrical_mix.csv")
    assert frame.height == 7 * 3
    assert set(frame["place_name"]) == {"World", "France", "Czech Republic, the"}
    gwp = frame.filter(pl.col("criterion") == "gwp", pl.col("place_code") == "WOR")
    assert gwp.select("file_row", "priority", "value").rows() == [
        ("5", "1", None),
        ("6", "2", None),
        ("7", "3", "0.625"),
        ("8", "2", "0.375"),
    ]
    swapped = frame.filter(pl.col("criterion") == "pe").select("name_en", "name_fr").unique().rows()
    assert swapped == [("Consommation d'energie primaire", "Consumption of primary energy")]
    assert numbers(frame, criterion="renewable_energy") == ["35.20%", "20%", "11.30%"]


def test_decimal_commas_and_blank_variants_of_devices_stay(parsed):
    frame = parsed("ademe_base_impacts_negaoctet.csv")
    assert frame.height == 3 * 4
    assert frame.row(0) == ("Gadget", "perso", "ADPe", "8,25E-03", 1)
    assert set(frame.filter(pl.col("device") == "Box")["variant"]) == {None}
    assert numbers(frame, device="Box", criterion="WU") == [None]
    assert numbers(frame, device="Gadget", variant="perso", criterion="WU") == ["-8,00E+02"]


def test_blocks_take_their_codes_and_units_from_the_rows_below_the_header(parsed):
    frame = parsed("iot_factors_tide.csv")
    assert frame.height == 2 * 4
    assert frame.row(0)[:7] == (
        *("sensing", "HSL-1", "fab", "ctuh_c", "Fab - Human toxicity, cancer", "CTUh", "6.02E-12"),
    )
    assert numbers(frame, block="user_interface", criterion="fw") == [None]


def test_default_minimum_and_maximum_are_three_cells(parsed):
    frame = parsed("server.csv")
    assert frame.select("archetype_id", "cpu_units", "cpu_units_min", "cpu_units_max").rows() == [
        ("small", "2", "1", "2"),
        ("wrong-ram", "2", None, None),
        ("cut", "2;1", None, None),  # two parts are neither a number nor a range
    ]
    assert frame["power_supply_units"].to_list() == ["2", "2", "2;2;2;2"]


def test_the_provider_of_an_instance_is_the_name_of_its_file(parsed):
    assert parsed("gcp.csv")["provider"].unique().to_list() == ["gcp"]
    assert parsed("aws.csv")["provider"].unique().to_list() == ["aws"]


def test_densities_of_memory_and_of_flash_have_the_same_columns(parsed):
    ram, ssd = parsed("ram_manufacture.csv"), parsed("ssd_manufacture.csv")
    assert ram.columns == ssd.columns
    assert ram.select("chip_kind", "process_nm", "density_gb_cm2", "layers").rows() == [("ram", "30", "0.625", None)]
    assert ssd.select("manufacturer", "layers", "density_year").rows() == [
        ("Maker ", "32", "2015"),
        ("Other", "64", None),
    ]


def test_small_tables_become_records(parsed):
    frame = parsed("user_terminal.csv").filter(pl.col("archetype_field") == "USAGE.avg_power")
    columns = ["archetype_id", "field_value", "field_value_min", "field_value_max"]
    assert frame.select(columns).rows() == [("gadget-pro", "75", "50", "100"), ("watch", "0", None, None)]


def test_the_file_without_a_header_keeps_its_first_row(parsed):
    frame = parsed("missing_cpu_manufacture.csv")
    assert frame.select("archetype_id", "archetype_field", "field_value").rows() == [
        ("Maker someridge", "year", "2019"),
        ("Maker someridge", "process_nm", "14"),
        ("Other Labs Stone", "year", "2018"),
        ("Other Labs Stone", "process_nm", "?"),
    ]
