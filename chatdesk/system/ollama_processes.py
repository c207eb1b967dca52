"""The processes of Ollama on this machine: whether one of them is a server, and where it may listen."""

import re
from collections.abc import Iterator
from contextlib import suppress

import psutil

_NAMES = frozenset({"ollama", "ollama.exe", "ollama app.exe"})
_SERVES = re.compile(r"""(?:^|[/\\\s"])(?:ollama(?:\.exe)?"?\s+(?:serve|runner)\b|ollama app\.exe)""", re.IGNORECASE)


def is_running() -> bool | None:
    """Return whether a server of Ollama runs, also another user's; None if the system does not list its processes."""
    try:
        return any(map(_is_server, _processes()))
    except (OSError, psutil.Error):
        return None


def hosts_of_processes() -> tuple[str, ...]:
    """Return the OLLAMA_HOST that each process of our own user was started with. Nothing else of its environment is kept."""
    hosts: list[str] = []
    with suppress(OSError, psutil.Error):
        for process in _processes():
            with suppress(psutil.Error):  # another user's, or ended just now
                hosts.append(process.environ().get("OLLAMA_HOST", ""))
    return tuple(filter(None, hosts))


def serves(command: str) -> bool:
    """Return whether a command line is that of a server, not of a client: somebody who chats in a terminal.

    A server's children, which hold its models, are called `ollama runner`.
    """
    return bool(_SERVES.search(command))


def _is_server(process: psutil.Process) -> bool:
    try:
        return serves(" ".join(process.cmdline()))
    except psutil.AccessDenied:
        return True  # another user's: a service rather than a chat in a terminal
    except psutil.NoSuchProcess:  # ended just now
        return False


def _processes() -> Iterator[psutil.Process]:
    """Yield all processes of Ollama. Raises `OSError` or `psutil.Error` if the system does not list them."""
    for process in psutil.process_iter(["name"]):
        if (process.info["name"] or "").lower() in _NAMES:
            yield process
