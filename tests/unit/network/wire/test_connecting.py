"""Which address of a host is connected to, and what is said when none answers."""

import asyncio
import errno
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from chatdesk.network.wire import connecting
from chatdesk.network.wire.connecting import AddressRefused, connect, first_opened
from tests.fakes.scripted_names import ScriptedNames

Attempt = Callable[[], Coroutine[Any, Any, str]]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "NEXT_ADDRESS_SECONDS", 0.0)


def opens(name: str, *, after: asyncio.Event | None = None) -> Attempt:
    async def attempt() -> str:
        if after:
            await after.wait()
        return name

    return attempt


def fails(number: int) -> Attempt:
    async def attempt() -> str:
        raise OSError(number, "no")

    return attempt


class Silent:
    """An attempt that comes to no end. `opened`: it opens something although it is cancelled."""

    def __init__(self, opened: str = "") -> None:
        self.began = self.cancelled = False
        self._opened = opened

    async def __call__(self) -> str:
        self.began = True
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            if not self._opened:
                raise
        return self._opened


async def test_the_first_to_answer_is_taken_and_no_further_one_is_asked() -> None:
    assert await first_opened([opens("a"), fails(errno.EIO)], print) == "a"


async def test_after_a_failure_the_next_is_asked_at_once() -> None:
    assert await first_opened([fails(errno.ECONNREFUSED), opens("b")], print) == "b"


@pytest.mark.usefixtures("hasty")
async def test_an_address_that_keeps_silent_is_overtaken_and_given_up() -> None:
    silent = Silent()
    assert await first_opened([silent, opens("b")], print) == "b"
    assert silent.cancelled


@pytest.mark.usefixtures("hasty")
async def test_a_slow_address_still_wins_when_those_after_it_fail() -> None:
    ready = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, ready.set)
    assert await first_opened([opens("a", after=ready), fails(errno.EIO)], print) == "a"


@pytest.mark.usefixtures("hasty")
async def test_what_a_loser_has_opened_is_discarded() -> None:
    discarded: list[str] = []
    assert await first_opened([Silent(opened="late"), opens("b")], discarded.append) == "b"
    assert discarded == ["late"]


@pytest.mark.usefixtures("hasty")
async def test_cancelling_gives_up_every_attempt() -> None:
    silent = [Silent(), Silent()]
    task = asyncio.ensure_future(first_opened(silent, print))
    while not all(each.began for each in silent):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert all(each.cancelled for each in silent)


async def test_if_all_fail_the_first_error_is_reported() -> None:
    with pytest.raises(OSError, match="no") as caught:
        await first_opened([fails(errno.ECONNREFUSED), fails(errno.ENETUNREACH)], print)
    assert caught.value.errno == errno.ECONNREFUSED


async def test_of_several_addresses_that_refuse_the_system_s_own_error_is_raised(
    monkeypatch: pytest.MonkeyPatch, unused_port: int
) -> None:
    ScriptedNames(monkeypatch, ["127.0.0.1", "::1"])
    with pytest.raises(OSError) as caught:  # noqa: PT011 - its number is looked at
        await connect(asyncio.Protocol, "both.example", unused_port)
    assert caught.value.errno == errno.ECONNREFUSED


async def test_a_later_address_is_reached_when_the_first_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    ScriptedNames(monkeypatch, ["::1", "127.0.0.1"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        transport, _ = await connect(asyncio.Protocol, "both.example", listening.getsockname()[1])
        assert transport.get_extra_info("peername") == listening.getsockname()
        transport.abort()


async def test_every_address_is_judged_and_none_connected_to_if_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ScriptedNames(monkeypatch, ["127.0.0.1", "::1", "127.0.0.1"])
    judged: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        with pytest.raises(AddressRefused):
            await connect(
                asyncio.Protocol,
                "rebind.example",
                listening.getsockname()[1],
                lambda address: judged.append(address) or address != "::1",  # type: ignore[func-returns-value]
            )
        with pytest.raises(BlockingIOError):
            listening.accept()
    assert judged == ["127.0.0.1", "::1"]
    assert names.asked == ["rebind.example"]


def test_families_take_turns_beginning_with_the_system_s_first_choice() -> None:
    assert connecting._interleaved(["::1", "::2", "::3", "1.1.1.1"]) == ["::1", "1.1.1.1", "::2", "::3"]
    assert connecting._interleaved(["1.1.1.1"]) == ["1.1.1.1"]
    assert connecting._interleaved([]) == []


def test_an_address_of_a_link_keeps_its_link() -> None:
    assert connecting._text(("fe80::1", 80, 0, 2)) == "fe80::1%2"
    assert connecting._text(("fe80::1%2", 80, 0, 2)) == "fe80::1%2"
    assert connecting._text(("::1", 80, 0, 0)) == "::1"
    assert connecting._text(("127.0.0.1", 80)) == "127.0.0.1"
