"""Finds out how Ollama is installed on this machine: looks, never starts anything but the tool that tells.

What is read is text of systems and programs, so what makes sense of it stands apart and is tested with their words. Where they put it:
Ollama's docs (linux.mdx, macos.mdx, windows.mdx).
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
    """Return what there is. Blocks for up to a few seconds: never call it on the loop."""
    from chatdesk.system.ollama_processes import hosts_of_processes, is_running  # noqa: PLC0415 - `is_installed` needs none

    program = _first_there(_program_places(environment))
    unit, unit_text = _unit()
    hosts = [environment.get("OLLAMA_HOST", ""), *hosts_in(unit_text), *_session_hosts(), *hosts_of_processes()]
    return Installation(
        program,
        _first_there(_app_places(environment)),
        version_in(_said_version(program)) if program else "",
        unit,
        is_running(),
        tuple(dict.fromkeys(host for host in hosts if host)),
    )


def is_installed(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether its program or its app is here. Looks for a few files, and starts nothing."""
    return bool(_first_there(_program_places(environment)) or _first_there(_app_places(environment)))


def version_in(text: str) -> str:
    """Return the version in what `ollama --version` says, also when it warns that no server runs; empty if there is none."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def unit_kind_in(text: str, kind: UnitKind) -> UnitKind | None:
    """Return the kind if `systemctl show` tells of a unit that is there."""
    return kind if "LoadState=loaded" in text.splitlines() else None


def hosts_in(text: str) -> tuple[str, ...]:
    """Return where an environment, as systemd writes it, lets Ollama listen."""
    return tuple(_HOST.findall(text))


def _program_places(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield where the command may be. Programs started from macOS' dock have a short PATH."""
    yield shutil.which("ollama", path=environment.get("PATH")) or ""
    if sys.platform == "win32":
        yield rf"{environment.get('LOCALAPPDATA', '')}\Programs\Ollama\ollama.exe"
    else:
        yield from ("/usr/local/bin/ollama", "/usr/bin/ollama", "/opt/homebrew/bin/ollama")
        yield str(Path("~/.local/bin/ollama").expanduser())


def _app_places(environment: Mapping[str, str]) -> tuple[str, ...]:
    match sys.platform:
        case "darwin":
            return "/Applications/Ollama.app", str(Path("~/Applications/Ollama.app").expanduser())
        case "win32":
            return (rf"{environment.get('LOCALAPPDATA', '')}\Programs\Ollama\ollama app.exe",)
        case _:
            return ()


def _first_there(places: Iterable[str]) -> str:
    for place in places:
        try:
            if place and Path(place).exists():
                return place
        except OSError:
            continue  # a folder that we may not look into
    return ""


def _said_version(program: str) -> str:
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
        """Return what the app of the session reads."""
        return (output_of(["launchctl", "getenv", "OLLAMA_HOST"]).strip(),)

else:

    def _unit() -> tuple[UnitKind | None, str]:
        return None, ""

    def _session_hosts() -> tuple[str, ...]:
        return ()
