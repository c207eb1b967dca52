"""Processes that are killed by tests, forked from one that has loaded the program: loading it takes longer than what most of them do.

They are like `python -m MODULE ARGUMENT ...`: processes of their own, with their own environment, whose standard output is read here.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Iterable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from tests.paths import ROOT

_LOADED = (
    "tests.kills.operations",
    "tests.kills.killed_backups",
    "tests.kills.killed_remote_backups",
    "tests.kills.killed_restores",
    "tests.kills.killed_imports",
    "tests.kills.killed_removals",
    "tests.kills.killed_exports",
    "tests.kills.killed_moves",
    "tests.kills.killed_syncs",
    "tests.unit.features.importing_child",
    "tests.unit.features.sync.merging_child",
    "tests.unit.features.sync.noting_child",
    "tests.unit.storage.streaming_child",
)
"""What the server loads, from which all of them are forked. Others load what they need themselves."""


def start_forked(
    module: str, *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> "ForkedProcess | subprocess.Popen[str]":
    """Run a module as a program; where there is no `fork`, in a new Python. The environment is that of the test unless one is given."""
    if sys.platform == "win32":
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    return ForkedProcess(module, arguments, os.environ if environment is None else environment)


class ForkedProcess:
    """Runs a module as a program. As `subprocess.Popen`, as far as tests use it."""

    def __init__(self, module: str, arguments: Iterable[str | Path], environment: Mapping[str, str]) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(_LOADED))
        reading, writing = context.Pipe(duplex=False)
        with reading, writing:
            texts = tuple(str(argument) for argument in arguments)
            self._process = context.Process(target=_run, args=(module, texts, dict(environment), writing), name=module)
            self._process.start()
            self.stdout = os.fdopen(os.dup(reading.fileno()), encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self._process.join()
        self._process.close()

    @property
    def returncode(self) -> int | None:
        """As of `subprocess.Popen`: negative after a signal, None while it runs."""
        return self._process.exitcode

    def kill(self) -> None:
        """Kill it with a signal that it cannot handle."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it has ended. Raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0.0)
        return code


def _run(module: str, arguments: tuple[str, ...], environment: Mapping[str, str], output: Connection) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(output.fileno(), sys.stdout.fileno())
    output.close()
    sys.argv[1:] = arguments
    sys.modules.pop(module, None)  # it runs as `__main__`, as if nobody had loaded it
    runpy.run_module(module, run_name="__main__", alter_sys=True)
