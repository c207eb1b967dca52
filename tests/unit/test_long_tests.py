"""The process of a test that hangs is ended, but not while the test may still run by its own time-out."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

_TEST = """
import time
import pytest

@pytest.mark.timeout({seconds})
def test_long():
    time.sleep(2)
"""


@pytest.mark.parametrize(("seconds", "code"), [(100, 0), (0, 1)])
def test_a_longer_time_out_moves_the_end_of_the_process(tmp_path: Path, seconds: int, code: int) -> None:
    (tmp_path / "test_it.py").write_text(_TEST.format(seconds=seconds))
    ini = "[pytest]\nfaulthandler_timeout = 1\nfaulthandler_exit_on_timeout = true\nasyncio_default_fixture_loop_scope = function\n"
    (tmp_path / "pytest.ini").write_text(ini)
    plugins = ["-p", "tests.long_tests"] if seconds else []
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugins, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("Timeout (0:00:01)" in done.stderr) == bool(code)
