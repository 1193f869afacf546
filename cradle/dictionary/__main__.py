"""Write every page that is made from the dictionary, the glossary, the sidecars and the YAML of the models."""

from cradle.dictionary import fields, glossary, mart_pages, source_pages
from cradle.paths import PROJECT_ROOT


def main() -> None:
    """Write docs/fields/fields.md, the pages of the marts and of the sources, and docs/glossary.md."""
    known = fields.load()
    fields.PAGE.write_text(fields.page(known), encoding="utf-8")
    print(f"{fields.PAGE.relative_to(PROJECT_ROOT)}: {len(known)} fields")
    for module in (mart_pages, source_pages):
        pages = module.write(known)
        print(f"{module.FOLDER.relative_to(PROJECT_ROOT)}: {len(pages)} pages")
    terms = glossary.load()
    glossary.PAGE.write_text(glossary.page(terms), encoding="utf-8")
    print(f"{glossary.PAGE.relative_to(PROJECT_ROOT)}: {len(terms)} terms")


if __name__ == "__main__":
    main()
