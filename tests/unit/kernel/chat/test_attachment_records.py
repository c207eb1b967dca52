"""The records of attachments."""

from dataclasses import replace

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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
FULL = DocumentPart(
    *("a" * 64, "application/pdf", "a.pdf", "", 9, "b" * 64, DocumentUnit.PAGE, 3, 50, "1-2", SentAs.PASSAGES),
    passages=(PassageRange(1, 0, 5),),
    passage_count=7,
    summary_sha256="c" * 64,
    encoding="gb18030",
    enclosed=2,
)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_passages_from_anywhere_are_ranges_or_left_out(passages: object) -> None:
    document = from_record({"kind": "document", "sha256": "a" * 64, "passages": passages})
    assert isinstance(document, DocumentPart)
    assert all(each.section > 0 and 0 <= each.start < each.end for each in document.passages)


def test_the_summary_of_a_document_is_kept_with_it() -> None:
    document = DocumentPart("a" * 64, "application/pdf", "a.pdf", text_sha256="b" * 64, summary_sha256="c" * 64)
    assert hashes_of([document]) == {"a" * 64, "b" * 64, "c" * 64}


@given(st.dictionaries(st.sampled_from(sorted(to_record(FULL))) | st.text(), JSON))
def test_a_record_of_another_version_becomes_a_document_that_is_stored_alike(record: dict[str, object]) -> None:
    document = from_record({**to_record(FULL), **record}, is_document=True)
    assert isinstance(document, DocumentPart)
    assert from_record(to_record(document)) == document


def test_what_another_version_knows_besides_does_no_harm() -> None:
    assert from_record({**to_record(FULL), "watermark": {"opacity": 0.5}}) == FULL
    unknown = from_record({**to_record(FULL), "sent_as": "film", "unit": "reel"})
    assert unknown == replace(FULL, sent_as=SentAs.TEXT, unit=DocumentUnit.NONE)
    earlier = {key: to_record(FULL)[key] for key in ("sha256", "media_type", "name", "size")}
    assert from_record(earlier, "words", is_document=True) == DocumentPart(
        "a" * 64, "application/pdf", "a.pdf", "words", 9
    )
