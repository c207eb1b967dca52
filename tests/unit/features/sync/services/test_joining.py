"""A computer that writes a little every few minutes: its small bundles are joined, and the other computers miss nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.sync.files.bundle import SUFFIX
from chatdesk.features.sync.services import bundle_writer
from chatdesk.features.sync.services.shared_folder import SharedFolder
from chatdesk.features.sync.services.sync_status import ProblemKind
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.errors.backup_errors import LocationFull
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

_TEXTS = ["One", "Two", "Three", "Four", "Five"]


@pytest.fixture(autouse=True)
def few_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_writer, "_MOST_SMALL", 4)


async def own_bundles(desk: Desk, program) -> list[Path]:
    machine = (await program.sync.get().status()).settings.machine
    return [each for each in desk.bundles if each.name.startswith(machine)]


async def write_often(program, *texts: str, chat=None):
    for text in texts:
        chat = await talk(program, text, chat=chat)
        await program.sync.get().run_round()
    return chat


@pytest.mark.parametrize("read", [0, 2, 3], ids=["none", "some", "all"])
async def test_a_computer_that_has_read_none_some_or_all_of_the_small_bundles_has_everything(
    desk: Desk, read: int
) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await write_often(home, *_TEXTS[:read]) if read else None
    await work.sync.get().run_round()
    chat = await write_often(home, *_TEXTS[read:], chat=chat)
    assert len(await own_bundles(desk, home)) == 2, "the joined one, and the one after it"
    await rounds(work)
    assert await path(work, chat.id) == _TEXTS
    assert (await work.sync.get().status()).problems == ()
    await rounds(work, home)
    assert len(await own_bundles(desk, home)) == 2, "nothing is written twice"


async def test_small_bundles_are_joined_with_a_passphrase(desk: Desk) -> None:
    home = await desk.on("home", "four words are enough")
    chat = await write_often(home, *_TEXTS)
    assert len(desk.bundles) == 2
    work = await desk.on("work", "four words are enough")
    assert await path(work, chat.id) == _TEXTS


async def test_a_changed_value_is_in_the_joined_bundle_once(desk: Desk) -> None:
    home = await desk.on("home")
    chat = await write_often(home, "One")
    for title in ("Shade", "Ferns", "Hostas"):
        await home.chat.conversations.rename(chat.id, title)
        await home.sync.get().run_round()
    assert len(desk.bundles) == 1
    work = await desk.on("work")
    assert work.chat.conversations.get(chat.id).title == "Hostas"


async def test_a_bundle_that_is_deleted_while_it_is_to_be_read_is_no_problem(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await write_often(home, *_TEXTS[:3])
    listed = SharedFolder.bundles

    async def bundles(folder: SharedFolder):
        found = await listed(folder)
        monkeypatch.undo()
        monkeypatch.setattr(bundle_writer, "_MOST_SMALL", 4)
        await write_often(home, *_TEXTS[3:], chat=chat)
        return found

    monkeypatch.setattr(SharedFolder, "bundles", bundles)
    await work.sync.get().run_round()
    assert (await work.sync.get().status()).problems == ()
    await work.sync.get().run_round()
    assert await path(work, chat.id) == _TEXTS


async def test_small_bundles_stay_until_what_they_have_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = await desk.on("home")
    chat = await write_often(home, *_TEXTS[:3])
    write_bundle = SharedFolder.write_bundle
    count = 0

    async def fail_second(folder: SharedFolder, machine: str, number: int, data: bytes) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise LocationFull(path="stick")
        await write_bundle(folder, machine, number, data)

    with monkeypatch.context() as full:
        full.setattr(SharedFolder, "write_bundle", fail_second)
        await write_often(home, "Four", chat=chat)
    assert [each.kind for each in (await home.sync.get().status()).problems] == [ProblemKind.FOLDER]
    assert len(desk.bundles) == 4
    await home.sync.get().run_round()
    assert len(desk.bundles) == 1
    work = await desk.on("work")
    assert await path(work, chat.id) == _TEXTS[:4]


async def test_an_answer_that_is_being_continued_keeps_the_bundle_that_has_its_beginning(desk: Desk) -> None:
    home = await desk.on("home")
    chat = await write_often(home, "Question", "Answer")
    before = desk.bundles
    tree = await home.chat.chat.trees.of(chat.id)
    answer = replace(tree.all()[-1], state=MessageState.STREAMING)
    await home.chat.conversations.write_messages(chat.id, answer.id, lambda messages: messages.update(answer))
    other = await write_often(home, *_TEXTS[:3])
    assert desk.bundles[:2] == before
    work = await desk.on("work")
    assert await path(work, chat.id) == ["Question", "Answer"]
    done = replace(answer, state=MessageState.COMPLETE)
    await home.chat.conversations.write_messages(chat.id, answer.id, lambda messages: messages.finish(done))
    await rounds(home)
    assert not set(desk.bundles) & set(before)
    await rounds(work)
    assert await path(work, other.id) == _TEXTS[:3]


async def test_large_bundles_are_not_joined(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_writer, "TEXT_BYTES", 1)  # each operation gets a bundle, and none counts as small
    home = await desk.on("home")
    await write_often(home, *_TEXTS)
    names = [each.name for each in desk.bundles]
    assert len(names) > 5
    await rounds(home)
    assert [each.name for each in desk.bundles] == names
    assert all(name.endswith(SUFFIX) for name in names)
