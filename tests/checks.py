"""Every check that CI runs, in two lanes: `python -m tests.checks`, after the set-up by `dev.py check`.

What uses all cores is in the main lane. What uses one core runs beside it, so that no core is idle: types, the import rules, the set-up
of the other Pythons, the bundle, the attacks of pages on the network. What measures how quickly the real window answers (`alone`) runs
after both, one test at a time. The output of the main lane is shown as it comes, that of the side lane when a stage has ended.

CI keeps only the end of its log: the times of all stages and the last lines of those that failed are repeated there.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import dev

STAGE_SECONDS = 1500
"""Far more than any stage needs. One that hangs is stopped and named before the time of the whole run is used up."""

REPEATED_LINES = 25
"""Of each failed stage, at the end. pytest names the failed tests in its last lines."""

_NAMES_A_TEST = re.compile(r"^(FAILED|ERROR) |^  File .*[/\\]tests[/\\].* in test_")
"""A failed test, or where the stack of one that hangs or crashes is in it: such a test may not be in the last lines."""
_NAMED_TESTS = 15

_PARALLEL = ("--numprocesses=auto",)
_ONE_PER_PROCESSOR = (f"--numprocesses={os.cpu_count() or 1}",)


@dataclass(frozen=True)
class Stage:
    """One check: a command, and what it adds to the environment."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How a stage ended. `lines` are its last ones, and before them those that name tests."""

    name: str
    seconds: float
    passed: bool
    lines: tuple[str, ...]


def module(name: str, module: str, *arguments: str) -> Stage:
    return Stage(name, (dev.PYTHON, "-m", module, *arguments))


def tests(name: str, *arguments: str) -> Stage:
    return module(name, "pytest", "--no-header", *arguments, f"tests/{name}")


def without_alone(folder: str, *arguments: str) -> Stage:
    """Return the stage of the tests that need not be alone: a file stays with one process as far as that keeps all of them busy."""
    return tests(folder, *_ONE_PER_PROCESSOR, "--dist=worksteal", "-m", "not alone", *arguments)


def alone(folder: str, *arguments: str) -> Stage:
    return module(f"{folder}: alone", "pytest", "--no-header", "-m", "alone", *arguments, f"tests/{folder}")


NETWORK = "tests/preview/test_network.py"
"""Its pages wait most of the time for what never comes, and nothing in it measures the window."""

MAIN = (
    module("format", "ruff", "format", "--check", "--quiet", "."),
    module("lint", "ruff", "check", "--quiet", "."),
    tests("unit", *_PARALLEL),
    tests("gui", *_PARALLEL),
    # Each process has a screen of its own.
    without_alone("preview", f"--ignore={NETWORK}"),
    without_alone("e2e"),
)
ALONE = (
    # Their pages and models load the processor themselves, and the window must answer meanwhile.
    alone("preview", f"--ignore={NETWORK}"),
    alone("e2e"),
)
TYPES_AND_ARCHITECTURE = (module("types", "mypy", "--no-error-summary"), tests("architecture"))
BESIDE = (
    tests("bundle", "-rs"),
    Stage("recipes", (dev.PYTHON, "packaging/check_recipes.py")),
    module("preview: network", "pytest", "--no-header", NETWORK),
)

BY_HAND = (tests("gpu"),)
"""What CI has no means for: a real `llama-server`. `docs/engine.md` tells how to get one."""


def on_other_pythons(found: Iterable[tuple[tuple[int, ...], str]]) -> tuple[list[Stage], list[Stage]]:
    """Return the stages that set up each of these Pythons, and those that test on them.

    The largest corpora (`thorough`) do not depend on the version of Python.
    """
    set_up, tested = [], []
    for version, python in found:
        name = "Python {}".format(".".join(map(str, version)))
        environment = {"CHATDESK_ENVIRONMENT": ".venv-{}.{}".format(*version)}
        test = (python, dev.__file__, "test")
        set_up.append(Stage(f"set-up of {name}", (*test, "--version"), environment))
        for folder in ("unit", "gui"):
            command = (*test, "--no-header", *_PARALLEL, "-m", "not thorough", f"tests/{folder}")
            tested.append(Stage(f"{folder} on {name}", command, environment))
    return set_up, tested


class Run:
    """Runs stages and keeps their results; ends those that still run when it is stopped."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self._running: dict[str, subprocess.Popen[str]] = {}

    def stage(self, stage: Stage, show: Callable[[str], None]) -> None:
        """Run one stage to its end."""
        last: deque[str] = deque(maxlen=REPEATED_LINES)
        names: deque[str] = deque(maxlen=_NAMED_TESTS)

        def tell(line: str) -> None:
            if len(last) == REPEATED_LINES and _NAMES_A_TEST.match(last[0]):
                names.append(last[0])
            last.append(line)
            show(line)

        show(f"{stage.name}:")
        start = time.monotonic()
        process = subprocess.Popen(
            stage.command,
            cwd=dev.ROOT,
            env=_environment(stage),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._running[stage.name] = process
        reader = threading.Thread(target=_read, args=(process, tell), daemon=True)
        reader.start()
        try:
            passed = process.wait(STAGE_SECONDS) == 0
            hangs = False
        except subprocess.TimeoutExpired:
            passed, hangs = False, True
        _kill(process)  # and what it left behind, which would keep its output open
        process.wait()
        reader.join(5)
        del self._running[stage.name]
        if hangs:
            tell(f"stopped after {STAGE_SECONDS} s")
        seconds = time.monotonic() - start
        show(f"{stage.name}: {'passed' if passed else 'FAILED'} in {seconds:.1f} s")
        self.results.append(Result(stage.name, seconds, passed, (*names, *last)))

    def stop(self) -> None:
        for name, process in list(self._running.items()):
            _show(f"{name}: stopped")
            _kill(process)


class SideLane:
    """Runs stages one after the other beside those of the main lane. Their output waits until it is asked for."""

    def __init__(self, run: Run, stages: Iterable[Stage]) -> None:
        self._run, self._stages = run, tuple(stages)
        self._ended = {stage.name: threading.Event() for stage in self._stages}
        self._output: deque[str] = deque()
        threading.Thread(target=self._run_all, daemon=True).start()

    def wait_for(self, stages: Iterable[Stage]) -> None:
        for stage in stages:
            self._ended[stage.name].wait()
        self.show_output()

    def wait_for_all(self) -> None:
        self.wait_for(self._stages)

    def show_output(self) -> None:
        """Show the output of the stages that have ended."""
        while self._output:
            _show(self._output.popleft())

    def _run_all(self) -> None:
        for stage in self._stages:
            lines: list[str] = []
            self._run.stage(stage, lines.append)
            self._output.extend(lines)
            self._ended[stage.name].set()


def _environment(stage: Stage) -> dict[str, str]:
    """Return the variables of a stage. Its processes keep what they compile: pytest rewrites every test, and many programs start."""
    environment = os.environ | stage.environment
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _read(process: subprocess.Popen[str], tell: Callable[[str], None]) -> None:
    assert process.stdout
    with process.stdout:
        for line in process.stdout:
            tell(line.rstrip())


def _kill(process: subprocess.Popen[str]) -> None:
    """End a stage with all that it started."""
    if dev.WINDOWS:
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def summary(results: Iterable[Result]) -> list[str]:
    """Return the times of all stages, the last lines of those that failed, and their names."""
    results = tuple(results)
    failed = [result for result in results if not result.passed]
    lines = ["", *(f"{result.seconds:7.1f} s  {result.name}{'' if result.passed else ' FAILED'}" for result in results)]
    for result in failed:
        lines += ["", f"{result.name} FAILED:", *(line[:500] for line in result.lines)]
    return [*lines, "", "Failed: " + ", ".join(result.name for result in failed) if failed else "All checks passed."]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    run = Run()
    set_ups, on_others = on_other_pythons(dev.other_extremes(dev.supported_pythons()))
    try:
        side = SideLane(run, (*TYPES_AND_ARCHITECTURE, *set_ups, *BESIDE))
        for stage in MAIN:
            run.stage(stage, _show)
            side.show_output()
        side.wait_for(set_ups)
        for stage in on_others:
            run.stage(stage, _show)
            side.show_output()
        side.wait_for_all()
        for stage in ALONE:
            run.stage(stage, _show)
    finally:
        run.stop()
    for line in summary(run.results):
        _show(line)
    return 0 if all(result.passed for result in run.results) else 1


if __name__ == "__main__":
    sys.exit(main())
