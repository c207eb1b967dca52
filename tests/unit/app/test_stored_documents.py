"""Documents on disk: stored once, removed with the last chat that refers to them, and restored from a backup."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import DocumentPart, SentAs
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.recovery.replacement import newest_good_copy, restore
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.exports import exported

WORDS = "The promise was thirty percent less packaging."

Open = Callable[[Path], AbstractAsyncContextManager[Program]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    @asynccontextmanager
    async def open_in(home: Path) -> AsyncIterator[Program]:
        monkeypatch.setenv("CHATDESK_HOME", str(home))
        folders = Folders.locate()
        folders.make()
        async with open_program(folders, Resources.locate(), Redactor()) as program:
            yield program

    return open_in


async def add(program: Program, folder: Path, name: str = "notes.md", text: str = WORDS) -> DocumentPart:
    (folder / name).write_text(text, "utf-8")
    document = await program.chat.attachments.add_file(folder / name)
    assert isinstance(document, DocumentPart)
    assert await passages_of(program, document)
    return document


async def ask(program: Program, *documents: DocumentPart) -> str:
    chat = await program.chat.conversations.create("About a promise")
    await program.chat.chat.send(
        chat.id, Question("What was promised?", ModelRef("none", "none"), attachments=documents)
    )
    return chat.id


def files(home: Path) -> dict[str, Path]:
    """The stored files, by name."""
    return {path.name: path for path in (home / "attachments").rglob("*") if path.is_file()}


def let_a_day_pass(home: Path) -> None:
    for path in files(home).values():
        os.utime(path, (0, 0))


async def until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.01)


async def passages_of(program: Program, document: DocumentPart) -> int:
    return (await program.chat.attachments.documents.passages.find("promise", (document,), 1_000)).count


async def words_in(program: Program, document: DocumentPart) -> str:
    text = await program.chat.attachments.text_of(document)
    return text.sections[0].text if text else ""


async def found(program: Program, text: str) -> list[str]:
    search = program.conversations.search(text)
    hits = []
    while not search.is_complete:
        hits += await search.more(10)
    return [hit.location.document.name for hit in hits if hit.location]


async def test_the_same_content_is_stored_once(opened: Open, tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(home) as program:
        first, second = await add(program, tmp_path), await add(program, tmp_path, "copy.md")
        assert set(files(home)) == {first.sha256, first.text_sha256}
        assert replace(second, name=first.name) == first


async def test_a_document_is_removed_with_the_last_chat_that_refers_to_it(opened: Open, tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(home) as program:
        document = await add(program, tmp_path)
        summary = await program.chat.attachments.documents.save_text(DocumentText((Section("Less packaging."),)))
        summarised = replace(document, sent_as=SentAs.SUMMARY, summary_sha256=summary)
        chats = [await ask(program, document), await ask(program, summarised)]
        let_a_day_pass(home)
        trash = program.conversations.trash
        await trash.trash_chats(chats)
        await program.chat.attachments.tidy_up()
        assert set(files(home)) == {document.sha256, document.text_sha256, summary}, "the chats can be restored"
        await trash.restore(chats[:1])
        await trash.delete(await trash.items())
        await until(lambda: set(files(home)) == {document.sha256, document.text_sha256})
        assert await found(program, "packaging") == ["notes.md"]
        await trash.trash_chats(chats[:1])
        await trash.delete(await trash.items())
        await until(lambda: not files(home))
        while await passages_of(program, document):  # the index forgets it afterwards
            await asyncio.sleep(0.01)


async def test_what_a_crash_left_half_written_is_removed(opened: Open, tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(home) as program:
        document = await add(program, tmp_path)
        await ask(program, document)
        stored = set(files(home))
        path = files(home)[document.sha256]
        path.with_name(f"{path.name}.partial").write_bytes(b"half")
        (path.parent / ("b" * 64 + ".partial")).write_bytes(b"half")
        let_a_day_pass(home)
        await program.chat.attachments.tidy_up()
        assert set(files(home)) == stored


async def test_a_backup_brings_documents_to_another_computer(opened: Open, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    async with opened(old) as program:
        document = await add(program, tmp_path)
        await ask(program, document)
        await program.backups.maintenance.run_maintenance()
        backups = program.backups.maintenance.backup_folder
        copy = backups / "attachments" / document.sha256[:2] / document.sha256
        assert copy.samefile(files(old)[document.sha256]), "the copy takes no space"
    shutil.copytree(backups, new / backups.name)
    best = newest_good_copy(new / backups.name)
    assert best is not None
    restore(best.path, new / DATABASE_NAME)
    async with opened(new) as program:
        (chat,) = program.chat.conversations.all()
        (restored,) = (await program.chat.chat.messages(chat.id))[0].documents
        assert restored == document
        assert await words_in(program, restored) == WORDS
        assert program.chat.attachments.read(restored.sha256) == WORDS.encode()
        while await found(program, "packaging") != ["notes.md"]:
            pass


async def test_the_largest_document_is_listed_first_with_the_chats_that_use_it(opened: Open, tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as program:
        small, large = await add(program, tmp_path), await add(program, tmp_path, "large.md", f"{WORDS}\n" * 50)
        first, second = await ask(program, small, large), await ask(program, large)
        found = await program.chat.attachments.stored_documents()
        assert [each.document for each in found] == [large, small]
        stored = files(tmp_path / "home")
        assert found[0].size == sum(stored[sha256].stat().st_size for sha256 in (large.sha256, large.text_sha256))
        assert [each.conversation_id for each in found[0].messages] == [second, first]
        await program.conversations.trash.trash_chats([first])
        found = await program.chat.attachments.stored_documents()
        assert [[message.conversation_id for message in each.messages] for each in found] == [[second], []]


async def test_an_imported_chat_is_found_by_the_words_of_its_documents(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "chat.json"
    async with opened(tmp_path / "old") as program:
        document = await add(program, tmp_path)
        chat = await ask(program, document)
        path.write_text(await exported(program.conversations.exporting, chat, JSON), "utf-8")
    async with opened(tmp_path / "new") as program:
        imports = program.conversations.imports.get()
        preview = await imports.preview([path])
        await imports.add(preview, [each.summary.id for each in preview.chats])
        while await program.chat.attachments.documents.passages.missing([document.text_sha256]):
            await asyncio.sleep(0.01)
        assert await found(program, "packaging") == ["notes.md"]
