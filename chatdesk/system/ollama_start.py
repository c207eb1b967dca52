"""Starts Ollama on this machine, because the user clicked: its app, its user's unit, or `ollama serve`. Never as an administrator.

What is started is the user's Ollama, not a part of ours: it goes on when this program ends, as its app would, because other programs may
be using it by then and a download in it may take hours. (The built-in engine is the opposite: private, so it dies with us.)
"""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping

from chatdesk.kernel.servers.ollama_installation import Installation, StartWay, start_way
from chatdesk.system.short_command import output_of

EARLY_SECONDS = 1.5
"""A server that cannot listen, or is none, ends at once."""
_UNIT_SECONDS = 15.0
_LONGEST_OUTPUT = 64 * 1024
_JOURNAL = ("journalctl", "--user", "--unit=ollama.service", "--lines=5", "--output=cat", "--no-pager")
_OF_BUNDLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""A bundled program has its own libraries in front; theirs were kept beside, and are what other programs need."""

if sys.platform == "win32":
    _APART = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    _APART = {"start_new_session": True}


class StartFailed(Exception):
    """It ended at once, or could not be started. Its words are the system's; `output` is what the program wrote, `code` its exit code."""

    def __init__(self, reason: str, output: str = "", code: int | None = None) -> None:
        super().__init__(reason)
        self.output = output
        self.code = code


def start_ollama(installation: Installation, host: str = "", environment: Mapping[str, str] = os.environ) -> None:
    """Start it, and return once it did not end at once. `host` is its OLLAMA_HOST where it can be told; empty: its own.

    Blocks for some seconds: never call it on the loop. Raises `StartFailed`, also if it takes more than a click.
    """
    match start_way(installation):
        case StartWay.USER_UNIT:
            _start_unit()
        case StartWay.APP:
            _start_app(installation.app, environment)
        case StartWay.SERVE:
            _start_apart([installation.program, "serve"], {**environment, "OLLAMA_HOST": host} if host else environment)
        case _:
            raise StartFailed("nothing here can start it")


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program that is no part of ours."""
    cleaned = dict(environment)
    for name in _OF_BUNDLES:
        original = cleaned.pop(f"{name}_ORIG", None)
        if original is not None:
            cleaned[name] = original
        elif getattr(sys, "frozen", False):
            cleaned.pop(name, None)
    return cleaned


def _start_unit() -> None:
    output_of(["systemctl", "--user", "start", "ollama.service"], _UNIT_SECONDS)
    state = output_of(["systemctl", "--user", "show", "ollama.service", "--property=ActiveState"]).strip()
    if state not in {"ActiveState=active", "ActiveState=activating"}:
        raise StartFailed(state or "systemctl", output_of(_JOURNAL))


def _start_app(app: str, environment: Mapping[str, str]) -> None:
    if sys.platform == "darwin":
        _start_apart(["/usr/bin/open", "-j", "-a", app, "--args", "--fast-startup"], environment)
    else:
        _start_apart([app, "--hide", "--fast-startup"], environment)


def _start_apart(command: list[str], environment: Mapping[str, str]) -> None:
    """Start a program that outlives us. Its output goes nowhere: nobody reads a pipe once we have ended, and writing to it would end it."""
    try:
        process = _run(command, environment, subprocess.DEVNULL)
    except OSError as error:
        raise StartFailed(error.strerror or str(error)) from error
    try:
        code = process.wait(EARLY_SECONDS)
    except subprocess.TimeoutExpired:
        # Should it end before we do, somebody has to take note of it: an ended process that nobody does looks like one that runs.
        threading.Thread(target=process.wait, name="a started Ollama", daemon=True).start()
        return
    if code:
        raise StartFailed(f"exit code {code}", _output_of_another_try(command, environment), code)


def _output_of_another_try(command: list[str], environment: Mapping[str, str]) -> str:
    """Run what has failed once more, for no longer than the first time, and return what it writes."""
    try:
        with _run(command, environment, subprocess.PIPE) as process:
            ending = threading.Timer(EARLY_SECONDS, process.kill)
            ending.start()
            try:
                return (process.stdout.read(_LONGEST_OUTPUT) if process.stdout else b"").decode("utf-8", "replace")
            finally:
                ending.cancel()
                process.kill()
    except OSError:
        return ""


def _run(command: list[str], environment: Mapping[str, str], output: int) -> "subprocess.Popen[bytes]":
    process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - a path that we looked up, and fixed arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=clean_environment(environment),
        close_fds=True,
        **_APART,  # type: ignore[call-overload]
    )
    return process
