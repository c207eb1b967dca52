"""Holds the connection doctor, which is made when it is first asked for: a start does not need it, nor what it imports."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.features.servers.services.doctor.doctor import Doctor


class LateDoctor:
    """One per program. `ollama_is_installed` looks for the program of Ollama on this machine."""

    def __init__(self, make: "Callable[[], Doctor]", ollama_is_installed: Callable[[], Awaitable[bool]]) -> None:
        self._make = make
        self.ollama_is_installed = ollama_is_installed
        self._made: Doctor | None = None

    def get(self) -> "Doctor":
        """Return the doctor."""
        if self._made is None:
            self._made = self._make()
        return self._made
