"""Finds out how Ollama is installed on this machine, and whether it runs: looks, never starts anything but the tool that tells.

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
from chatdesk.kernel.text.regular_file import beginning_as_text
from chatdesk.system.short_command import output_of

_UNIT = "ollama.service"
_NAMES = frozenset({"ollama", "ollama.exe", "ollama app.exe"})
_VERSION = re.compile(r"version\D{0,4}(\d+(?:\.\d+){1,3}\S{0,40})")
_HOST = re.compile(r"""(?:^|[\s"'=])OLLAMA_HOST=([^\s"']{1,200})""")
_SERVES = re.compile(r"""(?:^|[/\\\s"])(?:ollama(?:\.exe)?"?\s+(?:serve|runner)\b|ollama app\.exe)""", re.IGNORECASE)
_COMMANDS = """Get-CimInstance Win32_Process -Filter "Name='ollama.exe'" | ForEach-Object CommandLine"""
_SLOW_SECONDS = 6.0
_LARGEST_FILE = 64 * 1024


def read_installation(environment: Mapping[str, str] = os.environ) -> Installation:
    """Return what there is. Blocks for up to a few seconds: never call it on the loop."""
    program = _first_there(_program_places(environment))
    unit, unit_text = _unit()
    hosts = [environment.get("OLLAMA_HOST", ""), *hosts_in(unit_text), *_session_hosts(), *_hosts_of_processes()]
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
    """Return where an environment, as systemd or the kernel writes it, lets Ollama listen."""
    return tuple(_HOST.findall(text.replace("\0", "\n")))


def is_ollama_in(names: Iterable[str]) -> bool:
    """Whether one of these names of processes is Ollama's."""
    return any(name.strip().strip('"').lower() in _NAMES for name in names)


def serves(command: str) -> bool:
    """Whether a command line is that of an Ollama that serves, not of one that somebody chats with in a terminal: it is a client.

    A server's children, which hold its models, are called `ollama runner`. Arguments are parted by NUL or spaces.
    """
    return bool(_SERVES.search(command.replace("\0", " ")))


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

    def is_running(processes: Path = Path("/proc")) -> bool | None:
        """Whether a server of Ollama's runs, as the kernel lists it."""
        ours = (
            each for each in processes.glob("[0-9]*") if is_ollama_in([beginning_as_text(each / "comm", _LARGEST_FILE)])
        )
        return any(serves(beginning_as_text(each / "cmdline", _LARGEST_FILE)) for each in ours)

    def _hosts_of_processes(processes: Path = Path("/proc")) -> Iterator[str]:
        """Yield what those of our own user were started with: others' cannot be read. Nothing but this one variable is kept."""
        for process in processes.glob("[0-9]*"):
            if is_ollama_in([beginning_as_text(process / "comm", _LARGEST_FILE)]):
                yield from hosts_in(beginning_as_text(process / "environ", _LARGEST_FILE))

elif sys.platform == "darwin":

    def _unit() -> tuple[UnitKind | None, str]:
        return None, ""

    def _session_hosts() -> tuple[str, ...]:
        """Return what the app of the session reads."""
        return (output_of(["launchctl", "getenv", "OLLAMA_HOST"]).strip(),)

    def is_running() -> bool | None:
        """Whether a server of Ollama's runs, as `ps` lists it."""
        text = output_of(["ps", "-A", "-o", "command="])
        return any(map(serves, text.splitlines())) if text else None

    def _hosts_of_processes() -> tuple[str, ...]:
        return ()

else:

    def _unit() -> tuple[UnitKind | None, str]:
        return None, ""

    def _session_hosts() -> tuple[str, ...]:
        return ()

    def is_running() -> bool | None:
        """Whether a server of Ollama's runs: its app, which keeps one, or `ollama serve`, told by the slower of two tools."""
        text = output_of(["tasklist", "/FO", "CSV", "/NH"])
        names = [line.partition(",")[0].strip('"').lower() for line in text.splitlines()]
        if "ollama.exe" not in names or "ollama app.exe" in names:
            return "ollama app.exe" in names if text else None
        commands = output_of(["powershell", "-NoProfile", "-NonInteractive", "-Command", _COMMANDS], _SLOW_SECONDS)
        return any(map(serves, commands.splitlines())) if commands.strip() else True

    def _hosts_of_processes() -> tuple[str, ...]:
        return ()
