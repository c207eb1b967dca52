"""The passages that are chosen for a question: the best ones and their neighbours, up to a number of tokens."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.passages.passage_finder import FoundPassages, PassageFinder
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange, SentAs
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.storage.passages.passage_index import PassageIndex

PAGES = [f"Page {number} tells of topic{number} at length." for number in range(1, 41)]
REPORT = DocumentPart("f1", "application/pdf", "report.pdf", text_sha256="t1", unit=DocumentUnit.PAGE, sections=40)
NOTES = DocumentPart("f2", "text/plain", "notes.txt", text_sha256="t2")
IMPORTED = DocumentPart("", "text/plain", "old.txt", "The harbour was built in 1820.")
TEXTS = {
    "t1": DocumentText(tuple(map(Section, PAGES)), DocumentUnit.PAGE),
    "t2": DocumentText((Section("Buy milk.\n\nCall topic7."),)),
}


class Harness:
    def __init__(self, folder: Path) -> None:
        self.read: list[str] = []
        self.index = PassageIndex(folder / "index.sqlite")
        self.finder = PassageFinder(self.index, self.text_of)

    async def text_of(self, document: DocumentPart) -> DocumentText | None:
        self.read.append(document.name)
        return DocumentText((Section(document.text),)) if document.text else TEXTS.get(document.text_sha256)

    async def sections(self, question: str, *documents: DocumentPart, max_tokens: int = 10_000) -> list[list[int]]:
        found = await self.finder.find(question, documents, max_tokens)
        return [[each.section for each in found_in.document.passages] for found_in in found.documents]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    await harness.finder.close()


async def test_the_passages_of_a_question_come_with_their_neighbours_in_the_order_of_the_document(
    harness: Harness,
) -> None:
    found = await harness.finder.find("Compare topic30 with topic5.", (REPORT,), 10_000)
    (report,) = found.documents
    assert report.document.sent_as is SentAs.PASSAGES
    assert report.document.passages == tuple(
        PassageRange(page, 0, len(PAGES[page - 1])) for page in (4, 5, 6, 29, 30, 31)
    )
    assert (report.chosen, report.count) == (found.chosen, found.count) == (6, 40)
    assert found.words == ("compare", "topic30", "topic5")
    assert not found.by_meaning


async def test_a_document_is_read_for_the_index_once(harness: Harness) -> None:
    assert await harness.sections("topic5", REPORT) == [[4, 5, 6]]
    assert await harness.sections("topic30", REPORT) == [[29, 30, 31]]
    assert harness.read == ["report.pdf"]


async def test_each_document_has_its_own_passages(harness: Harness) -> None:
    assert await harness.sections("topic7", REPORT, NOTES, IMPORTED) == [[6, 7, 8], [1], []]
    assert await harness.sections("When was the harbour built?", REPORT, NOTES, IMPORTED) == [[], [], [1]]


async def test_the_best_passages_come_first_where_there_is_no_room_for_all(harness: Harness) -> None:
    for max_tokens, sections in ((5, []), (25, [5]), (45, [5, 6]), (70, [4, 5, 6])):
        assert await harness.sections("topic5", REPORT, max_tokens=max_tokens) == [sections]
        found = await harness.finder.find("topic5", (REPORT,), max_tokens)
        assert found.tokens <= max_tokens


async def test_pages_that_are_not_selected_are_not_searched(harness: Harness) -> None:
    selected = DocumentPart(
        "f1", "application/pdf", "report.pdf", text_sha256="t1", unit=DocumentUnit.PAGE, sections=40, selected="1-5,20"
    )
    assert await harness.sections("topic5 topic20 topic30", selected) == [[4, 5, 20]]


async def test_nothing_that_matches_is_a_result_with_the_words_that_were_looked_for(harness: Harness) -> None:
    found = await harness.finder.find("Are there refill stations?", (REPORT, NOTES), 10_000)
    assert [each.document.passages for each in found.documents] == [(), ()]
    assert (found.chosen, found.count, found.tokens) == (0, 41, 0)
    assert found.words == ("refill", "stations")


async def test_a_document_whose_text_is_missing_has_no_passages(harness: Harness) -> None:
    missing = DocumentPart("f9", "text/plain", "gone.txt", text_sha256="gone")
    found = await harness.finder.find("topic5", (missing, REPORT), 10_000)
    assert [each.count for each in found.documents] == [0, 40]
    assert found.documents[0].document.passages == ()


async def until_indexed(harness: Harness, keys: Sequence[str]) -> None:
    while any(harness.index.passages_of(key) is None for key in keys):
        await asyncio.sleep(0.001)


async def test_documents_are_indexed_in_the_background_and_forgotten(harness: Harness) -> None:
    harness.finder.index_soon(REPORT)
    harness.finder.index_soon(NOTES)
    await until_indexed(harness, ("t1", "t2"))
    await harness.finder.keep_only({"t2", "f2"})
    assert harness.index.passages_of("t1") is None
    assert harness.index.passages_of("t2") == 1


async def test_a_search_does_not_wait_for_the_background(harness: Harness) -> None:
    many = [
        DocumentPart(f"m{number}", "application/pdf", f"{number}.pdf", text_sha256="t1" if number else "t2")
        for number in range(20)
    ]
    for document in many:
        harness.finder.index_soon(document)
    found: FoundPassages = await harness.finder.find("milk", (NOTES,), 100)
    assert found.chosen == 1
    await until_indexed(harness, ("t1", "t2"))


async def test_the_index_is_built_again_after_it_was_damaged(harness: Harness, tmp_path: Path) -> None:
    await harness.sections("topic5", REPORT)
    harness.index.close()
    path = tmp_path / "index.sqlite"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * len(data[4096:])
    path.write_bytes(data)
    assert await harness.sections("topic5", REPORT) == [[4, 5, 6]]


async def test_the_program_can_be_closed_while_documents_are_indexed(harness: Harness) -> None:
    for _ in range(3):
        harness.finder.index_soon(REPORT)
    await asyncio.sleep(0)
    await harness.finder.close()


async def test_passages_beside_each_other_are_counted_one_by_one(harness: Harness) -> None:
    paragraphs = [f"Paragraph {number} about topic{number}. " + "It goes on. " * 60 for number in range(9)]
    TEXTS["t3"] = DocumentText((Section("\n\n".join(paragraphs)),))
    essay = DocumentPart("f3", "text/plain", "essay.txt", text_sha256="t3")
    found = await harness.finder.find("topic4", (essay,), 10_000)
    (document,) = (each.document for each in found.documents)
    assert len(document.passages) == found.chosen == 3
    assert document.passages[0].end == document.passages[1].start
