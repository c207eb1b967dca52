"""The text of a document: stored and read again, and the sections that are selected of it."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import (
    DocumentText,
    Section,
    from_bytes,
    numbers_in,
    selection_of,
    to_bytes,
)

texts = st.text(st.characters(exclude_categories=("Cs",)))
documents = st.builds(
    DocumentText, st.lists(st.builds(Section, texts, texts), max_size=5).map(tuple), st.sampled_from(DocumentUnit)
)


@given(documents)
def test_what_is_stored_is_read_again(text: DocumentText) -> None:
    assert from_bytes(to_bytes(text)) == text


@given(st.binary(max_size=200))
def test_anything_else_is_no_text(data: bytes) -> None:
    assert from_bytes(data) is None


def test_the_text_of_a_newer_version_is_not_guessed_at() -> None:
    assert from_bytes(to_bytes(DocumentText(())).replace(b'"version":1', b'"version":2')) is None


@given(st.sets(st.integers(1, 300), min_size=1))
def test_a_selection_is_written_in_ranges_and_read_again(numbers: set[int]) -> None:
    assert numbers_in(selection_of([*numbers]), 300) == tuple(sorted(numbers))


def test_ranges_are_short() -> None:
    assert selection_of([7, 1, 2, 3, 4, 9, 10]) == "1-4,7,9-10"


@given(st.text(), st.integers(0, 50))
def test_no_selection_names_a_section_that_is_not_there(selected: str, count: int) -> None:
    assert set(numbers_in(selected, count)) <= set(range(1, count + 1))


def test_an_unusable_selection_is_the_whole_document() -> None:
    for selected in ("", "x", "0", "9", "3-2", "9" * 5_000):
        assert numbers_in(selected, 3) == (1, 2, 3), selected
