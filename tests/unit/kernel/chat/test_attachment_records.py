"""The records of attachments."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.attachments import from_record, hashes_of, to_record
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange, SentAs

RANGES = st.builds(
    lambda section, start, length: PassageRange(section, start, start + length),
    st.integers(1, 10_000),
    st.integers(0, 1_000_000),
    st.integers(1, 5_000),
)
DOCUMENTS = st.builds(
    DocumentPart,
    st.just("a" * 64),
    st.just("application/pdf"),
    st.text(),
    size=st.integers(0, 10**9),
    text_sha256=st.just("b" * 64),
    unit=st.sampled_from(DocumentUnit),
    sections=st.integers(0, 1_000),
    tokens=st.integers(0, 10**6),
    selected=st.sampled_from(("", "1-4,7")),
    sent_as=st.sampled_from(SentAs),
    passages=st.lists(RANGES, max_size=5).map(tuple),
    passage_count=st.integers(0, 1_000),
    summary_sha256=st.sampled_from(("", "c" * 64)),
)


@given(DOCUMENTS)
def test_a_document_is_the_same_after_storing_it(document: DocumentPart) -> None:
    assert from_record(to_record(document)) == document


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_passages_from_anywhere_are_ranges_or_left_out(passages: object) -> None:
    document = from_record({"kind": "document", "sha256": "a" * 64, "passages": passages})
    assert isinstance(document, DocumentPart)
    assert all(each.section > 0 and 0 <= each.start < each.end for each in document.passages)


def test_the_summary_of_a_document_is_kept_with_it() -> None:
    document = DocumentPart("a" * 64, "application/pdf", "a.pdf", text_sha256="b" * 64, summary_sha256="c" * 64)
    assert hashes_of([document]) == {"a" * 64, "b" * 64, "c" * 64}
