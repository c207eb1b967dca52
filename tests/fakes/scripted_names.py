"""Names that lead where a test says, in all of the process."""

import socket
from collections.abc import Sequence

import pytest


class ScriptedNames:
    """The n-th question for any name gets the n-th of `answers`, the last one again and again. Numbers are not asked about."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = answers

        def getaddrinfo(host: str, port: int, *_rest: object, **_more: object) -> list[tuple[object, ...]]:
            self.asked.append(host)
            addresses = self._answers[min(len(self.asked), len(self._answers)) - 1]
            return [_found(address, port) for address in addresses]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _found(address: str, port: int) -> tuple[object, ...]:
    kind = (socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
    return (
        (socket.AF_INET6, *kind, (address, port, 0, 0)) if ":" in address else (socket.AF_INET, *kind, (address, port))
    )
