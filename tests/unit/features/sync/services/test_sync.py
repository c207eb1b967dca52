"""Programs with data folders of their own, which share a folder as two or three computers do."""

import asyncio
import base64
import gzip
import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.sync.files.bundle import SUFFIX
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.services.live_chats import DeletedElsewhere
from chatdesk.features.sync.services.sync_settings import SyncSettingsFile
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncStatus
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.errors.backup_errors import PassphraseWrong
from chatdesk.kernel.errors.storage_errors import DatabaseLocked
from chatdesk.storage.files.json_file import JsonFile
from tests.own_time import TIMEOUT
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

pytestmark = pytest.mark.usefixtures("quick_passphrases")

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


async def test_a_chat_of_one_computer_appears_on_the_other_and_is_continued_there(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "What grows in shade?", "Ferns.")
    await rounds(home, work)
    assert work.chat.conversations.get(chat.id).title == "Gardens"
    assert await path(work, chat.id) == ["What grows in shade?", "Ferns."]
    tree = await home.chat.chat.trees.of(chat.id)
    await talk(work, "And hostas.", chat=chat)
    await rounds(work, home)
    assert await path(home, chat.id) == ["What grows in shade?", "Ferns.", "And hostas."]
    assert await home.chat.chat.trees.of(chat.id) is tree, "who shows the chat sees the message"


async def test_titles_folders_and_deletions_are_seen_at_once_on_the_other_computer(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "What grows in shade?")
    folder = await home.conversations.folders.create("Plants")
    await home.conversations.folders.move_chats([chat.id], folder.id)
    await rounds(home, work)
    assert [each.name for each in work.conversations.folders.all()] == ["Plants"]
    assert work.chat.conversations.get(chat.id).folder_id == folder.id
    await work.chat.conversations.rename(chat.id, "Shade")
    await rounds(work, home)
    assert home.chat.conversations.get(chat.id).title == "Shade"
    await home.conversations.trash.trash_chats([chat.id])
    await rounds(home, work)
    assert work.chat.conversations.find(chat.id) is None
    assert work.conversations.trash.count == 1
    await work.conversations.trash.restore([chat.id])
    await rounds(work, home)
    assert home.chat.conversations.get(chat.id).title == "Shade"


async def test_a_draft_and_a_question_that_is_being_typed_stay_when_the_title_changes(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "What grows in shade?")
    await rounds(home, work)
    await work.chat.conversations.save_draft(chat.id, "half a sentence")
    await home.chat.conversations.rename(chat.id, "Shade")
    await rounds(home, work)
    known = work.chat.conversations.get(chat.id)
    assert (known.title, known.draft) == ("Shade", "half a sentence")


async def test_pictures_come_with_their_messages(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    picture = replace(await home.chat.attachments.add_data(PNG, "leaf.png"))
    chat = await home.chat.conversations.create("Leaves")
    message = Message.new(chat.id, None, Role.USER, home.chat.now(), "What is it?").with_parts(
        (TextPart("What?"), picture)
    )
    await home.chat.conversations.write_messages(chat.id, message.id, lambda messages: messages.add(message))
    await rounds(home, work)
    found = (await work.chat.chat.trees.of(chat.id)).all()[0].pictures
    assert [each.name for each in found] == ["leaf.png"]
    stored = desk.root / "work" / "attachments" / picture.sha256[:2] / picture.sha256
    assert (
        stored.read_bytes() == (desk.root / "home" / "attachments" / picture.sha256[:2] / picture.sha256).read_bytes()
    )


async def test_three_computers_show_the_same_order(desk: Desk) -> None:
    programs = [await desk.on(name) for name in ("home", "work", "train")]
    chat = await talk(programs[0], "One")
    await rounds(*programs)
    for number, program in enumerate(programs):
        await talk(program, f"Answer {number}", chat=chat)
    await rounds(*programs)
    orders = [[each.text for each in (await program.chat.chat.trees.of(chat.id)).all()] for program in programs]
    assert orders[0] == orders[1] == orders[2]
    assert sorted(orders[0]) == ["Answer 0", "Answer 1", "Answer 2", "One"]


async def test_with_a_passphrase_the_folder_contains_nothing_that_can_be_read(desk: Desk) -> None:
    home = await desk.on("home", "four words are enough")
    chat = await talk(home, "A secret garden")
    await rounds(home)
    for file in desk.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"garden" not in data
            assert data[:2] != b"\x1f\x8b", "not even compressed only"
    work = await desk.open("work")
    with pytest.raises(PassphraseWrong):
        await desk.turn_on(work, "work", "three words")
    assert not (await work.sync.get().status()).settings.is_on
    await desk.turn_on(work, "work", "four words are enough")
    assert await path(work, chat.id) == ["A secret garden"]


async def test_a_damaged_bundle_is_tried_again_and_then_reported_with_its_computer(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    await talk(home, "Whole")
    await rounds(home, work)
    await talk(home, "Cut off")
    await home.sync.get().run_round()
    cut = desk.bundles[-1]
    data = cut.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    sync = work.sync.get()
    await sync.run_round()
    assert (await sync.status()).problems == (), "it may still be on its way"
    for _ in range(3):
        await sync.run_round()
    (problem,) = (await sync.status()).problems
    assert (problem.kind, problem.computer) == (ProblemKind.DAMAGED, "home")
    cut.write_bytes(data)
    await sync.run_round()
    assert (await sync.status()).problems == ()
    assert len(work.chat.conversations.all()) == 2


async def test_a_bundle_of_a_newer_version_is_refused_with_that_reason(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    await talk(home, "New")
    await home.sync.get().run_round()
    bundle = desk.bundles[-1]
    text = gzip.decompress(bundle.read_bytes()).replace(b'"version": 1', b'"version": 2')
    lines = text.split(b"\n")[:-2]

    body = b"".join(line + b"\n" for line in lines)
    end = b'{"sha256": "' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'
    bundle.write_bytes(gzip.compress(body + end))
    await work.sync.get().run_round()
    assert [each.kind for each in (await work.sync.get().status()).problems] == [ProblemKind.NEWER]


@pytest.mark.parametrize(
    "ending",
    [
        " (Anna's conflicted copy 2026-11-29)" + SUFFIX,
        "-LAPTOP" + SUFFIX,
        ".sync-conflict-20261129-120000-ABCDEFG" + SUFFIX,
        " 2" + SUFFIX,
        "_冲突文件_anna_20261129" + SUFFIX,
    ],
)
async def test_a_copy_made_by_a_cloud_program_is_read_like_the_bundle_itself(desk: Desk, ending: str) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "Only in a copy")
    await home.sync.get().run_round()
    bundle = desk.bundles[-1]
    bundle.rename(bundle.with_name(bundle.name.removesuffix(SUFFIX) + ending))
    await work.sync.get().run_round()
    assert await path(work, chat.id) == ["Only in a copy"]
    assert (await work.sync.get().status()).problems == ()


async def test_a_file_that_the_cloud_has_not_downloaded_is_waited_for(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "In the cloud")
    await home.sync.get().run_round()
    bundle = desk.bundles[-1]
    placeholder = bundle.rename(bundle.with_name(f".{bundle.name}.icloud"))
    await work.sync.get().run_round()
    assert work.chat.conversations.find(chat.id) is None
    placeholder.rename(bundle)
    await work.sync.get().run_round()
    assert await path(work, chat.id) == ["In the cloud"]


async def test_switching_off_leaves_everything_as_it_is(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "Stays")
    await rounds(home, work)
    before = [path.name for path in desk.bundles]
    await work.sync.get().turn_off()
    await talk(work, "Not sent", chat=chat)
    assert [path.name for path in desk.bundles] == before
    assert await path(work, chat.id) == ["Stays", "Not sent"]
    await desk.turn_on(work, "work")
    await rounds(home)
    assert await path(home, chat.id) == ["Stays", "Not sent"]
    machines = {path.name[:16] for path in desk.bundles}
    assert len(machines) == 2, "it is the same computer as before"


async def test_a_folder_that_is_gone_is_reported_and_not_made_anew(desk: Desk) -> None:
    home = await desk.on("home")
    moved = desk.shared.rename(desk.root / "unplugged")
    await talk(home, "Later")
    await home.sync.get().run_round()
    assert [each.kind for each in (await home.sync.get().status()).problems] == [ProblemKind.FOLDER]
    assert not desk.shared.exists()
    moved.rename(desk.shared)
    await home.sync.get().run_round()
    assert (await home.sync.get().status()).problems == ()
    assert desk.bundles


async def test_a_copy_of_the_data_folder_on_another_computer_gets_an_id_of_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = await desk.on("home")
    await talk(home, "Copied")
    await rounds(home)
    file = SyncSettingsFile(JsonFile(desk.root / "home" / "sync.json"))
    before, _ = file.read()
    monkeypatch.setattr("chatdesk.features.sync.services.sync_settings.platform.node", lambda: "another")
    copied, _ = file.read()
    assert copied.machine != before.machine
    assert copied.folder == before.folder


async def test_an_older_backup_of_the_chats_does_not_reuse_the_numbers_of_bundles(desk: Desk) -> None:
    async with desk.session() as running:
        home = await running.on("home")
        await talk(home, "Old")
        await rounds(home)
    database = desk.root / "home" / "chats.sqlite3"
    shutil.copy(database, desk.root / "backup")
    async with desk.session() as running:
        home = await running.open("home")
        await talk(home, "New")
        await rounds(home)
    shutil.copy(desk.root / "backup", database)
    home = await desk.open("home")
    await rounds(home)
    titles = [(await path(home, chat.id)) for chat in home.chat.conversations.all()]
    assert sorted(titles) == [["New"], ["Old"]], "what was written after the backup comes back"
    assert len({each.name[:16] for each in desk.bundles}) >= 1
    await talk(home, "Newest")
    await rounds(home)
    work = await desk.on("work")
    assert len(work.chat.conversations.all()) == 3
    await talk(work, "From work")
    await rounds(work, home)
    for each, other in ((home, "work"), (work, "home")):
        settings = (await each.sync.get().status()).settings
        assert [computer.name for computer in settings.other_computers] == [other], "an earlier id is no other computer"


async def test_an_answer_is_streamed_while_a_chat_is_merged(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "Question")
    await rounds(home, work)
    answer = replace(Message.new(chat.id, chat.head_id, Role.ASSISTANT, home.chat.now()), state=MessageState.STREAMING)
    async with home.chat.chat.trees.changing(chat.id) as tree:
        tree.add(
            await home.chat.conversations.write_messages(chat.id, answer.id, lambda messages: messages.add(answer))
        )
        tree.change(replace(answer, parts=(TextPart("ahead of the disk"),)))
    await talk(work, "Meanwhile", chat=chat)
    await asyncio.gather(rounds(work), rounds(home))
    await rounds(work, home)
    texts = {each.text for each in (await home.chat.chat.trees.of(chat.id)).all()}
    assert texts == {"Question", "Meanwhile", "ahead of the disk"}
    assert home.chat.conversations.get(chat.id).head_id == answer.id


async def test_many_bundles_are_written_anew_as_few_for_a_new_computer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatdesk.features.sync.services.bundle_writer._MOST_BUNDLES", 4)
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "One")
    for text in ("Two", "Three", "Four", "Five"):
        await rounds(home)
        chat = await talk(home, text, chat=chat)
    await rounds(home, work)
    await rounds(home, work)
    await rounds(home, work)
    own = [each for each in desk.bundles if each.name[:16] == (await home.sync.get().status()).settings.machine]
    assert len(own) == 1
    assert await path(work, chat.id) == ["One", "Two", "Three", "Four", "Five"]
    train = await desk.on("train")
    assert await path(train, chat.id) == ["One", "Two", "Three", "Four", "Five"]


async def test_a_history_that_takes_many_bundles_is_not_compacted_again_and_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatdesk.features.sync.services.bundle_writer._MOST_BUNDLES", 4)
    monkeypatch.setattr("chatdesk.features.sync.services.bundle_writer.TEXT_BYTES", 1)  # each operation gets a bundle
    home = await desk.on("home")
    chat = await talk(home, *("one", "two", "three", "four", "five", "six"))
    for _ in range(8):
        await rounds(home)
    settings = (await home.sync.get().status()).settings
    assert len(desk.bundles) > 4
    for _ in range(4):
        await rounds(home)
    assert (await home.sync.get().status()).settings.bundle == settings.bundle
    work = await desk.on("work")
    assert await path(work, chat.id) == ["one", "two", "three", "four", "five", "six"]


async def test_temporary_files_are_where_the_next_start_removes_what_a_crash_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, read = desk.root / "work" / "cache" / "backups", list[Path]()

    async def read_bundle(path: Path, *_: object) -> bool:
        read.append(path)
        return False

    monkeypatch.setattr("chatdesk.app.composition._read_bundle", read_bundle)
    left = scratch / "sync" / "left" / "file"
    left.parent.mkdir(parents=True)
    left.touch()
    home = await desk.on("home")
    await talk(home, "What grows in shade?")
    await rounds(home)
    await desk.on("work")
    assert {path.parents[2] for path in read} == {scratch}
    assert not left.exists()


async def test_no_bundle_is_deleted_if_nothing_could_be_prepared_to_replace_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatdesk.features.sync.services.bundle_writer._MOST_BUNDLES", 2)
    home = await desk.on("home")
    chat = await talk(home, "One")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(ChangeLog, "send_again", _fail)
        for text in ("Two", "Three", "Four"):
            await rounds(home)
            chat = await talk(home, text, chat=chat)
        await rounds(home)
    monkeypatch.setattr("chatdesk.features.sync.services.bundle_writer._MOST_BUNDLES", 100)
    await rounds(home)
    work = await desk.on("work")
    assert await path(work, chat.id) == ["One", "Two", "Three", "Four"]


async def test_a_new_folder_gets_everything_even_if_the_first_attempt_to_use_it_was_interrupted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = await desk.on("home")
    chat = await talk(home, "Moved")
    await rounds(home)
    desk.shared = desk.root / "other cloud"
    desk.shared.mkdir()
    with monkeypatch.context() as interrupted:
        interrupted.setattr(ChangeLog, "send_again", _fail)
        with pytest.raises(DatabaseLocked):
            await desk.turn_on(home, "home")
    await desk.turn_on(home, "home")
    work = await desk.on("work")
    assert await path(work, chat.id) == ["Moved"]


def _fail(_log: ChangeLog) -> None:
    raise DatabaseLocked


async def test_a_new_folder_gets_everything_again(desk: Desk) -> None:
    home = await desk.on("home")
    chat = await talk(home, "Moved")
    await rounds(home)
    desk.shared = desk.root / "other cloud"
    desk.shared.mkdir()
    await desk.turn_on(home, "home")
    work = await desk.on("work")
    assert await path(work, chat.id) == ["Moved"]


async def test_the_list_of_a_new_computer_is_in_the_order_of_the_chats(desk: Desk) -> None:
    home = await desk.on("home")
    titles = ["First", "Second", "Third", "Fourth"]
    for title in titles:
        await talk(home, f"About {title}", chat=await home.chat.conversations.create(title))
    await rounds(home)
    work = await desk.on("work")
    assert [chat.title for chat in work.chat.conversations.all()] == titles[::-1]


async def test_an_unexpected_error_is_logged_and_reported_and_the_next_round_tries_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = await desk.on("home")
    sync = home.sync.get()
    reported, recovered = asyncio.Event(), asyncio.Event()

    def note(status: SyncStatus) -> None:
        (reported if ProblemKind.UNEXPECTED in [each.kind for each in status.problems] else recovered).set()

    with monkeypatch.context() as broken:
        broken.setattr(ChangeLog, "record_some", lambda _log: 1 // 0)
        sync.changes.subscribe(note)
        sync.sync_now()
        await asyncio.wait_for(reported.wait(), TIMEOUT)
    assert "ZeroDivisionError" in caplog.text
    recovered.clear()
    sync.sync_now()
    await asyncio.wait_for(recovered.wait(), TIMEOUT)
    assert (await sync.status()).problems == ()


async def test_a_change_that_is_too_large_for_a_bundle_is_a_problem_of_this_computer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = await desk.on("home")
    monkeypatch.setattr("chatdesk.features.sync.services.bundle_writer.MAX_BYTES", 100)
    await talk(home, "Too large")
    await home.sync.get().run_round()
    assert set((await home.sync.get().status()).problems) == {Problem(ProblemKind.TOO_LARGE)}
    assert not (await home.sync.get().status()).is_busy


async def test_folders_of_the_same_name_from_before_become_one_at_once(desk: Desk) -> None:
    home, work = await desk.open("home"), await desk.open("work")
    chats = []
    for program in (home, work):
        folder = await program.conversations.folders.create("Plants")
        chat = await talk(program, "What grows in shade?")
        await program.conversations.folders.move_chats([chat.id], folder.id)
        chats.append(chat.id)
    await desk.turn_on(home, "home")
    await desk.turn_on(work, "work")
    await rounds(home, work)
    (folder,) = home.conversations.folders.all()
    for program in (home, work):
        assert program.conversations.folders.all() == (folder,)
        assert {chat.id for chat in program.conversations.folders.chats_in(folder.id)} == set(chats)
    await home.conversations.folders.rename(folder.id, "Garden")
    await rounds(home, work)
    assert [each.name for each in work.conversations.folders.all()] == ["Garden"]


async def test_a_chat_deleted_on_another_computer_is_announced_once_with_the_name_of_that(desk: Desk) -> None:
    first, second, third = await desk.on("Desk"), await desk.on("Laptop"), await desk.on("Tablet")
    chat = await talk(first, "What grows in shade?")
    kept = await talk(first, "Trains to Oslo")
    await rounds(first, second, third)
    deleted: list[DeletedElsewhere] = []
    first.sync.get().deletions.subscribe(deleted.append)
    await third.conversations.trash.trash_chats([chat.id])
    await rounds(third, second, first)
    await rounds(first, second, third)
    assert [(each.conversation.id, each.computer) for each in deleted] == [(chat.id, "Tablet")]
    assert first.chat.conversations.find(kept.id)


async def test_a_chat_deleted_here_is_not_announced(desk: Desk) -> None:
    first, second = await desk.on("Desk"), await desk.on("Laptop")
    chat = await talk(first, "What grows in shade?")
    await rounds(first, second)
    deleted: list[DeletedElsewhere] = []
    first.sync.get().deletions.subscribe(deleted.append)
    await first.conversations.trash.trash_chats([chat.id])
    await rounds(first, second, first)
    assert deleted == []
