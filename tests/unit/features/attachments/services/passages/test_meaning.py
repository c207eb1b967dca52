"""Passages that are found by their meaning, with a model that knows which words mean the same."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.passages.meaning import IndexingProgress
from chatdesk.features.attachments.services.passages.passage_finder import FoundPassages, PassageFinder
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.documents.embedding import Vector
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.storage.passages.passage_index import PassageIndex

TOPICS = (
    ("holiday", "leave", "vacation", "休"),
    ("refund", "money back", "reimburse"),
    ("car", "vehicle", "parking"),
    ("canteen", "meal", "lunch"),
    ("harbour", "ships", "port"),
    ("invoice", "bill", "ab-4711"),
)
PAGES = (
    "Everyone has 28 days of annual leave.",
    "We reimburse customers within two weeks.",
    "Vehicle spaces are behind the house.",
    "Each meal costs four euros.",
    "The ships come in at night.",
    "Invoice AB-4711 was paid in May.",
)
HANDBOOK = DocumentPart("f1", "application/pdf", "handbook.pdf", text_sha256="t1", unit=DocumentUnit.PAGE, sections=6)
LONG = DocumentPart("f2", "application/pdf", "long.pdf", text_sha256="t2", unit=DocumentUnit.PAGE, sections=100)
TEXTS = {
    "t1": DocumentText(tuple(map(Section, PAGES)), DocumentUnit.PAGE),
    "t2": DocumentText(tuple(Section(f"Page {number} is about ships.") for number in range(100)), DocumentUnit.PAGE),
}


class KnowingEmbedder:
    """Makes a vector with a dimension for each topic. `gate` can hold it up; `failing` makes it fail."""

    key = "model@1"

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.failing = False
        self.hold_after = 1_000
        """Number of passages after which the gate closes."""
        self.passages: list[str] = []
        self.questions: list[str] = []

    async def of_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        await self.gate.wait()
        if self.failing:
            raise ServerUnreachable("Ollama", "http://127.0.0.1:11434")
        self.passages += texts
        if len(self.passages) >= self.hold_after:
            self.gate.clear()
        return [self._vector(text) for text in texts]

    async def of_question(self, text: str) -> Vector:
        if self.failing:
            raise ServerUnreachable("Ollama", "http://127.0.0.1:11434")
        self.questions.append(text)
        return self._vector(text)

    def _vector(self, text: str) -> Vector:
        return [0.01, *(float(any(word in text.lower() for word in topic)) for topic in TOPICS)]


class Harness:
    def __init__(self, folder: Path) -> None:
        self.embedder: KnowingEmbedder | None = KnowingEmbedder()
        self.index = PassageIndex(folder / "index.sqlite")
        self.finder = PassageFinder(self.index, self.text_of, lambda: self.embedder)
        self.progress: list[IndexingProgress] = []
        self.finder.meaning.changes.subscribe(self.progress.append)

    async def text_of(self, document: DocumentPart) -> DocumentText | None:
        return TEXTS.get(document.text_sha256)

    async def find(self, question: str, *documents: DocumentPart, max_tokens: int = 25) -> FoundPassages:
        return await self.finder.find(question, documents or (HANDBOOK,), max_tokens)

    async def until_idle(self) -> None:
        while self.finder.meaning.progress.is_running or not self.progress:
            await asyncio.sleep(0.001)

    async def prepare(self, *documents: DocumentPart) -> None:
        await self.find("first", *documents)
        await self.until_idle()


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    await harness.finder.close()


def pages(found: FoundPassages) -> list[int]:
    return [each.section for each in found.documents[0].document.passages]


async def test_a_question_in_other_words_than_the_document_finds_the_passage(harness: Harness) -> None:
    await harness.prepare()
    for question, page in (("How long is my vacation?", 1), ("When do I get my money back?", 2), ("Is lunch free?", 4)):
        found = await harness.find(question, max_tokens=18)
        assert found.by_meaning
        assert pages(found) == [page]


async def test_until_all_vectors_are_made_words_are_searched_for(harness: Harness) -> None:
    assert harness.embedder
    harness.embedder.gate.clear()
    found = await harness.find("annual leave", max_tokens=18)
    assert (found.by_meaning, pages(found)) == (False, [1])
    harness.embedder.gate.set()
    await harness.until_idle()
    assert (await harness.find("vacation", max_tokens=18)).by_meaning


async def test_vectors_are_made_once_with_the_progress_of_all_documents(harness: Harness) -> None:
    assert harness.embedder
    await harness.prepare(HANDBOOK, LONG)
    assert harness.progress[0] == IndexingProgress(0, 106)
    assert harness.progress[1] == IndexingProgress(1, 106)
    counts = [each.done for each in harness.progress[:-1]]
    assert counts == sorted(set(counts))
    assert harness.progress[-1] == IndexingProgress()
    assert sorted(harness.embedder.passages) == sorted(
        section.text for text in TEXTS.values() for section in text.sections
    )
    await harness.find("vacation", HANDBOOK, LONG)
    assert len(harness.embedder.passages) == 106


async def test_a_cancelled_work_leaves_the_search_by_words_and_goes_on_in_another_run(
    harness: Harness, tmp_path: Path
) -> None:
    assert harness.embedder
    embedder = harness.embedder
    embedder.hold_after = 24
    await harness.find("ships", LONG)
    while embedder.gate.is_set():
        await asyncio.sleep(0.001)
    harness.finder.meaning.cancel()
    assert not harness.finder.meaning.progress.is_running
    assert not (await harness.find("ships", LONG)).by_meaning
    assert not harness.finder.meaning.progress.is_running
    await harness.finder.close()
    assert 24 <= len(embedder.passages) < 100
    embedder.hold_after = 1_000
    embedder.gate.set()

    again = Harness(tmp_path)
    again.embedder = embedder
    await again.prepare(LONG)
    assert (await again.find("port", LONG)).by_meaning
    assert len(embedder.passages) <= 132  # a batch may be made twice
    assert len(set(embedder.passages)) == 100
    await again.finder.close()


async def test_a_model_that_fails_leaves_the_search_by_words(harness: Harness) -> None:
    assert harness.embedder
    await harness.prepare()
    harness.embedder.failing = True
    for _ in range(2):
        found = await harness.find("annual leave", max_tokens=18)
        assert (found.by_meaning, pages(found)) == (False, [1])


async def test_a_model_that_fails_while_vectors_are_made_is_not_asked_again_at_once(harness: Harness) -> None:
    assert harness.embedder
    harness.embedder.failing = True
    await harness.prepare()
    harness.embedder.failing = False
    assert not (await harness.find("vacation")).by_meaning
    assert harness.embedder.passages == []


async def test_a_question_that_is_searched_for_again_when_it_is_sent_has_its_vector_already(harness: Harness) -> None:
    assert harness.embedder
    await harness.prepare()
    for question in ("vacation", "vacation", "lunch"):
        await harness.find(question)
    assert harness.embedder.questions == ["vacation", "lunch"]


async def test_vectors_can_be_made_before_there_is_a_question(harness: Harness) -> None:
    await harness.finder.prepare((HANDBOOK,))
    await harness.until_idle()
    assert (await harness.find("vacation")).by_meaning


async def test_a_question_without_any_word_that_says_something_has_no_meaning(harness: Harness) -> None:
    await harness.prepare()
    for question in ("Thanks!", "And then?", "谢谢你！"):
        found = await harness.find(question)
        assert (found.by_meaning, pages(found)) == (False, [])


async def test_without_a_model_only_words_are_searched_for(harness: Harness) -> None:
    harness.embedder = None
    found = await harness.find("vacation")
    assert (found.by_meaning, pages(found)) == (False, [])
    assert harness.progress == []


async def test_a_number_of_the_question_is_found_although_another_passage_means_the_same(harness: Harness) -> None:
    await harness.prepare()
    found = await harness.find("Was the bill AB-4711 for a vehicle?", max_tokens=40)
    assert 6 in pages(found)
    assert 3 in pages(found)


async def test_words_that_are_there_by_chance_do_not_displace_what_was_meant(harness: Harness) -> None:
    await harness.prepare()
    found = await harness.find("How many weeks of vacation are there?", max_tokens=18)
    assert pages(found) == [1]
