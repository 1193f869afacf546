import re

import yaml

from cradle.paths import PROJECT_ROOT

MAX_BYTES = 2_000_000

# written in pieces, so that this file does not hold what it looks for
FORBIDDEN = {
    "a path of one machine": re.compile(
        r"(?<![\w.])/(?:"
        + "|".join(["ro" + "ot", "wo" + "rk", "fa" + "rm", r"ho" + r"me/\w+", r"Us" + r"ers/\w+"])
        + r")/"
        r"|/opt/" + "(?:wheels|py" + "pi)"
    ),
    "a package registry's host": re.compile(
        "|".join([r"py" + r"pi\.org", "python" + "hosted", r"registry\.np" + r"mjs", r"deb\.deb" + r"ian\.org"])
    ),
}


def test_no_file_names_a_machine_or_a_registry(tracked):
    found = [
        f"{file.relative_to(PROJECT_ROOT)}:{number}: {what}"
        for file in tracked
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]
    assert found == []


def test_the_patterns_find_what_they_look_for():
    path, host = FORBIDDEN.values()
    assert path.search("see /ro" + "ot/.cache") and path.search("'/ho" + "me/me/x'")
    assert not path.search("https://example.org/wo" + "rk/") and not path.search("frame" + "work/ro" + "ot/")
    assert host.search("https://py" + "pi.org/simple")


def test_no_file_is_large(tracked):
    assert [str(file) for file in tracked if file.stat().st_size > MAX_BYTES] == []


def test_the_licence_of_every_bundled_source_is_there():
    sidecars = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in PROJECT_ROOT.glob("ingest/*/source.yml")]
    bundled = {sidecar["licence"]["id"] for sidecar in sidecars if sidecar["licence_pack"]}
    texts = {file.stem for file in (PROJECT_ROOT / "LICENSES").glob("*.txt")}
    assert sorted(bundled - texts) == []
