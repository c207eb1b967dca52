"""Chatdesk can end while a page runs: without a crash, without a complaint, and no process of the page stays."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_time import PROCESS_TIMEOUT
from tests.preview.chromium_says import without_chromium


@pytest.mark.parametrize("how", ["close", "quit", "signal", "slept", "end"])
def test_a_program_ends_cleanly_with_a_page_on_the_stage(how: str) -> None:
    command = [sys.executable, "-m", "tests.preview.quitting", how]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False)
    assert (ended.returncode, ended.stdout) == (0, "ended")
    assert without_chromium(ended.stderr) == []
    assert not [
        entry for entry in Path("/proc").glob("[0-9]*/cmdline") if b"--application-name=quitting" in _read(entry)
    ]


def _read(entry: Path) -> bytes:
    try:
        return entry.read_bytes()
    except OSError:  # gone just now
        return b""
