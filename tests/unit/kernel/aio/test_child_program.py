"""What starts a child process, from source and from a frozen program."""

import importlib
import sys

import pytest

from chatdesk.kernel.aio.child_program import ENGINE_CHILD, FORMULA_CHILD, IMPORT_CHILD, ChildProgram

PROGRAMS = pytest.mark.parametrize("program", [ENGINE_CHILD, FORMULA_CHILD, IMPORT_CHILD], ids=lambda each: each.module)


@PROGRAMS
def test_from_source_its_module_is_run(program: ChildProgram) -> None:
    assert program.command() == [sys.executable, "-m", program.module]
    assert callable(importlib.import_module(program.module).main)


@PROGRAMS
def test_a_frozen_program_starts_itself(program: ChildProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program.command() == [sys.executable, program.argument]
