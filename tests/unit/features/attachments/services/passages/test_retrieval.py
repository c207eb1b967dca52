"""How well passages are found by words: every question in the words of its passage, in English and Chinese.

Questions in other words need a model that knows meanings (`test_meaning.py`): words alone find only a few of them.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.passages.passage_finder import PassageFinder
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.finding.question_words import words_of
from chatdesk.storage.passages.passage_index import PassageIndex
from tests.unit.features.attachments.services.passages.facts import CHINESE, ENGLISH

FACTS = (*ENGLISH, *CHINESE)
TEXT = DocumentText(tuple(Section(fact.text) for fact in FACTS), DocumentUnit.PAGE)
DOCUMENT = DocumentPart("f", "application/pdf", "facts.pdf", text_sha256="t", unit=DocumentUnit.PAGE, sections=30)


async def read(_document: DocumentPart) -> DocumentText:
    return TEXT


@pytest.fixture
async def index(tmp_path: Path) -> AsyncIterator[PassageIndex]:
    index = PassageIndex(tmp_path / "index.sqlite")
    index.add("t", TEXT)
    yield index
    index.close()


def first_hits(index: PassageIndex, questions: list[str]) -> int:
    hits = [index.search(words_of(question), ("t",), 1) for question in questions]
    return sum(bool(found) and found[0].passage.where.section == number for number, found in enumerate(hits, 1))


async def test_every_question_in_the_words_of_a_passage_finds_it_first(index: PassageIndex) -> None:
    assert first_hits(index, [fact.keywords for fact in FACTS]) == 30


async def test_few_questions_in_other_words_do(index: PassageIndex) -> None:
    """If this is no longer so, the questions are too easy to compare searches with."""
    assert first_hits(index, [fact.paraphrase for fact in FACTS]) <= 10


async def test_what_a_question_needs_goes_along_with_it(index: PassageIndex) -> None:
    finder = PassageFinder(index, read)
    for number, fact in enumerate(FACTS, 1):
        found = await finder.find(fact.keywords, (DOCUMENT,), 2_000)
        assert number in {each.section for each in found.documents[0].document.passages}
    await finder.close()
