import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest

from cradle.console import length_of_time
from cradle.paths import PROJECT_ROOT

BAR = """
import sys, time
from cradle.console import progress
with progress("fetching") as advance:
    for done in range(1, 6):
        advance(done * 1000, 5000, f"{done} of 5 files")
        time.sleep(0.15)
    THEN
print("done")
"""
SHOW, HIDE = "\x1b[?25h", "\x1b[?25l"
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def start(code, **more):
    """Run code on a pseudo-terminal; returns its process id and our end of the terminal."""
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "TERM")}
    pid, end = pty.fork()
    if pid == 0:
        os.chdir(PROJECT_ROOT)
        os.execve(
            sys.executable,
            [sys.executable, "-c", code],
            environment | {"TERM": "xterm-256color", "COLUMNS": "120", "PYTHONPATH": str(PROJECT_ROOT)} | more,
        )
    return pid, end


def everything(end):
    text = b""
    while True:
        try:
            piece = os.read(end, 65536)
        except OSError:  # Linux says so when the other side is closed
            piece = b""
        if not piece:
            return text.decode(errors="replace")
        text += piece


def on_a_terminal(code, **more):
    pid, end = start(code, **more)
    text = everything(end)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), text


def test_a_terminal_gets_a_bar_that_is_gone_at_the_end():
    code, text = on_a_terminal(BAR.replace("THEN", "pass"))
    assert code == 0
    assert "fetching" in text
    assert "4 of 5 files" in CODES.sub("", text)
    assert text.rindex(SHOW) > text.rindex(HIDE)
    assert "\x1b[2K" in text[text.rindex("fetching") :]  # the line is wiped
    assert text.endswith("done\r\n")


@pytest.mark.parametrize("more", [{"CI": "1"}, {"CI": "true"}, {"TERM": "dumb"}])
def test_no_bar_in_ci_or_on_a_terminal_that_cannot_move_its_cursor(more):
    assert on_a_terminal(BAR.replace("THEN", "pass"), **more) == (0, "done\r\n")


def test_no_bar_and_no_word_in_a_pipe():
    done = subprocess.run(
        [sys.executable, "-c", BAR.replace("THEN", "pass")],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_no_colour_is_honoured():
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", on_a_terminal(BAR.replace("THEN", "pass"))[1])
    text = on_a_terminal(BAR.replace("THEN", "pass"), NO_COLOR="1")[1]
    assert "fetching" in text
    assert not re.search(r"\x1b\[[0-9;]*[34][0-9]m", text)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_end_by_a_signal_leaves_the_cursor_as_it_was(number):
    pid, end = start(BAR.replace("THEN", "time.sleep(30)"))
    text = ""
    while "5 of 5 files" not in CODES.sub("", text):
        text += os.read(end, 65536).decode(errors="replace")
    os.kill(pid, number)
    text += everything(end)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code in (-number, 1)  # of an interrupt: that of the traceback, which `cradle` has none of
    assert text.rindex(SHOW) > text.rindex(HIDE)


def test_what_is_printed_meanwhile_stands_above_the_bar():
    code = BAR.replace("THEN", "print('a warning'); time.sleep(0.6)")
    text = on_a_terminal(code)[1]
    assert "a warning\r\n" in CODES.sub("", text)
    assert text.index("a warning") < text.rindex("fetching")


def test_lengths_of_time():
    told = [length_of_time(seconds) for seconds in (0.2, 59.4, 65, 3600, 7384)]
    assert told == ["0 s", "59 s", "1 min 05 s", "1 h 00 min", "2 h 03 min"]


def test_a_bar_ends_within_a_moment():
    begun = time.monotonic()
    on_a_terminal("from cradle.console import counted\nwith counted('x', 'pages') as advance: advance('one')")
    assert time.monotonic() - begun < 10
