"""The bundle takes whole entries of the chosen categories and no sentence of others."""

import polars as pl

from ingest.ademe_base_carbone.release import CATEGORIES, select


def test_only_the_chosen_categories_are_taken(lines):
    mixed = lines.with_columns(
        category_path=pl.when(pl.col("element_id") == "900001").then(pl.lit(CATEGORIES[0])).otherwise("category_path")
    )
    chosen = select({"lines": mixed})["lines"]
    assert chosen["row_number"].to_list() == [1, 2, 3, 4]


def test_a_category_that_only_starts_like_a_chosen_one_is_left(lines):
    deeper = lines.with_columns(category_path=pl.lit(f"{CATEGORIES[0]} > Archive"))
    assert select({"lines": deeper})["lines"].is_empty()


def test_comments_and_tags_are_left_out_and_nothing_else(lines):
    left_out = set(lines.columns) - set(select({"lines": lines})["lines"].columns)
    assert left_out == {f"{kind}_{language}" for kind in ("comment", "tags") for language in ("fr", "en", "es")}


def test_staging_uses_no_column_that_the_bundle_leaves_out():
    from cradle.paths import PROJECT_ROOT

    for model in (PROJECT_ROOT / "models" / "staging" / "ademe_base_carbone").glob("*.sql"):
        text = model.read_text(encoding="utf-8")
        assert "comment_" not in text, model.name
        assert "tags_" not in text, model.name
