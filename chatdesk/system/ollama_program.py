"""Detects how Ollama is installed on this computer; starts nothing except tools that report information.

Parsing is separate from running these tools, and tested with their real output. Locations: Ollama's docs (linux.mdx, macos.mdx,
windows.mdx).
"""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from chatdesk.kernel.servers.ollama_installation import Installation, UnitKind
from chatdesk.system.short_command import output_of

_UNIT = "ollama.service"
_VERSION = re.compile(r"version\D{0,4}(\d+(?:\.\d+){1,3}\S{0,40})")
_HOST = re.compile(r"""(?:^|[\s"'=])OLLAMA_HOST=([^\s"']{1,200})""")


def read_installation(environment: Mapping[str, str] = os.environ) -> Installation:
    """Return how Ollama is installed. Blocks for up to a few seconds: never call it on the event loop."""
    from chatdesk.system.ollama_processes import hosts_of_processes, is_running  # noqa: PLC0415 - not needed by `is_installed`

    program = _first_existing(_program_paths(environment))
    unit, unit_text = _unit()
    hosts = [environment.get("OLLAMA_HOST", ""), *hosts_in(unit_text), *_session_hosts(), *hosts_of_processes()]
    return Installation(
        program,
        _first_existing(_app_paths(environment)),
        version_in(_version_output(program)) if program else "",
        unit,
        is_running(),
        tuple(dict.fromkeys(host for host in hosts if host)),
    )


def is_installed(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether Ollama's program or app is installed. Checks a few paths and starts nothing."""
    return bool(_first_existing(_program_paths(environment)) or _first_existing(_app_paths(environment)))


def version_in(text: str) -> str:
    """Return the version in the output of `ollama --version`, even if it warns that no server is running; empty if there is none."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def unit_kind_in(text: str, kind: UnitKind) -> UnitKind | None:
    """Return `kind` if the output of `systemctl show` describes an existing unit, else None."""
    return kind if "LoadState=loaded" in text.splitlines() else None


def hosts_in(text: str) -> tuple[str, ...]:
    """Return the OLLAMA_HOST values in an environment as written by systemd."""
    return tuple(_HOST.findall(text))


def _program_paths(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield possible paths of the command. Programs started from the macOS Dock have a short PATH."""
    yield shutil.which("ollama", path=environment.get("PATH")) or ""
    if sys.platform == "win32":
        yield rf"{environment.get('LOCALAPPDATA', '')}\Programs\Ollama\ollama.exe"
    else:
        yield from ("/usr/local/bin/ollama", "/usr/bin/ollama", "/opt/homebrew/bin/ollama")
        yield str(Path("~/.local/bin/ollama").expanduser())


def _app_paths(environment: Mapping[str, str]) -> tuple[str, ...]:
    match sys.platform:
        case "darwin":
            return "/Applications/Ollama.app", str(Path("~/Applications/Ollama.app").expanduser())
        case "win32":
            return (rf"{environment.get('LOCALAPPDATA', '')}\Programs\Ollama\ollama app.exe",)
        case _:
            return ()


def _first_existing(paths: Iterable[str]) -> str:
    for path in paths:
        try:
            if path and Path(path).exists():
                return path
        except OSError:
            continue  # a folder without read permission
    return ""


def _version_output(program: str) -> str:
    return output_of([program, "--version"])


if sys.platform == "linux":

    def _unit() -> tuple[UnitKind | None, str]:
        wanted = (_UNIT, "--property=LoadState", "--property=Environment")
        for kind, scope in ((UnitKind.SYSTEM, ()), (UnitKind.USER, ("--user",))):
            text = output_of(["systemctl", *scope, "show", *wanted])
            if unit_kind_in(text, kind):
                return kind, text
        return None, ""

    def _session_hosts() -> tuple[str, ...]:
        return ()

elif sys.platform == "darwin":

    def _unit() -> tuple[UnitKind | None, str]:
        return None, ""

    def _session_hosts() -> tuple[str, ...]:
        """Return the value that the app of this session uses."""
        return (output_of(["launchctl", "getenv", "OLLAMA_HOST"]).strip(),)

else:

    def _unit() -> tuple[UnitKind | None, str]:
        return None, ""

    def _session_hosts() -> tuple[str, ...]:
        return ()
