"""Whether what an answer cites was sent to the model before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatdesk.features.chat.services.citations import CitedDocuments, cited_documents
from chatdesk.kernel.chat.message import (
    DocumentPart,
    DocumentUnit,
    Message,
    Part,
    PassageRange,
    Role,
    SentAs,
    Source,
    SourcesPart,
    TextPart,
)
from chatdesk.kernel.documents.citations import Lack

REPORT = DocumentPart("a" * 64, "application/pdf", "report.pdf", unit=DocumentUnit.PAGE, sections=80)
NOTES = DocumentPart("b" * 64, "text/markdown", "notes.md")


def asked(*documents: DocumentPart) -> Message:
    return Message.new("chat", None, Role.USER, datetime.now(UTC), "Why?").with_parts(documents)


def lacks(cited: CitedDocuments, inside: str) -> Sequence[Lack | None]:
    return [target.lack for target in cited.targets(inside)]


@pytest.mark.parametrize(
    ("sent", "inside", "lack"),
    [
        (REPORT, "1", None),
        (REPORT, "1, p. 80", None),
        (REPORT, "1, p. 81", Lack.NO_SECTION),
        (REPORT, "1, pp. 79-81", Lack.NO_SECTION),
        (REPORT, "2", Lack.NO_DOCUMENT),
        (replace(REPORT, selected="1-4"), "1, p. 4", None),
        (replace(REPORT, selected="1-4"), "1, p. 5", Lack.NOT_SENT),
        (replace(REPORT, selected="1-4"), "1, pp. 4-5", None),
        (replace(REPORT, sent_as=SentAs.PICTURES, selected="2"), "1, p. 3", Lack.NOT_SENT),
        (replace(REPORT, sent_as=SentAs.SUMMARY), "1, p. 3", None),
        (replace(REPORT, sent_as=SentAs.PASSAGES), "1", Lack.NOT_SENT),
        (replace(REPORT, sent_as=SentAs.PASSAGES, passages=(PassageRange(3, 0, 9),)), "1, p. 3", None),
        (replace(REPORT, sent_as=SentAs.PASSAGES, passages=(PassageRange(3, 0, 9),)), "1, p. 4", Lack.NOT_SENT),
        (NOTES, "1", None),
        (NOTES, "1, p. 1", None),
        (NOTES, "1, p. 2", Lack.NO_SECTION),
        (NOTES, "1, lines 3-5", None),
    ],
)
def test_a_citation_leads_only_to_what_was_sent(sent: DocumentPart, inside: str, lack: Lack | None) -> None:
    assert lacks(CitedDocuments([asked(sent)]), inside) == [lack]


def test_what_any_question_so_far_has_sent_counts() -> None:
    first = replace(REPORT, sent_as=SentAs.PASSAGES, passages=(PassageRange(3, 0, 9),))
    second = replace(first, passages=(PassageRange(7, 0, 9),))
    cited = CitedDocuments([asked(first), asked(NOTES), asked(second)])
    (target,) = cited.targets("1, pp. 3-7")
    assert target.sections == (3, 7)
    assert target.document == second
    assert [target.document and target.document.name for target in cited.targets("1; 2")] == ["report.pdf", "notes.md"]


def test_a_page_alone_is_one_of_the_only_document() -> None:
    (target,) = CitedDocuments([asked(REPORT)]).targets("page 3")
    assert (target.citation.document, target.lack) == (1, None)
    assert CitedDocuments([asked(REPORT, NOTES)]).targets("page 3") == ()


def test_a_document_is_cited_by_its_name() -> None:
    (target,) = CitedDocuments([asked(NOTES, REPORT)]).targets("Report.pdf, p. 3")
    assert target.document == REPORT


@pytest.mark.parametrize(
    ("inside", "targets"),
    [("1, 12", [(1, 0), (1, 12)]), ("1, 12, 13", [(1, 0), (1, 12), (1, 13)]), ("1, 2", [(1, 0), (2, 0)])],
)
def test_a_number_that_no_document_has_is_a_page(inside: str, targets: list[tuple[int, int]]) -> None:
    found = [target.citation for target in CitedDocuments([asked(REPORT, NOTES)]).targets(inside)]
    assert [(citation.document, citation.first) for citation in found] == targets


def test_the_ending_of_a_name_can_be_left_out() -> None:
    (target,) = CitedDocuments([asked(NOTES, REPORT)]).targets("Report, p. 3")
    assert target.document == REPORT


def answered(text: str, *parts: Part) -> Message:
    return Message.new("chat", None, Role.ASSISTANT, datetime.now(UTC)).with_parts((TextPart(text), *parts))


def test_the_documents_that_a_chat_cites_are_named_by_their_numbers() -> None:
    path = [asked(NOTES, REPORT), answered("It rose [2, p. 3] and fell [7]."), asked(), answered("See [1].")]
    assert dict(cited_documents(path)) == {1: NOTES, 2: REPORT}
    assert dict(cited_documents(path, {path[1].id})) == {2: REPORT}


@pytest.mark.parametrize("text", ["`[1]`", "[1](https://example.org)", "```\n[1]\n```", "values[2]"])
def test_what_is_no_citation_cites_nothing(text: str) -> None:
    assert dict(cited_documents([asked(NOTES), answered(text)])) == {}


def test_numbers_of_an_answer_with_sources_are_those_of_its_sources() -> None:
    assert dict(cited_documents([asked(NOTES), answered("See [1].", SourcesPart((Source(1, "Page"),)))])) == {}
