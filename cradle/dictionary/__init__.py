"""The data dictionary and the glossary: what every column and every word means, said once.

`dictionary/*.yml` holds one record a column name, `dictionary/marts/` what people ask and what the topics are, and
`dictionary/glossary/` the terms. `python -m cradle.dictionary` writes the pages made from them: docs/fields (dbt's doc
blocks), docs/marts, docs/sources and docs/glossary.md.
"""

from cradle.dictionary.fields import FOLDER, IN_COLUMN, PAGE, DictionaryError, Field, load, page, unit_among

__all__ = ["FOLDER", "IN_COLUMN", "PAGE", "DictionaryError", "Field", "load", "page", "unit_among"]
