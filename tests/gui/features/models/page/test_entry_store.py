"""The entries of all models, made some at a time."""

import asyncio
from collections.abc import Sequence
from itertools import count
from types import SimpleNamespace

import pytest

from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.ui.page import entry_store as entry_book
from chatdesk.features.models.ui.page.entry_store import EntryStore
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol

SERVER = ServerConfig("s", "Server", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:9")


def state(sizes: Sequence[int | None]) -> ServerState:
    models = (Model(ModelRef("s", f"m{number}"), f"m{number}", size_bytes=size) for number, size in enumerate(sizes))
    return ServerState(SERVER, models=tuple(models))


def book(reported: list[str] | None = None) -> EntryStore:
    def write(_preferences: dict[ModelRef, ModelPreference]) -> None:
        """Keep nothing."""

    changes: list[str] = reported if reported is not None else []
    return EntryStore(ModelPreferences({}, write), lambda: changes.append("changed"))


async def test_how_many_there_are_and_how_large_is_known_without_going_through_them_again() -> None:
    entries = book()
    assert entries.totals("s") == (0, 0)
    await entries.follow(state([1, None, 3]), 0)
    assert entries.totals("s") == (3, 4)
    await entries.follow(state([5]), 0)
    assert entries.totals("s") == (1, 5)
    entries.forget([])
    assert entries.totals("s") == (0, 0)


async def test_thousands_give_way_to_others_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count(step=0.001)
    monkeypatch.setattr(entry_book, "time", SimpleNamespace(perf_counter=lambda: next(clock)))  # each look is later
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    reported: list[str] = []
    entries, other = book(reported), asyncio.ensure_future(others())
    await entries.follow(state([1] * 5_000), 0)
    other.cancel()
    assert reported == ["changed"]
    assert turns > 30


async def test_what_changed_is_all_that_is_made_anew() -> None:
    entries = book()
    before = state([1, 2])
    await entries.follow(before, 0)
    unchanged = entries.find("s\nm0")
    await entries.follow(ServerState(SERVER, models=(before.models[0], state([0, 9]).models[1])), 0)
    assert entries.find("s\nm0") is unchanged
    assert entries.totals("s") == (2, 10)
