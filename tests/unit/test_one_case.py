"""`--one-case` leaves the first case of every parametrised test, what has a mark, and few examples of every property."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.one_case import EXAMPLES
from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

_TESTS = """
import sys
import pytest
from hypothesis import given, settings, strategies as st

numbers = pytest.mark.parametrize("number", [1, 2, 3])

def test_plain():
    pass

@numbers
@pytest.mark.parametrize("letter", "ab")
def test_product(number, letter):
    pass

@pytest.mark.every_case
@numbers
def test_of_python(number):
    pass

@pytest.mark.parametrize("number", [1, 2, pytest.param(3, marks=pytest.mark.every_case), 4])
def test_with_a_case_of_python(number):
    pass

@pytest.mark.parametrize("number", [pytest.param(1, marks=pytest.mark.skipif(True, reason="not here")), 2, 3])
def test_that_is_skipped_first(number):
    pass

@pytest.mark.parametrize("number", [pytest.param(1, marks=pytest.mark.thorough), 2, 3])
def test_that_takes_long_first(number):
    pass

class TestOne:
    @numbers
    def test_in_classes(self, number):
        pass

class TestOther:
    @numbers
    def test_in_classes(self, number):
        pass

@pytest.fixture(params=[1, 2])
def made(request):
    return request.param

def test_of_a_fixture(made):
    pass

many, few = [], []

@settings(max_examples=50, database=None)
@given(st.integers())
def test_property_with_many(number):
    many.append(number)

@settings(max_examples=3, database=None)
@given(st.integers())
def test_property_with_few(number):
    few.append(number)

class TestProperties:
    @settings(max_examples=50, database=None)
    @given(st.integers())
    def test_in_a_class(self, number):
        many.append(number)

def test_end():
    print(f"examples: {len(many)} {len(few)}")
"""
_LEFT_BY_ONE_CASE = {
    "test_plain",
    "test_product[a-1]",
    *(f"test_of_python[{number}]" for number in (1, 2, 3)),
    *("test_with_a_case_of_python[1]", "test_with_a_case_of_python[3]"),
    *("test_that_is_skipped_first[1]", "test_that_is_skipped_first[2]"),
    "test_that_takes_long_first[2]",
    *("TestOne::test_in_classes[1]", "TestOther::test_in_classes[1]"),
    "test_of_a_fixture[1]",
    *("test_property_with_many", "test_property_with_few", "TestProperties::test_in_a_class", "test_end"),
}


def run(folder: Path, *arguments: str) -> tuple[set[str], str]:
    """Return the tests that ran, and the output."""
    (folder / "test_it.py").write_text(_TESTS)
    ini = (
        "[pytest]\nasyncio_default_fixture_loop_scope = function\nmarkers =\n  every_case: a mark\n  thorough: a mark\n"
    )
    (folder / "pytest.ini").write_text(ini)
    plugins = ("-p", "no:cacheprovider", "-p", "tests.one_case")
    command = (sys.executable, "-m", "pytest", *plugins, "-vs", "-m", "not thorough", *arguments, str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return set(re.findall(r"test_it\.py::(\S+)", done.stdout)), done.stdout


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], str]:
    return run(tmp_path_factory.mktemp("tests"), "--one-case")


def test_the_first_case_of_each_test_and_those_with_a_mark_run(one_case: tuple[set[str], str]) -> None:
    assert one_case[0] == _LEFT_BY_ONE_CASE


def test_properties_have_few_examples_even_if_they_ask_for_many(one_case: tuple[set[str], str]) -> None:
    assert f"examples: {2 * EXAMPLES} 3" in one_case[1]


def test_without_the_option_everything_runs(tmp_path: Path) -> None:
    tests, output = run(tmp_path)
    assert {test for test in tests if test.startswith("test_product")} == {
        f"test_product[{letter}-{number}]" for letter in "ab" for number in (1, 2, 3)
    }
    assert "examples: 100 3" in output
