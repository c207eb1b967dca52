"""The test tools notice what they are there for."""

import re
import subprocess
import sys
from pathlib import Path


def test_whoever_leaves_something_behind_fails():
    leaving = Path(__file__).with_name("leaving.py")
    command = [sys.executable, "-m", "pytest", "-rEF", "--no-header", str(leaving)]
    report = subprocess.run(command, capture_output=True, text=True, check=False, cwd=leaving.parents[2]).stdout
    noticed = set(re.findall(r"^(?:ERROR|FAILED) \S+::(\w+)", report, re.MULTILINE))
    assert noticed == set(re.findall(r"def (test_\w+)", leaving.read_text(encoding="utf-8"))), report
