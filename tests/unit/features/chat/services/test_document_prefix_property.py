"""The request of a turn begins with the whole request of the turn before, in whatever form documents are sent.

A server then reads only what is new: its prompt cache has the rest.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.attachments.services.passages.passage_finder import FoundInDocument, FoundPassages
from chatdesk.features.attachments.services.request_pictures import documents_for
from chatdesk.features.chat.services.request.question_passages import carried_documents, with_passages
from chatdesk.features.chat.services.request.request_builder import build_request
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, Message, PassageRange, Role, SentAs
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.documents.document_text import DocumentText, Section

NOW = datetime(2026, 11, 29, tzinfo=UTC)
WORDS = ("herring", "bread", "boats", "rooms")
TEXT = DocumentText(tuple(Section(f"A page about {word}.") for word in WORDS), DocumentUnit.PAGE)
SUMMARY = DocumentText((Section("Herring, bread, boats and rooms."),))
NAMES = ("minutes.pdf", "report.pdf", "notes.pdf")
FORMS = (
    {"sent_as": SentAs.TEXT},
    {"sent_as": SentAs.TEXT, "selected": "2-3"},
    {"sent_as": SentAs.PASSAGES},
    {"sent_as": SentAs.PASSAGES, "passages": (PassageRange(2, 0, 9),), "passage_count": 4},
    {"sent_as": SentAs.SUMMARY, "summary_sha256": "f" * 64},
    {"sent_as": SentAs.PICTURES, "selected": "1"},
)
QUESTIONS = st.tuples(
    st.sampled_from(WORDS),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(FORMS), max_size=2),
    st.booleans(),
)


def document(name: str, form: dict) -> DocumentPart:
    return DocumentPart(name, "application/pdf", name, text_sha256=name, unit=DocumentUnit.PAGE, sections=4, **form)


async def find(question: str, documents: Sequence[DocumentPart], _max_tokens: int) -> FoundPassages:
    """Find the pages that have a word of the question."""
    pages = [at for at, word in enumerate(WORDS, 1) if word in question]
    passages = tuple(PassageRange(at, 0, len(TEXT.sections[at - 1].text)) for at in pages)
    found = tuple(FoundInDocument(replace(each, passages=passages), len(passages), 4) for each in documents)
    return FoundPassages(found, tuple(question.split()))


async def read_text(part: DocumentPart) -> DocumentText:
    return SUMMARY if part.sent_as is SentAs.SUMMARY else TEXT


async def requests(questions: list[tuple[str, dict, bool]], *, file_marks: bool) -> list[tuple[Turn, ...]]:
    """Return what is sent for each question of a chat, as the chat keeps it."""
    path: list[Message] = []
    sent: list[tuple[Turn, ...]] = []
    for word, forms, searches_again in questions:
        attached = tuple(document(name, form) for name, form in forms.items())
        carried = carried_documents(path, attached) if searches_again else ()
        question = Message.new("chat", path[-1].id if path else None, Role.USER, NOW, f"What about {word}?")
        question = question.with_parts((*carried, *attached, *question.parts))
        question, _ = await with_passages(question, path, find, read_text, 1_000)
        path.append(question)
        texts = await documents_for(path, path, read_text, file_marks=file_marks)
        sent.append(build_request("model", path, documents=texts).turns)
        path.append(Message.new("chat", path[-1].id, Role.ASSISTANT, NOW, f"All about {word}."))
    return sent


@pytest.mark.parametrize("file_marks", [False, True])
@given(st.lists(QUESTIONS, min_size=2, max_size=5))
def test_a_request_begins_with_the_one_before(file_marks: bool, questions: list[tuple[str, dict, bool]]) -> None:
    sent = asyncio.run(requests(questions, file_marks=file_marks))
    for before, after in pairwise(sent):
        assert after[: len(before)] == before
        assert len(after) > len(before)


def test_each_question_has_its_own_passages_under_the_same_number() -> None:
    passages = {"minutes.pdf": FORMS[2]}
    sent = asyncio.run(requests([("herring", passages, True), ("boats", {}, True)], file_marks=False))
    assert "A page about herring." in sent[0][-1].text
    assert "A page about boats." in sent[1][-1].text
    assert "A page about herring." not in sent[1][-1].text
    assert all('index="1" name="minutes.pdf"' in turns[-1].text for turns in sent)
