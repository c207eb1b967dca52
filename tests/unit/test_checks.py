"""The checks of CI: a stage ends whatever it does, lanes run beside each other, and the end of the log names what failed."""

import sys
import time
from pathlib import Path

import pytest

import dev
from tests import checks
from tests.checks import Result, Run, SideLane, Stage, on_other_pythons, summary


def program(text: str, name: str = "stage") -> Stage:
    return Stage(name, (sys.executable, "-c", text))


def ran(stage: Stage) -> tuple[Result, list[str]]:
    shown: list[str] = []
    run = Run()
    run.stage(stage, shown.append)
    return run.results[0], shown


def test_the_output_of_a_stage_is_shown_between_its_name_and_its_time() -> None:
    result, shown = ran(program("import sys; print('one'); sys.stdout.flush(); print('two', file=sys.stderr)"))
    assert result.passed
    assert shown[:-1] == ["stage:", "one", "two"]
    assert shown[-1].startswith("stage: passed in ")


def test_a_stage_keeps_what_python_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    _, shown = ran(program("import sys; print(sys.dont_write_bytecode)"))
    assert shown[1] == "False"


def test_a_stage_that_fails_keeps_its_last_lines() -> None:
    result, shown = ran(program("print(*range(100), sep='\\n'); raise SystemExit(1)"))
    assert not result.passed
    assert result.lines[-1] == "99"
    assert len(result.lines) == checks.REPEATED_LINES
    assert shown[-1].startswith("stage: FAILED in ")


def test_a_test_that_is_named_far_above_the_end_is_kept() -> None:
    stack = '  File "/clone/tests/gui/test_a.py", line 5 in test_b'
    result, _ = ran(program(f"print({stack!r}); print(*range(100), sep='\\n'); raise SystemExit(1)"))
    assert result.lines[0] == stack
    assert len(result.lines) == checks.REPEATED_LINES + 1


def test_a_stage_that_hangs_is_stopped_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "STAGE_SECONDS", 1)
    wait = "import time; print('begun', flush=True); time.sleep(600)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {wait!r}])"
    result, _ = ran(program(child))
    assert not result.passed
    assert result.lines[-1] == "stopped after 1 s"


def test_a_process_that_a_stage_leaves_behind_does_not_hold_it_up() -> None:
    left = "import time; time.sleep(600)"
    start = time.monotonic()
    result, _ = ran(program(f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {left!r}])"))
    assert result.passed
    assert time.monotonic() - start < 300


def test_a_stage_has_its_own_environment() -> None:
    stage = Stage("stage", (sys.executable, "-c", "import os; print(os.environ['GIVEN'])"), {"GIVEN": "to it"})
    assert "to it" in ran(stage)[1]


def test_the_side_lane_keeps_its_output_together_until_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run()
    first, second = program("print('a')", "first"), program("raise SystemExit(2)", "second")
    side = SideLane(run, (first, second))
    run.stage(program("print('b')", "main"), lambda line: None)
    side.wait_for([first])
    side.wait_for_all()
    assert [line.partition(" in ")[0] for line in capsys.readouterr().out.splitlines()] == [
        *("first:", "a", "first: passed"),
        *("second:", "second: FAILED"),
    ]
    assert {result.name: result.passed for result in run.results} == {"first": True, "second": False, "main": True}


def test_the_summary_ends_with_the_names_and_last_lines_of_what_failed() -> None:
    results = [
        Result("unit", 12.34, passed=True, lines=("8 passed",)),
        Result("gui", 3, passed=False, lines=("FAILED tests/gui/test_a.py::test_b", "1 failed")),
    ]
    assert summary(results) == [
        "",
        "   12.3 s  unit",
        "    3.0 s  gui FAILED",
        "",
        "gui FAILED:",
        "FAILED tests/gui/test_a.py::test_b",
        "1 failed",
        "",
        "Failed: gui",
    ]
    assert summary(results[:1])[-1] == "All checks passed."


def test_every_check_is_there() -> None:
    run_by_ci = (*checks.MAIN, *checks.ALONE, *checks.TYPES_AND_ARCHITECTURE, *checks.BESIDE)
    for stage in (*run_by_ci, *checks.BY_HAND):
        for part in stage.command:
            if part.startswith(("tests/", "packaging/")):
                assert (dev.ROOT / part).exists(), stage.name
    folders = {folder.name for folder in (dev.ROOT / "tests").iterdir() if any(folder.rglob("test_*.py"))}
    tested = {Path(stage.command[-1]).name for stage in (*run_by_ci, *checks.BY_HAND)}
    assert folders <= tested | {"bundle"}
    assert not {stage.name for stage in run_by_ci} & {stage.name for stage in checks.BY_HAND}


def test_what_measures_how_soon_the_window_answers_runs_alone_and_every_other_test_beside_others() -> None:
    for folder in ("preview", "e2e"):
        (shared,) = [stage.command for stage in checks.MAIN if stage.name == folder]
        (alone,) = [stage.command for stage in checks.ALONE if stage.command[-1] == shared[-1]]
        assert any(argument.startswith("--numprocesses=") for argument in shared)
        assert not any(argument.startswith("--numprocesses=") for argument in alone)
        assert shared[shared.index("-m", 3) + 1] == "not alone"
        assert alone[alone.index("-m", 3) + 1] == "alone"


def test_another_python_is_set_up_before_it_is_tested_on() -> None:
    set_ups, tested = on_other_pythons([((3, 12, 1), "/python3.12")])
    assert [stage.name for stage in set_ups] == ["set-up of Python 3.12.1"]
    assert [stage.name for stage in tested] == ["unit on Python 3.12.1", "gui on Python 3.12.1"]
    for stage in (*set_ups, *tested):
        assert stage.command[:3] == ("/python3.12", dev.__file__, "test")
        assert stage.environment == {"CHATDESK_ENVIRONMENT": ".venv-3.12"}
