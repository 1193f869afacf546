"""The output on docs/releases.md is what the command answers; CRADLE_UPDATE_PAGES=1 rewrites it."""

import os
import re

from cradle.cli import main
from cradle.paths import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "releases.md"
SHOWN = re.compile(r"```sh\ncradle diff 2026-q2 2026-q3\n```\n\n```text\n(.*?)```", re.DOTALL)
CHANGES = """
update given.parameters set value = 1.5 where parameter_name = 'pue' and scenario_id = 'service';
insert into given.corrections values ('of_the_card', 'makers', 'card', 'gwp', 'set_value', '120', 'active', true);
update given.factors set value = 120 where factor_id = 'makers:card:gwp';
update given.scenarios set place = 'POL' where scenario_id = 'still';
"""


def test_the_page_shows_what_the_command_says(keep, kept, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_KEPT", str(kept))
    keep("2026-q2")
    keep("2026-q3", CHANGES)
    assert main(["diff", "2026-q2", "2026-q3"]) == 0
    output = capsys.readouterr().out
    text = PAGE.read_text(encoding="utf-8")
    found = SHOWN.search(text)
    assert found
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        PAGE.write_text(text[: found.start(1)] + output + text[found.end(1) :], encoding="utf-8")
        return
    assert found[1] == output
