"""Starts Ollama on this computer at the user's request: its app, the user's systemd unit, or `ollama serve`. Never as an administrator.

It is the user's own Ollama, not a part of this program: it continues after this program ends, as its app would, because other programs may
be using it and a download may take hours. (The built-in engine, in contrast, is private and ends with this program.)
"""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping

from chatdesk.kernel.aio.child_program import outside_environment
from chatdesk.kernel.servers.ollama_installation import Installation, StartMethod, start_method
from chatdesk.system.short_command import output_of

EARLY_SECONDS = 1.5
"""A server that cannot listen, or a program that is not a server, ends within this time."""
_UNIT_SECONDS = 15.0
_MAX_OUTPUT_BYTES = 64 * 1024
_JOURNAL = ("journalctl", "--user", "--unit=ollama.service", "--lines=5", "--output=cat", "--no-pager")

if sys.platform == "win32":
    _DETACHED = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    _DETACHED = {"start_new_session": True}


class StartFailed(Exception):
    """The start failed, or the process ended immediately.

    The message is from the system; `output` is what the process wrote, `code` its exit code, None if it could not be started.
    """

    def __init__(self, reason: str, output: str = "", code: int | None = None) -> None:
        super().__init__(reason)
        self.output = output
        self.code = code


def start_ollama(installation: Installation, host: str = "", environment: Mapping[str, str] = os.environ) -> None:
    """Start Ollama, and return if it has not ended immediately. `host` is its OLLAMA_HOST, if it can be passed; empty: its default.

    Blocks for some seconds: never call it on the event loop. Raises `StartFailed`, also if it cannot be started with a single click.
    """
    match start_method(installation):
        case StartMethod.USER_UNIT:
            _start_unit()
        case StartMethod.APP:
            _start_app(installation.app, environment)
        case StartMethod.SERVE:
            _start_detached(
                [installation.program, "serve"], {**environment, "OLLAMA_HOST": host} if host else environment
            )
        case _:
            raise StartFailed("nothing here can start it")


def _start_unit() -> None:
    output_of(["systemctl", "--user", "start", "ollama.service"], _UNIT_SECONDS)
    state = output_of(["systemctl", "--user", "show", "ollama.service", "--property=ActiveState"]).strip()
    if state not in {"ActiveState=active", "ActiveState=activating"}:
        raise StartFailed(state or "systemctl", output_of(_JOURNAL))


def _start_app(app: str, environment: Mapping[str, str]) -> None:
    if sys.platform == "darwin":
        _start_detached(["/usr/bin/open", "-j", "-a", app, "--args", "--fast-startup"], environment)
    else:
        _start_detached([app, "--hide", "--fast-startup"], environment)


def _start_detached(command: list[str], environment: Mapping[str, str]) -> None:
    """Start a program that outlives this one.

    Its output is discarded: nobody would read a pipe after this program has ended, and writing to it would end the other one.
    """
    try:
        process = _run(command, environment, subprocess.DEVNULL)
    except OSError as error:
        raise StartFailed(error.strerror or str(error)) from error
    try:
        code = process.wait(EARLY_SECONDS)
    except subprocess.TimeoutExpired:
        # If it ends before this program does, it has to be waited for: otherwise, it would remain as a zombie process.
        threading.Thread(target=process.wait, name="a started Ollama", daemon=True).start()
        return
    if code:
        raise StartFailed(f"exit code {code}", _output_of_retry(command, environment), code)


def _output_of_retry(command: list[str], environment: Mapping[str, str]) -> str:
    """Run a command that failed once more, for no longer than the first time, and return its output."""
    try:
        with _run(command, environment, subprocess.PIPE) as process:
            timer = threading.Timer(EARLY_SECONDS, process.kill)
            timer.start()
            try:
                return (process.stdout.read(_MAX_OUTPUT_BYTES) if process.stdout else b"").decode("utf-8", "replace")
            finally:
                timer.cancel()
                process.kill()
    except OSError:
        return ""


def _run(command: list[str], environment: Mapping[str, str], output: int) -> "subprocess.Popen[bytes]":
    process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - a path from a fixed list, and fixed arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=outside_environment(environment),
        close_fds=True,
        **_DETACHED,  # type: ignore[call-overload]
    )
    return process
