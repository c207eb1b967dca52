"""Documents of a chat that is exported, imported and duplicated."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from chatdesk.features.conversations.ui.importing.import_sheet import Step
from chatdesk.kernel.chat.message import DocumentPart
from tests.gui.window.chat.test_message_actions import choose as choose_of_message
from tests.gui.window.chat.test_message_actions import menu_of as message_menu
from tests.gui.window.conversations.import_steps import at, press, with_other_ids, words
from tests.gui.window.conversations.test_chat_menu import choose, opened, right_click_row
from tests.gui.window.export_steps import check, opened_sheet, save_in
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import drop, names

WORDS = "The promise was thirty percent less packaging.\n" * 20
QUESTION = "What was promised?"


@pytest.fixture
async def asked(harness: Harness, tmp_path: Path) -> DocumentPart:
    """The document of a chat."""
    (tmp_path / "notes.md").write_text(WORDS, "utf-8")
    drop(harness, tmp_path / "notes.md")
    await harness.until(lambda: names(harness) == ["notes.md"])
    await harness.ask_and_wait(QUESTION)
    return await document_of(harness)


async def document_of(harness: Harness) -> DocumentPart:
    messages = await harness.program.chat.chat.messages(harness.chat())
    (document,) = messages[0].documents
    return document


async def export(harness: Harness, entry: str, path: Path, *, with_files: bool = True) -> None:
    right_click_row(harness, QUESTION)
    choose(opened(), entry)
    sheet = await opened_sheet(harness)
    check(sheet, "Pictures and documents", on=with_files)
    await save_in(harness, path)


async def import_chat(harness: Harness, path: Path) -> str:
    """Import a chat and return what the sheet says of it."""
    first = harness.chat()
    harness.window.open_files([with_other_ids(path)])
    facts = words(await at(harness, Step.PREVIEW))
    press(harness, "importButton")
    await harness.until(lambda: harness.chat() != first)
    return facts


async def test_a_chat_that_is_exported_with_its_files_has_them_where_it_is_imported(
    harness: Harness, fake_model: FakeModel, asked: DocumentPart, tmp_path: Path
) -> None:
    path = tmp_path / "saved.chatdesk.json"
    await export(harness, "JSON…", path)
    facts = await import_chat(harness, path)
    assert "1 chat(s), 2 message(s)" in facts
    assert "1 document(s)" in facts
    assert "Not included" not in facts
    assert await document_of(harness) == asked
    await harness.ask_and_wait("And when?")
    assert WORDS.strip() in fake_model.asked[-1]["messages"][0]["content"]


async def test_a_chat_that_is_exported_without_its_files_has_their_names_and_texts(
    harness: Harness, fake_model: FakeModel, asked: DocumentPart, tmp_path: Path
) -> None:
    path = tmp_path / "saved.chatdesk.json"
    await export(harness, "JSON…", path, with_files=False)
    assert "files" not in json.loads(path.read_text("utf-8"))["documents"]
    await import_chat(harness, path)
    assert await document_of(harness) == replace(asked, sha256="", size=0)
    await harness.ask_and_wait("And when?")
    assert WORDS.strip() in fake_model.asked[-1]["messages"][0]["content"]


@pytest.mark.usefixtures("asked")
async def test_markdown_links_to_copies_next_to_it(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "my chat.md"
    await export(harness, "Markdown…", path)
    assert "[notes.md](my%20chat_files/notes.md)" in path.read_text("utf-8")
    assert (tmp_path / "my chat_files" / "notes.md").read_text("utf-8") == WORDS


@pytest.mark.usefixtures("asked")
async def test_markdown_names_them_without_copies(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "chat.md"
    await export(harness, "Markdown…", path, with_files=False)
    assert "`notes.md`" in path.read_text("utf-8")
    assert not (tmp_path / "chat_files").exists()


async def test_a_duplicate_has_the_same_documents(harness: Harness, asked: DocumentPart) -> None:
    first = harness.chat()
    right_click_row(harness, QUESTION)
    choose(opened(), "Duplicate")
    await harness.until(lambda: harness.chat() != first)
    assert await document_of(harness) == asked


@pytest.mark.usefixtures("asked")
async def test_a_copied_question_names_its_documents(harness: Harness) -> None:
    choose_of_message(message_menu(harness, 0), "Copy message")
    assert QGuiApplication.clipboard().text() == f"notes.md\n\n{QUESTION}"
