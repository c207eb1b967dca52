"""The test tools notice what they are there for."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.for_all import for_all
from tests.paths import ROOT


def test_whoever_leaves_something_behind_fails():
    leaving = Path(__file__).with_name("leaving.py")
    command = [sys.executable, "-m", "pytest", "-rEF", "--no-header", str(leaving)]
    report = subprocess.run(command, capture_output=True, text=True, check=False, cwd=leaving.parents[2]).stdout
    noticed = set(re.findall(r"^(?:ERROR|FAILED) \S+::(\w+)", report, re.MULTILINE))
    assert noticed == set(re.findall(r"def (test_\w+)", leaving.read_text(encoding="utf-8"))), report


def test_a_process_whose_last_test_copied_something_ends_well():
    copying = "tests/gui/features/chat/transcript/page/test_clipboard.py::test_a_selection_is_copied_as_text_markdown_and_html"
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", copying]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, f"{run.returncode}: {run.stdout[-2000:]} {run.stderr[-2000:]}"


def test_a_test_over_a_table_tells_every_case_that_fails():
    tried: list[int] = []

    @for_all(range(5), lambda case: f"number {case}")
    def test_of_odd_ones(case: int) -> None:
        tried.append(case)
        assert case % 2 == 0

    with pytest.raises(pytest.fail.Exception, match=r"number 1: AssertionError.*\n(?:.*\n)*number 3: AssertionError"):
        test_of_odd_ones()
    assert tried == [0, 1, 2, 3, 4]
    assert test_of_odd_ones.__name__ == "test_of_odd_ones"


def test_a_test_over_an_empty_table_fails():
    with pytest.raises(AssertionError, match="no case"):
        for_all([])(lambda _case: None)()
