"""Settings of synchronisation that are damaged, or that a newer Chatdesk has written: reported, kept, and set up again."""

import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from chatdesk.app.program import Program
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

_NEWER = json.dumps({"format": 2, "machine": "of another form", "on": "yes"})


class _Homes(Desk):
    """Programs of which one can be closed and opened again."""

    async def once(self, name: str, *texts: str, is_new: bool) -> str:
        """Run a program, switched on if it is new, write a chat and close the program."""
        async with AsyncExitStack() as running:
            outer, self._stack = self._stack, running
            program = await (self.on(name) if is_new else self.open(name))
            chat = await talk(program, *texts)
            await rounds(program)
            self._stack = outer
        return chat.id

    def file(self, name: str) -> Path:
        return self.root / name / "sync.json"

    def replace_settings(self, name: str, content: str, copy: str | None = None) -> None:
        self.file(name).write_text(content, "utf-8")
        last_good = self.file(name).with_name("sync.json.last-good")
        last_good.write_text(content if copy is None else copy, "utf-8")


@pytest.fixture
def homes(desk: Desk) -> _Homes:
    homes = _Homes.__new__(_Homes)
    homes.__dict__.update(desk.__dict__)
    return homes


async def _kinds(program: Program) -> list[ProblemKind]:
    return [problem.kind for problem in (await program.sync.get().status()).problems]


def _announced(program: Program) -> list[Problem]:
    found: list[Problem] = []
    program.sync.when_created(lambda sync: sync.losses.subscribe(found.append))
    return found


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"machine": "no id"}', "\0\0\0"])
async def test_damaged_settings_are_reported_and_their_file_is_kept(homes: _Homes, content: str) -> None:
    await homes.once("home", "First", is_new=True)
    homes.replace_settings("home", content)
    home = await homes.open("home")
    announced = _announced(home)
    await home.sync.get().start()
    assert await _kinds(home) == [ProblemKind.SETTINGS_DAMAGED]
    assert [problem.kind for problem in announced] == [ProblemKind.SETTINGS_DAMAGED]
    assert not (await home.sync.get().status()).settings.is_on
    kept = [each.read_text("utf-8") for each in homes.file("home").parent.glob("sync.json.bad-*")]
    assert content in kept


async def test_settings_of_a_newer_version_are_reported_at_each_start_and_stay_as_they_are(homes: _Homes) -> None:
    await homes.once("home", "First", is_new=True)
    homes.replace_settings("home", _NEWER)
    for _ in range(2):
        async with AsyncExitStack() as running:
            homes._stack = running
            home = await homes.open("home")
            announced = _announced(home)
            await home.sync.get().start()
            assert await _kinds(home) == [ProblemKind.SETTINGS_NEWER]
            assert [problem.kind for problem in announced] == [ProblemKind.SETTINGS_NEWER]
        assert homes.file("home").read_text("utf-8") == _NEWER


async def test_damaged_settings_are_still_shown_after_a_restart_but_not_announced_again(homes: _Homes) -> None:
    await homes.once("home", "First", is_new=True)
    homes.replace_settings("home", "{")
    async with AsyncExitStack() as running:
        outer, homes._stack = homes._stack, running
        await (await homes.open("home")).sync.get().start()
        homes._stack = outer
    home = await homes.open("home")
    announced = _announced(home)
    await home.sync.get().start()
    assert await _kinds(home) == [ProblemKind.SETTINGS_DAMAGED]
    assert announced == []


async def test_a_damaged_file_with_a_valid_copy_goes_unnoticed(homes: _Homes) -> None:
    await homes.once("home", "First", is_new=True)
    before = homes.file("home").read_text("utf-8")
    for content in ("{", "{}"):
        homes.replace_settings("home", content, copy=before)
        async with AsyncExitStack() as running:
            outer, homes._stack = homes._stack, running
            home = await homes.open("home")
            await home.sync.get().start()
            assert await _kinds(home) == []
            assert (await home.sync.get().status()).settings.is_on
            homes._stack = outer


async def test_there_is_nothing_to_report_before_it_was_ever_set_up(homes: _Homes) -> None:
    assert await _kinds(await homes.open("home")) == []


def _same_folder(_homes: _Homes) -> None:
    return


def _other_folder(homes: _Homes) -> None:
    homes.shared = homes.root / "other cloud"
    homes.shared.mkdir()


@pytest.mark.parametrize("content", ["{", _NEWER])
@pytest.mark.parametrize("choose", [_same_folder, _other_folder])
async def test_after_it_is_set_up_again_everything_is_shared_and_the_lost_file_is_kept(
    homes: _Homes, content: str, choose: Callable[[_Homes], None]
) -> None:
    first = await homes.once("home", "First", is_new=True)
    homes.replace_settings("home", content)
    home = await homes.open("home")
    await home.sync.get().start()
    second = await talk(home, "Written while it was off")
    choose(homes)
    await homes.turn_on(home, "home")
    assert await _kinds(home) == []
    work = await homes.on("work")
    await rounds(home, work)
    assert await path(work, first) == ["First"]
    assert await path(work, second.id) == ["Written while it was off"]
    third = await talk(work, "From work")
    await rounds(work, home)
    assert await path(home, third.id) == ["From work"]
    kept = [*homes.file("home").parent.glob("sync.json.bad-*"), *homes.file("home").parent.glob("sync.json.newer-*")]
    assert content in [each.read_text("utf-8") for each in kept]
    others = (await home.sync.get().status()).settings.other_computers
    assert [each.name for each in others] == ["work"], "its own earlier id is no other computer"
