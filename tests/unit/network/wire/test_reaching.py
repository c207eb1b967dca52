"""Whether anything takes connections, address by address, at real sockets."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from chatdesk.network.wire import reaching
from chatdesk.network.wire.reaching import Reach, Reached, best_of, reach


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        port.listen()
        yield port.getsockname()[1]


async def test_a_port_that_listens_and_one_that_does_not(listening: int, unused_port: int):
    assert await reach("127.0.0.1", listening, 2) == (Reached("127.0.0.1", Reach.LISTENS),)
    assert await reach("127.0.0.1", unused_port, 2) == (Reached("127.0.0.1", Reach.REFUSED),)


async def test_each_address_of_a_name_is_distinguished(listening: int, monkeypatch: pytest.MonkeyPatch):
    async def both(_host: str, _port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    monkeypatch.setattr(reaching, "resolve", both)
    found = await reach("twofold.example", listening, 2)
    assert [each.reach for each in found] == [Reach.REFUSED, Reach.LISTENS]
    assert best_of(found) is Reach.LISTENS


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 300, "a..b"])
async def test_a_name_that_nobody_knows(host: str):
    assert await reach(host, 80, 5) == (Reached("", Reach.UNKNOWN),)


async def test_a_resolver_that_does_not_answer_is_waited_for_so_long_only(monkeypatch: pytest.MonkeyPatch):
    async def never(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    monkeypatch.setattr(reaching, "resolve", never)
    assert await reach("slow.example", 80, 0.05) == (Reached("", Reach.SILENT),)


async def test_no_way_there_is_silence(monkeypatch: pytest.MonkeyPatch):
    async def documented(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async def no_route(*_: object, **__: object) -> None:
        raise OSError(113, "No route to host")

    monkeypatch.setattr(reaching, "resolve", documented)
    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", no_route)
    assert await reach("far.example", 80, 1) == (Reached("127.0.0.1", Reach.SILENT),)
