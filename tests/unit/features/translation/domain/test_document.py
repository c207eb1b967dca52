"""The text on the desk and its rows."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.translation.domain.document import Document, History, RowStatus, TranslationRow
from chatdesk.features.translation.domain.document_record import from_record, to_record
from chatdesk.features.translation.domain.segments import Segment, SegmentKind
from chatdesk.kernel.errors.base import ServerUnreachable, to_failure

TEXT = "# Title\n\nFirst.\n\n```\ncode\n```\n\nSecond.\n"


def translated(document: Document, *results: str) -> Document:
    rows = [row for row in document.rows if row.segment.translatable]
    return document.with_rows(
        replace(row, result=result, translated=row.segment.text) for row, result in zip(rows, results, strict=True)
    )


def standings(document: Document) -> list[RowStatus]:
    return [row.status for row in document.rows]


def test_the_result_has_the_layout_of_the_source() -> None:
    document = translated(Document.of(TEXT), "Titel", "Erstens.", "")
    assert document.result_text == "# Titel\n\nErstens.\n\n```\ncode\n```\n\nSecond.\n"
    assert document.source_text == TEXT
    assert document.progress == (2, 3)
    assert standings(document) == [RowStatus.DONE, RowStatus.DONE, RowStatus.VERBATIM, RowStatus.OPEN]


def test_a_changed_source_makes_its_row_stale_and_no_other() -> None:
    document = translated(Document.of(TEXT), "Titel", "Erstens.", "Zweitens.").edited(1, "The first.")
    assert standings(document) == [RowStatus.DONE, RowStatus.STALE, RowStatus.VERBATIM, RowStatus.DONE]
    assert [row.number for row in document.rows if row.waits] == [1]


def test_what_a_person_wrote_does_not_wait() -> None:
    row = Document.of("One.").rows[0].with_result("Eins.").with_source("One and two.")
    assert (row.status, row.own, row.waits) == (RowStatus.STALE, True, False)
    assert not row.with_result(" ").own


def test_paragraphs_written_into_a_row_become_rows() -> None:
    document = translated(Document.of("One.\n\nTwo.\n"), "Eins.", "Zwei.").edited(0, "One.\n\nMore.\n\nYet more.")
    assert document.source_text == "One.\n\nMore.\n\nYet more.\n\nTwo.\n"
    assert [row.result for row in document.rows] == ["Eins.", "", "", "Zwei."]
    assert len({row.number for row in document.rows}) == 4


def test_what_is_written_into_a_row_may_be_of_another_kind() -> None:
    document = Document.of("Words.\n\nMore.\n").edited(0, "# Title")
    assert document.rows[0].segment == Segment("Title", SegmentKind.HEADING, "# ", "\n\n")
    assert document.source_text == "# Title\n\nMore.\n"
    document = Document.of("```\ncode\n```\n").edited(0, "Words.")
    assert document.rows[0].status is RowStatus.OPEN


def test_a_row_that_is_emptied_goes_but_for_the_last_one() -> None:
    document = Document.of("One.\n\nTwo.\n\nThree.\n").edited(1, " ")
    assert document.source_text == "One.\n\nThree.\n"
    assert len(Document.of("One.").edited(0, "").rows) == 1


def test_swapping_turns_what_is_translated() -> None:
    document = translated(replace(Document.of(TEXT), target="de"), "Titel", "Erstens.", "").swapped("en")
    assert document.source_text == "# Titel\n\nErstens.\n\n```\ncode\n```\n\nSecond.\n"
    assert (document.source, document.target) == ("de", "en")
    assert [row.result for row in document.rows] == ["Title", "First.", "", ""]
    assert standings(document)[:2] == [RowStatus.DONE, RowStatus.DONE]


def test_what_was_done_can_be_undone_and_done_again() -> None:
    first, second = Document.of("One."), Document.of("Two.")
    document, history = History().remember(first).undo(second)
    assert document == first
    assert history.redo(document)[0] == second
    assert History().undo(first) == (first, History())


@given(st.text(max_size=60), st.text(max_size=10), st.booleans())
def test_a_document_is_the_same_after_a_restart(text: str, result: str, own: bool) -> None:
    failure = to_failure(ServerUnreachable("s", "a", "r"))
    document = replace(Document.of(text, "de", "en", "a.md"))
    rows = [replace(row, result=result, own=own, unfinished=not own, failure=failure) for row in document.rows[:1]]
    document = document.with_rows(rows)
    assert from_record(json.loads(json.dumps(to_record(document)))) == document


def test_a_record_that_makes_no_sense_is_an_empty_document() -> None:
    assert from_record({"rows": 3, "source": 1}) == Document()
    assert from_record({"rows": [None, {"text": 5, "kind": "x", "failure": {"data": [1]}}]}) == Document(
        (TranslationRow(1, Segment("")),)
    )
