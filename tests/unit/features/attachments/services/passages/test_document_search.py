"""The search in all chats finds the words of documents, too."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.documents import Documents
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, SentAs, TextPart
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.lazy import Lazy
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.fakes.no_documents import stored_documents
from tests.unit.storage.samples import MOMENT, a_conversation, a_message

PAGES = (
    "We promised thirty percent less packaging.",
    "Nothing about it.",
    "去年的包装比前年少三成。Packaging weighs 12 grams.",
)


class Harness:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / "chats.sqlite3")
        self.files = AttachmentFiles(folder / "attachments", self.database.backups)
        self.documents: Lazy[Documents] = stored_documents(self.files, folder)
        self.conversations = Conversations(self.database, lambda: datetime.now(UTC))

    async def keep(self, name: str, *pages: str) -> DocumentPart:
        """Store a document; it gets into the index in the background."""
        sha256 = await self.documents.get().save_text(DocumentText(tuple(map(Section, pages)), DocumentUnit.PAGE))
        return DocumentPart(
            "a" * 64, "application/pdf", name, text_sha256=sha256, unit=DocumentUnit.PAGE, sections=len(pages)
        )

    async def ask(self, chat: str, message: str, *parts: DocumentPart | TextPart) -> None:
        def add(connection: sqlite3.Connection) -> None:
            if chat not in ConversationRepository(connection).order():
                ConversationRepository(connection).add(a_conversation(chat))
            MessageRepository(connection).add(replace(a_message(message, conversation=chat), parts=parts))

        await self.database.run(add)

    async def index(self, *documents: DocumentPart) -> None:
        await self.documents.get().passages.find("packaging", documents, 1_000)

    async def search(self, typed: str) -> list[SearchHit]:
        search = self.conversations.search(typed, self.documents.get)
        found: list[SearchHit] = []
        while not search.is_complete:
            found += await search.more(3)
        return found

    async def found(self, typed: str) -> list[tuple[str, str, int]]:
        """Return where a text is found: the message, the document and its page; no document for the words of the message."""
        return [
            (hit.message_id, hit.location.document.name, hit.location.passage.section if hit.location.passage else 0)
            if hit.location
            else (hit.message_id, "", 0)
            for hit in await self.search(typed)
        ]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    harness = Harness(tmp_path)
    await harness.database.open(expected=False)
    yield harness
    await harness.documents.close()
    await harness.database.close()


@pytest.fixture
async def report(harness: Harness) -> DocumentPart:
    report = await harness.keep("report.pdf", *PAGES)
    await harness.ask("chat", "m1", TextPart("What about packaging?"), report)
    await harness.index(report)
    return report


async def test_a_hit_shows_the_words_and_leads_to_their_place(harness: Harness, report: DocumentPart) -> None:
    (hit,) = await harness.search("thirty perc")
    assert (hit.conversation_id, hit.message_id, hit.snippet) == ("chat", "m1", PAGES[0])
    assert [hit.snippet[start:end] for start, end in hit.ranges] == ["thirty", "perc"]
    assert hit.words == ("thirty", "percent")
    assert hit.location
    assert hit.location.document == report
    text = await harness.documents.get().stored_text(report.text_sha256)
    assert text
    assert text.passage(hit.location.passage) == PAGES[0]


@pytest.mark.usefixtures("report")
async def test_words_are_found_as_in_messages(harness: Harness) -> None:
    assert await harness.found("包装") == await harness.found("三成") == [("m1", "report.pdf", 3)]
    assert await harness.found('"12 grams"') == [("m1", "report.pdf", 3)]
    assert await harness.found('"grams 12"') == await harness.found("ackaging") == await harness.found("") == []
    assert await harness.found("%") == await harness.found("'") == []
    assert await harness.found("packaging -grams") == [("m1", "", 0), ("m1", "report.pdf", 1)]


async def test_a_document_is_found_by_its_name(harness: Harness, report: DocumentPart) -> None:
    (hit,) = await harness.search("report.pd")
    assert (hit.message_id, hit.snippet, hit.ranges) == ("m1", "report.pdf", ((0, 9),))
    assert hit.location
    assert (hit.location.document, hit.location.passage) == (report, None)
    letter = await harness.keep("packaging.pdf", "Packaging again.")
    await harness.ask("other", "m2", letter)
    await harness.index(letter)
    assert await harness.found("packaging -about") == [("m2", "packaging.pdf", 1), ("m1", "report.pdf", 1)]


async def test_a_document_in_several_chats_is_found_in_each_at_its_first_question(
    harness: Harness, report: DocumentPart
) -> None:
    await harness.ask("chat", "m2", replace(report, sent_as=SentAs.PASSAGES))
    await harness.ask("other", "m3", replace(report, name="copy.pdf"))
    assert await harness.found("thirty") == [("m3", "copy.pdf", 1), ("m1", "report.pdf", 1)]


async def test_documents_come_in_the_order_of_the_messages(harness: Harness, report: DocumentPart) -> None:
    for number in range(2, 10):
        await harness.ask(f"chat{number}", f"m{number}", *([report] if number % 2 else [TextPart("thirty")]))
    assert [message for message, _, _ in await harness.found("thirty")] == [f"m{number}" for number in range(9, 0, -1)]


async def test_what_is_in_the_trash_is_not_found(harness: Harness, report: DocumentPart) -> None:
    await harness.ask("other", "m2", report)
    trashed = replace(a_conversation("chat"), deleted_at=MOMENT)
    await harness.database.run(lambda connection: ConversationRepository(connection).update(trashed))
    assert await harness.found("thirty") == [("m2", "report.pdf", 1)]


async def test_documents_that_are_not_in_the_index_yet_are_found_last(harness: Harness, report: DocumentPart) -> None:
    await harness.documents.get().passages.keep_only(())
    late = await harness.keep("late.pdf", "Thirty days.")
    await harness.ask("other", "m2", TextPart("thirty"), late)
    search = harness.conversations.search("thirty", harness.documents.get)
    hits = list(await search.more(30))
    assert (hits[0].message_id, hits[0].location) == ("m2", None), "the words of messages do not wait for it"
    while not search.is_complete:  # a document can be in the index already: that is filled in the background, too
        hits += await search.more(30)
    found = [hit.location.document for hit in hits if hit.location]
    assert sorted(each.name for each in found) == sorted([late.name, report.name])


async def test_a_name_that_was_found_before_its_text_is_in_the_index_is_found_once(
    harness: Harness, report: DocumentPart
) -> None:
    await harness.documents.get().passages.keep_only(())
    assert await harness.found("report") == [("m1", report.name, 0)]


async def test_documents_are_not_opened_for_chats_without_any(harness: Harness) -> None:
    await harness.ask("chat", "m1", TextPart("packaging"))
    assert await harness.found("packaging") == [("m1", "", 0)]
    assert harness.documents.created is None


async def test_a_document_whose_text_is_gone_is_left_out(harness: Harness, report: DocumentPart) -> None:
    (harness.folder / "attachments" / report.text_sha256[:2] / report.text_sha256).unlink()
    assert await harness.found("thirty") == []
