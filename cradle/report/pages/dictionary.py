"""The page of the data dictionary: every mart and column, as the comments in the warehouse describe them."""

from cradle.dictionary import Field, unit_among
from cradle.dictionary.marts import LICENCE_COLUMNS, load_marts, load_topics, split_grain
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section

_ELSEWHERE = "Other tables"


def page(marts: Marts) -> Page:
    """The marts, and a table of columns for each topic."""
    columns = marts.rows(
        """
        select
            table_name as mart,
            column_name as name,
            lower(data_type) as type,
            is_nullable,
            coalesce(comment, '') as comment
        from duckdb_columns()
        where schema_name = 'marts' and database_name = current_database()
        order by table_name, column_index
        """
    )
    tables = marts.rows(
        """
        select tables.table_name as mart, coalesce(tables.comment, '') as comment, tables.estimated_size as row_count,
            array_to_string(keys.constraint_column_names, ', ') as key
        from duckdb_tables() as tables
        left join duckdb_constraints() as keys
            on tables.table_oid = keys.table_oid and keys.constraint_type = 'PRIMARY KEY'
                and keys.database_name = current_database()
        where tables.schema_name = 'marts' and tables.database_name = current_database()
        order by tables.table_name
        """
    )
    known, titles = load_marts(), load_topics()
    topics = {name: titles[mart.topic] for name, mart in known.items()}
    listed = [
        _mart(row, topics, [column["name"] for column in columns if column["mart"] == row["mart"]]) for row in tables
    ]
    sections = [
        Section(
            "marts",
            "All tables",
            "What one row of each is. The key tells rows apart, the licence column says whose terms bind a row.",
            sorted(listed, key=lambda row: [*titles.values(), _ELSEWHERE].index(row["topic"])),
            "the comments and keys of the warehouse's tables",
        )
    ]
    for number, title in enumerate([*titles.values(), _ELSEWHERE]):
        rows = [row for row in columns if topics.get(row["mart"], _ELSEWHERE) == title]
        if rows:
            sections.append(
                Section(
                    f"columns_{number + 1}",
                    title,
                    "Every column with its unit and with what an empty cell means: it is never 0.",
                    _described(rows),
                    "the comments of the warehouse's columns",
                )
            )
    lead = "Every table and column that one can ask. On the command line: cradle fields NAME. Words: see the glossary."
    return Page("dictionary", "Data dictionary", "Provenance", lead, sections)


def _mart(row: Row, topics: dict[str, str], columns: list[str]) -> Row:
    says, grain = split_grain(row["comment"])
    return {
        "topic": topics.get(row["mart"], _ELSEWHERE),
        "mart": row["mart"],
        "what it holds": says,
        "grain": grain,
        "key": row["key"],
        "licence column": ", ".join(name for name in LICENCE_COLUMNS if name in columns) or "none",
        "rows": row["row_count"],
    }


def _described(columns: list[Row]) -> list[Row]:
    beside: dict[str, set[str]] = {}
    for row in columns:
        beside.setdefault(row["mart"], set()).add(row["name"])
    rows = []
    for row in columns:
        field = Field.from_doc(row["name"], row["comment"])
        rows.append(
            {
                "mart": row["mart"],
                "column": row["name"],
                "type": row["type"],
                "unit": unit_among(field.unit, beside[row["mart"]]) or "none",
                "an empty cell means": (row["is_nullable"] and field.null_meaning) or "never empty",
                "meaning": field.description,
            }
        )
    return rows
