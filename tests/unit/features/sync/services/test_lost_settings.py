"""Settings of synchronisation that are damaged, or that a newer Chatdesk has written: reported, kept, and set up again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chatdesk.app.program import Program
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

_NEWER = json.dumps({"format": 2, "machine": "of another form", "on": "yes"})


async def _chat_of_earlier_run(desk: Desk) -> str:
    """Let a program run that is switched on, writes a chat, and is closed; return the ID of the chat."""
    async with desk.session() as running:
        home = await running.on("home")
        chat = await talk(home, "First")
        await rounds(home)
    return chat.id


def _file(desk: Desk) -> Path:
    return desk.root / "home" / "sync.json"


def _replace_settings(desk: Desk, content: str, copy: str | None = None) -> None:
    _file(desk).write_text(content, "utf-8")
    _file(desk).with_name("sync.json.last-good").write_text(content if copy is None else copy, "utf-8")


async def _kinds(program: Program) -> list[ProblemKind]:
    return [problem.kind for problem in (await program.sync.get().status()).problems]


def _announced(program: Program) -> list[Problem]:
    found: list[Problem] = []
    program.sync.when_created(lambda sync: sync.losses.subscribe(found.append))
    return found


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"machine": "no id"}', "\0\0\0"])
async def test_damaged_settings_are_reported_and_their_file_is_kept(desk: Desk, content: str) -> None:
    await _chat_of_earlier_run(desk)
    _replace_settings(desk, content)
    home = await desk.open("home")
    announced = _announced(home)
    await home.sync.get().start()
    assert await _kinds(home) == [ProblemKind.SETTINGS_DAMAGED]
    assert [problem.kind for problem in announced] == [ProblemKind.SETTINGS_DAMAGED]
    assert not (await home.sync.get().status()).settings.is_on
    kept = [each.read_text("utf-8") for each in _file(desk).parent.glob("sync.json.bad-*")]
    assert content in kept


async def test_settings_of_a_newer_version_are_reported_at_each_start_and_stay_as_they_are(desk: Desk) -> None:
    await _chat_of_earlier_run(desk)
    _replace_settings(desk, _NEWER)
    for _ in range(2):
        async with desk.session() as running:
            home = await running.open("home")
            announced = _announced(home)
            await home.sync.get().start()
            assert await _kinds(home) == [ProblemKind.SETTINGS_NEWER]
            assert [problem.kind for problem in announced] == [ProblemKind.SETTINGS_NEWER]
        assert _file(desk).read_text("utf-8") == _NEWER


async def test_damaged_settings_are_still_shown_after_a_restart_but_not_announced_again(desk: Desk) -> None:
    await _chat_of_earlier_run(desk)
    _replace_settings(desk, "{")
    async with desk.session() as running:
        await (await running.open("home")).sync.get().start()
    home = await desk.open("home")
    announced = _announced(home)
    await home.sync.get().start()
    assert await _kinds(home) == [ProblemKind.SETTINGS_DAMAGED]
    assert announced == []


async def test_a_damaged_file_with_a_valid_copy_goes_unnoticed(desk: Desk) -> None:
    await _chat_of_earlier_run(desk)
    before = _file(desk).read_text("utf-8")
    for content in ("{", "{}"):
        _replace_settings(desk, content, copy=before)
        async with desk.session() as running:
            home = await running.open("home")
            await home.sync.get().start()
            assert await _kinds(home) == []
            assert (await home.sync.get().status()).settings.is_on


async def test_there_is_nothing_to_report_before_it_was_ever_set_up(desk: Desk) -> None:
    assert await _kinds(await desk.open("home")) == []


def _same_folder(_desk: Desk) -> None:
    return


def _other_folder(desk: Desk) -> None:
    desk.shared = desk.root / "other cloud"
    desk.shared.mkdir()


@pytest.mark.parametrize("content", ["{", _NEWER])
@pytest.mark.parametrize("choose", [_same_folder, _other_folder])
async def test_after_it_is_set_up_again_everything_is_shared_and_the_lost_file_is_kept(
    desk: Desk, content: str, choose: Callable[[Desk], None]
) -> None:
    first = await _chat_of_earlier_run(desk)
    _replace_settings(desk, content)
    home = await desk.open("home")
    await home.sync.get().start()
    second = await talk(home, "Written while it was off")
    choose(desk)
    await desk.turn_on(home, "home")
    assert await _kinds(home) == []
    work = await desk.on("work")
    await rounds(home, work)
    assert await path(work, first) == ["First"]
    assert await path(work, second.id) == ["Written while it was off"]
    third = await talk(work, "From work")
    await rounds(work, home)
    assert await path(home, third.id) == ["From work"]
    kept = [*_file(desk).parent.glob("sync.json.bad-*"), *_file(desk).parent.glob("sync.json.newer-*")]
    assert content in [each.read_text("utf-8") for each in kept]
    others = (await home.sync.get().status()).settings.other_computers
    assert [each.name for each in others] == ["work"], "its own earlier id is no other computer"
