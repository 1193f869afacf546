"""sqlfluff is configured so that it finds things: lint that passes everything would look the same as clean SQL."""

import json
import subprocess
import sys

import pytest

from cradle.paths import PROJECT_ROOT

GOOD = """with

scenarios as (
    select * from {{ ref('scenarios') }}
),

final as (
    select
        scenario_id,
        {{ product('amount') }} as value
    from scenarios
    group by scenario_id
)

select * from final
"""


@pytest.fixture
def lint(tmp_path):
    def run(sql: str) -> set[str]:
        file = tmp_path / "model.sql"
        file.write_text(sql, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "sqlfluff", "lint", "--format", "json", "--config", ".sqlfluff", str(file)],
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
        )
        return {violation["code"] for report in json.loads(done.stdout) for violation in report["violations"]}

    return run


def test_the_house_style_passes(lint):
    assert lint(GOOD) == set()


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("select\n        scenario_id", "SELECT\n        scenario_id", "CP01"),
        ("        scenario_id,", "      scenario_id,", "LT02"),
        ("scenario_id,\n        {{", "scenario_id\n        , {{", "LT04"),
        ("as value", "value", "AL02"),
        ("scenario_id,", "scenario_id, " + "scenario_id || " * 10 + "'x' as a_very_long_name,", "LT05"),
        ("from scenarios\n", "from (select * from scenarios)\n", "ST05"),
        ("group by scenario_id", "group by group by", "PRS"),
        ("select * from final", "select 1 as one", "ST03"),
    ],
)
def test_what_breaks_it_is_found(lint, good, bad, code):
    assert good in GOOD
    assert code in lint(GOOD.replace(good, bad))
