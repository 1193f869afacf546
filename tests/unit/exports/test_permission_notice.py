"""The MIT licence asks that its copyright notice and its permission notice go with every copy."""

import pytest

from cradle.paths import PROJECT_ROOT
from cradle.permission_notice import permission_notice
from exports.attribution import _paragraph
from exports.sources import Source


def test_the_bundle_carries_copyright_and_permission_notice():
    page = (PROJECT_ROOT / "release" / "open" / "LICENCE.md").read_text(encoding="utf-8")
    section = page[page.index("## Global warming potentials of the IPCC") :].partition("\n## ")[0]
    assert "Copyright (c)\n2021 U.S. EPA" in section or "Copyright (c) 2021 U.S. EPA" in section
    assert permission_notice("MIT") in section
    assert "The above copyright notice and this permission notice shall be included" in section


@pytest.mark.parametrize(("licence_id", "has_notice"), [("MIT", True), ("CC-BY-4.0", False), (None, False)])
def test_published_exports_carry_it_too(licence_id, has_notice):
    source = Source("s", "Title", None, None, licence_id, None, None, "Citation, Copyright (c) 2021 X")
    assert ("Permission is hereby granted" in _paragraph(source, ["a.parquet"])) is has_notice
