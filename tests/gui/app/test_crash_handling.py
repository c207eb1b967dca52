"""Errors that nobody expected, and what a start that died leaves for the next one."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.app.crash_handling import CrashHandler, OpeningMark
from tests.architecture.sources import ROOT


@pytest.mark.parametrize("place", ["paintEvent", "viewport", "event", "sizeHint", "data"])
@pytest.mark.parametrize(("mode", "kind"), [("overflow", "OverflowError"), ("wrong argument", "TypeError")])
def test_an_error_of_pyside_in_a_virtual_leaves_a_line_in_the_log_and_a_working_window(
    place: str, mode: str, kind: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.app.erring_program", place, mode],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["calls"] > 0
    assert report["typed"] == "still here"
    assert report["visible"]
    assert report["reported"] == 1
    assert done.stderr.count("LOGGED ERROR Unexpected error") == 1, done.stderr
    assert kind in done.stderr
    assert "erring_program.py" in done.stderr
    assert "active painter" not in done.stderr


def test_an_error_that_comes_again_later_is_logged_with_how_often_it_came(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    handler = CrashHandler(lambda: None)

    def fail() -> None:
        with handler.handling_errors():
            raise ValueError("again")

    for _ in range(10):
        fail()
    now[0] += 61
    fail()
    with handler.handling_errors():
        raise ValueError("from another place")
    assert caplog.messages == [
        "Unexpected error",
        "Unexpected error (it came 9 more times since it was logged last)",
        "Unexpected error",
    ]
    assert all(record.levelno == logging.ERROR for record in caplog.records)


DIES = """
import os, sys
from pathlib import Path
from chatdesk.app.crash_handling import OpeningMark
mark = OpeningMark(Path(sys.argv[1]))
with mark.marking("chat7") as shown:
    if sys.argv[2] == "later":
        shown()
    os._exit(1)
"""


def test_only_a_start_that_dies_while_it_shows_a_chat_leaves_its_name(tmp_path: Path) -> None:
    mark = OpeningMark(tmp_path / "opening")
    assert mark.left() == ""
    subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "opening"), "meanwhile"], check=False, cwd=ROOT)
    assert mark.left() == "chat7"
    subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "opening"), "later"], check=False, cwd=ROOT)
    assert mark.left() == ""
    with pytest.raises(ValueError, match="an error"), mark.marking("chat7"):
        raise ValueError("an error")
    assert mark.left() == ""


def test_a_disk_that_takes_no_mark_keeps_no_chat_from_opening(tmp_path: Path) -> None:
    (tmp_path / "opening").mkdir()
    mark = OpeningMark(tmp_path / "opening")
    assert mark.left() == ""
    with mark.marking("chat7") as shown:
        shown()
