"""The columns of raw.reference_tables__cells: what the table says, what the mapping makes of it, and lineage."""

from ingest.reference_tables.mapping import COLUMNS

# as the file writes them; `file_column` is the header of the value in a wide table
STATED = (*COLUMNS, "file_column")
# what the mapping says of a row, beside the words it was said for
MAPPED = (
    *("life_cycle_stage", "stages_covered", "indicator_id", "amount_unit", "reference_unit", "geography_id"),
    *("object_id", "electricity_scope", "reference_year", "object_boundary", "licence_id"),
    *("is_proxy", "includes_use_electricity", "zero_is_not_modelled", "rule_reason", "rules_applied"),
    *("refused_by_rule", "row_fault", "decimal_mark"),
)
TABLES = (
    *("title", "mapping_name", "mapping_sha256", "licence_id", "licence_name", "licence_url", "redistributable"),
    *("licence_pack", "file_name", "bytes", "rows_landed", "fingerprint"),
)
