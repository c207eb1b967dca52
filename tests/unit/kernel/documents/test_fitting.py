"""How documents fit into the context of a model, and which of them the user has to decide about."""

from dataclasses import replace

import pytest

from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, SentAs
from chatdesk.kernel.context.context_plan import OverflowPolicy, count_context
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.documents.document_text import numbers_in
from chatdesk.kernel.documents.fitting import (
    DocumentFit,
    FitLevel,
    as_passages,
    as_pictures,
    as_whole,
    fit_documents,
    is_decided,
    passage_tokens,
)
from tests.unit.kernel.context.test_context import chat

SIZE = 10_000
FIXED = ContextBudget(SIZE)


def document(name: str, tokens: int, selected: str = "") -> DocumentPart:
    return DocumentPart(
        name.ljust(64, "0"),
        "application/pdf",
        name,
        unit=DocumentUnit.PAGE,
        sections=9,
        tokens=tokens,
        selected=selected,
    )


def fit(*documents: DocumentPart, history: int = 0, budget: ContextBudget = FIXED) -> DocumentFit:
    path = chat(history) if history else []
    counted = count_context(path, "", "And?", documents)
    return fit_documents(counted.plan(budget.tokens, OverflowPolicy()), budget, documents)


@pytest.mark.parametrize(
    ("tokens", "level"),
    [
        (100, FitLevel.FITS),
        (4_300, FitLevel.FITS),
        (4_600, FitLevel.FILLS),
        (7_900, FitLevel.FILLS),
        (8_200, FitLevel.TOO_LONG),
        (63_000, FitLevel.TOO_LONG),
    ],
)
def test_a_document_is_sent_whole_up_to_half_of_the_free_context(tokens: int, level: FitLevel) -> None:
    found = fit(document("report", tokens))
    assert found.level is level
    assert [each.name for each in found.documents] == ([] if level is FitLevel.FITS else ["report"])


def test_earlier_messages_leave_less_room() -> None:
    assert fit(document("report", 4_000)).level is FitLevel.FITS
    assert fit(document("report", 4_000), history=3_000).level is FitLevel.FILLS


def test_a_small_document_is_not_what_fills_a_long_chat() -> None:
    assert fit(document("note", 500), history=9_000).level is FitLevel.FITS


def test_what_the_user_has_said_is_not_asked_again() -> None:
    assert fit(as_whole(document("report", 6_000))).level is FitLevel.FITS
    assert fit(document("report", 6_000, selected="1-4")).level is FitLevel.FITS


def test_pages_that_are_sent_as_pictures_take_what_the_model_needs_for_pictures() -> None:
    scan = as_pictures(document("scan", 0))
    assert scan.selected == "1-8"
    few = replace(scan, selected="1")
    assert fit(few).level is FitLevel.FITS
    found = fit(scan, few, document("note", 100))
    assert (found.level, found.documents) == (FitLevel.TOO_LONG, (scan,))
    assert found.tokens > 8_000


def test_pages_that_were_chosen_and_are_too_many_are_reported() -> None:
    found = fit(document("report", 9_500, selected="1-8"))
    assert (found.level, len(found.documents)) == (FitLevel.TOO_LONG, 1)


def test_only_the_longest_documents_have_to_be_decided_about() -> None:
    found = fit(document("short", 900), document("book", 50_000), document("note", 300))
    assert [each.name for each in found.documents] == ["book"]
    assert found.tokens == pytest.approx(50_000, rel=0.01)
    assert 6_500 < found.free < 0.9 * SIZE  # a tenth is left for the chat


def test_a_document_of_which_parts_were_chosen_is_reported_if_the_others_are_not_what_is_too_long() -> None:
    found = fit(document("budget", 90_000, selected="1-3"), document("note", 30))
    assert [each.name for each in found.documents] == ["budget"]


def test_what_is_too_long_needs_more_than_there_is_room_for() -> None:
    for tokens in range(7_000, 10_000, 250):
        found = fit(document("report", tokens), document("note", 900))
        assert found.level is not FitLevel.TOO_LONG or found.tokens > found.free


def test_several_long_documents_are_decided_about_together() -> None:
    found = fit(document("book", 30_000), document("atlas", 40_000), document("note", 300))
    assert [each.name for each in found.documents] == ["atlas", "book"]


def test_a_context_that_grows_is_the_largest_one() -> None:
    grows = ContextBudget(4_096, 4_096, (8_192, 32_768), grows=True)
    assert fit(document("report", 9_000), budget=grows).level is FitLevel.FITS
    chosen = ContextBudget(4_096, 4_096, (8_192, 32_768))
    assert fit(document("report", 9_000), budget=chosen).level is FitLevel.TOO_LONG


def test_nothing_is_said_where_the_context_is_unknown() -> None:
    assert fit(document("report", 10**6), budget=ContextBudget()).level is FitLevel.FITS


def test_the_whole_text_has_all_sections() -> None:
    whole = as_whole(document("report", 100))
    assert is_decided(whole)
    assert numbers_in(whole.selected, 9) == tuple(range(1, 10))
    without_sections = as_whole(DocumentPart("a" * 64, "text/plain", "notes.txt", tokens=100))
    assert numbers_in(without_sections.selected, 1) == (1,)


def test_passages_take_a_part_of_the_context_and_what_is_left_of_it() -> None:
    assert passage_tokens(SIZE) == 3_000
    assert passage_tokens(SIZE, others=7_000) == SIZE - 7_000 - 1_024
    assert passage_tokens(SIZE, others=SIZE) > 0
    chosen = as_passages(document("report", 60_000), 3_000)
    assert (chosen.sent_as, chosen.tokens) == (SentAs.PASSAGES, 3_000)
    assert fit(chosen).level is FitLevel.FITS
