"""The Ollama processes on this computer: whether a server is running, and where it may listen."""

import re
from collections.abc import Iterator
from contextlib import suppress

import psutil

_NAMES = frozenset({"ollama", "ollama.exe", "ollama app.exe"})
_SERVER_COMMAND = re.compile(
    r"""(?:^|[/\\\s"])(?:ollama(?:\.exe)?"?\s+(?:serve|runner)\b|ollama app\.exe)""", re.IGNORECASE
)


def is_running() -> bool | None:
    """Return whether an Ollama server is running, under any user; None if the system does not list its processes."""
    try:
        return any(map(_is_server, _processes()))
    except (OSError, psutil.Error):
        return None


def hosts_of_processes() -> tuple[str, ...]:
    """Return the OLLAMA_HOST of each Ollama process of this user. Nothing else of its environment is stored."""
    hosts: list[str] = []
    with suppress(OSError, psutil.Error):
        for process in _processes():
            with suppress(psutil.Error):  # another user's process, or it has just ended
                hosts.append(process.environ().get("OLLAMA_HOST", ""))
    return tuple(filter(None, hosts))


def serves(command: str) -> bool:
    """Return whether a command line is that of a server, not of a client, such as a chat in a terminal.

    A server's child processes, which hold its models, are called `ollama runner`.
    """
    return bool(_SERVER_COMMAND.search(command))


def _is_server(process: psutil.Process) -> bool:
    try:
        return serves(" ".join(process.cmdline()))
    except psutil.AccessDenied:
        return True  # another user's process: more likely a service than a chat in a terminal
    except psutil.NoSuchProcess:  # it has just ended
        return False


def _processes() -> Iterator[psutil.Process]:
    """Yield all Ollama processes. Raises `OSError` or `psutil.Error` if the system does not list them."""
    for process in psutil.process_iter(["name"]):
        if (process.info["name"] or "").lower() in _NAMES:
            yield process
