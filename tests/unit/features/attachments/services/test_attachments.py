"""Pictures are taken in, kept, made ready, and cleared away when nothing refers to them."""

import asyncio
import hashlib
import json
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from chatdesk.features.attachments.services import text_files
from chatdesk.features.attachments.services.attachments import Attachments, saved_attachments
from chatdesk.kernel.chat.attachments import to_records
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Role, TextPart
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentNotAFile,
    AttachmentNotAPicture,
    AttachmentTooLarge,
    AttachmentUnreadable,
    PictureDamaged,
)
from chatdesk.kernel.settings.declarations import NEW_CHAT_ATTACHMENTS, QUICK_ATTACHMENTS
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.fakes.no_documents import stored_documents
from tests.unit.features.sample_pictures import DAMAGED, HEAD, TOO_LARGE, pixels
from tests.unit.storage.samples import a_conversation, a_message

DATA = HEAD + b"a cat"


@dataclass
class Harness:
    folder: Path
    database: Database
    settings: Settings
    attachments: Attachments

    def stored(self) -> list[str]:
        files = (path for path in (self.folder / "attachments").rglob("*") if path.is_file())
        return sorted(path.name for path in files)

    def let_a_day_pass(self) -> None:
        long_ago = time.time() - 25 * 3600
        for path in (self.folder / "attachments").rglob("*"):
            os.utime(path, (long_ago, long_ago))


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    settings = Settings({}, lambda _: None)
    files = AttachmentFiles(tmp_path / "attachments", database.backups)
    attachments = Attachments(files, database, settings, pixels, stored_documents(files, tmp_path))
    yield Harness(tmp_path, database, settings, attachments)
    await attachments.close()
    await settings.close()
    await database.close()


async def test_a_file_becomes_a_picture_that_is_known_before_it_is_decoded(harness: Harness) -> None:
    (harness.folder / "my cat.png").write_bytes(DATA)
    sha256 = hashlib.sha256(DATA).hexdigest()
    picture = await harness.attachments.add_file(harness.folder / "my cat.png")
    assert picture == ImagePart(sha256, "image/png", "my cat.png", 40, 30, len(DATA))
    assert harness.attachments.read(sha256) == DATA
    assert harness.stored() == [sha256, f"{sha256}.sent"]


async def test_the_original_stays_as_it_is_and_something_smaller_is_sent(harness: Harness) -> None:
    picture = await harness.attachments.add_data(DATA, "cat.png")
    assert await harness.attachments.to_send(picture) == Picture("image/png", HEAD + b"small a cat")


async def test_what_is_sent_is_made_again_when_it_is_lost(harness: Harness) -> None:
    picture = await harness.attachments.add_data(DATA, "cat.png")
    (harness.folder / "attachments" / picture.sha256[:2] / f"{picture.sha256}.sent").unlink()
    assert await harness.attachments.to_send(picture) == Picture("image/png", HEAD + b"small a cat")
    assert f"{picture.sha256}.sent" in harness.stored()


async def test_of_a_picture_that_is_gone_nothing_is_sent(harness: Harness) -> None:
    assert await harness.attachments.to_send(ImagePart("0" * 64, "image/png", "gone.png")) is None
    assert await harness.attachments.to_send(ImagePart("../x", "image/png", "odd.png")) is None


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"MZ", AttachmentNotAPicture), (DAMAGED, PictureDamaged), (TOO_LARGE, AttachmentTooLarge)],
)
async def test_what_is_refused_leaves_nothing_behind(harness: Harness, data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        await harness.attachments.add_data(data, "cat.png")
    assert harness.stored() == []


async def test_a_folder_is_refused(harness: Harness) -> None:
    with pytest.raises(AttachmentNotAFile):
        await harness.attachments.add_file(harness.folder)


async def test_a_drive_that_does_not_answer_is_given_up(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait_in_vain(*_: object) -> bytes:
        raise TimeoutError

    monkeypatch.setattr(text_files, "run_in_daemon_thread", wait_in_vain)
    with pytest.raises(AttachmentUnreadable) as caught:
        await harness.attachments.add_file(Path("/net/cat.png"))
    assert (caught.value.name, caught.value.reason) == ("cat.png", "timeout")


async def test_one_is_decoded_at_a_time(harness: Harness) -> None:
    at_once: list[int] = []
    running = 0

    async def prepare(data: bytes, name: str):
        nonlocal running
        running += 1
        at_once.append(running)
        await asyncio.sleep(0)
        result = await pixels(data, name)
        running -= 1
        return result

    harness.attachments._prepare = prepare
    await asyncio.gather(*(harness.attachments.add_data(HEAD + bytes([number]), "x") for number in range(5)))
    assert at_once == [1] * 5


async def test_upkeep_removes_what_nothing_refers_to_and_keeps_all_else(harness: Harness) -> None:
    names = ("said", "drawn", "drafted", "new", "quick", "lost")
    said, drawn, drafted, new, quick, lost = [
        await harness.attachments.add_data(HEAD + name.encode(), name) for name in names
    ]

    def write(connection) -> None:
        ConversationRepository(connection).add(a_conversation())
        MessageRepository(connection).add(
            a_message("m", "x").with_parts((said, TextPart("look"))),
        )
        MessageRepository(connection).add(replace(a_message("n", "y", parent="m"), role=Role.ASSISTANT, parts=(drawn,)))
        ConversationRepository(connection).add(replace(a_conversation("other"), draft_attachments=(drafted,)))

    await harness.database.run(write)
    harness.settings.set(NEW_CHAT_ATTACHMENTS, json.dumps(to_records([new])))
    harness.settings.set(QUICK_ATTACHMENTS, json.dumps(to_records([quick])))
    await harness.attachments.tidy_up()
    assert lost.sha256 in harness.stored()  # it may be in a message that is being written
    harness.let_a_day_pass()
    await harness.attachments.tidy_up()
    stored = {name for name in harness.stored() if "." not in name}
    assert stored == {said.sha256, drawn.sha256, drafted.sha256, new.sha256, quick.sha256}
    copies = {path.name for path in (harness.database.backups / "attachments").rglob("*") if path.is_file()}
    assert copies == stored


async def test_while_a_damaged_database_is_kept_nothing_is_removed(harness: Harness) -> None:
    await harness.attachments.add_data(DATA, "cat.png")
    harness.let_a_day_pass()
    replaced = harness.folder / "chats-set-aside-2026-11-24-120000.sqlite3"
    replaced.write_bytes(b"damaged")
    await harness.attachments.tidy_up()
    assert len(harness.stored()) == 2
    replaced.unlink()
    await harness.attachments.tidy_up()
    assert harness.stored() == []


async def test_notes_on_a_document_are_removed_with_it(harness: Harness) -> None:
    documents = harness.attachments.documents
    stored, removed = (DocumentPart("", "text/plain", name, text_sha256=name * 64) for name in "ab")
    for document in (stored, removed):
        await documents.notes_on(document).put("part 1", b"Notes.")
    await documents.keep_only({stored.text_sha256})
    assert await documents.notes_on(stored).get("part 1") == b"Notes."
    assert await documents.notes_on(removed).get("part 1") is None


@pytest.mark.parametrize("stored", ["", "no json", "{}", '["x"]', "[1]"])
async def test_odd_drafts_hold_no_pictures(harness: Harness, stored: str) -> None:
    harness.settings.set(NEW_CHAT_ATTACHMENTS, stored)
    assert saved_attachments(harness.settings, NEW_CHAT_ATTACHMENTS) == ()
