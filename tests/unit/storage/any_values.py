"""Any text and any part of a message, to draw examples from. What is always the same, and needs no Hypothesis, is in `samples.py`."""

from hypothesis import strategies as st

from chatdesk.kernel.chat.message import (
    DocumentPart,
    DocumentUnit,
    ImagePart,
    Part,
    PassageRange,
    ReasoningPart,
    SentAs,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    bounded,
)
from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE


def any_text() -> st.SearchStrategy[str]:
    """Everything a server could send: NUL, emoji, halves of surrogate pairs."""
    strange = st.sampled_from(["\0", "🦉", "机", "\ud83e", "\udd89", "\u2028"])
    return st.lists(st.characters(exclude_categories=()) | strange, max_size=40).map("".join)


def any_part() -> st.SearchStrategy[Part]:
    text = any_text()
    return st.one_of(
        st.builds(TextPart, text, st.booleans(), st.booleans()),
        st.builds(ReasoningPart, text, st.integers(0, MAX_PLAUSIBLE), st.booleans()),
        st.builds(ImagePart, text, text, text, *[st.integers(0, MAX_PLAUSIBLE)] * 3),
        st.builds(
            DocumentPart,
            *[text] * 4,
            st.integers(0, MAX_PLAUSIBLE),
            text,
            st.sampled_from(DocumentUnit),
            *[st.integers(0, MAX_PLAUSIBLE)] * 2,
            text,
            st.sampled_from(SentAs),
            st.lists(any_passage(), max_size=3).map(tuple),
            st.integers(0, MAX_PLAUSIBLE),
            text,
            text,
            st.integers(0, MAX_PLAUSIBLE),
        ),
        st.builds(ToolCallPart, text, text, text),
        st.builds(ToolResultPart, text, text),
        st.builds(SourcesPart, any_sources()),
    )


def any_passage() -> st.SearchStrategy[PassageRange]:
    where = st.tuples(st.integers(1, MAX_PLAUSIBLE), st.integers(0, MAX_PLAUSIBLE), st.integers(1, MAX_PLAUSIBLE))
    return where.map(lambda each: PassageRange(each[0], each[1], each[1] + each[2]))


def any_sources() -> st.SearchStrategy[tuple[Source, ...]]:
    """As they come out of an answer: at least one, and none that is empty."""
    text = any_text()
    score = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    source = st.builds(Source, st.integers(0, MAX_PLAUSIBLE), text, text, text, text, score)
    return st.lists(source, min_size=1, max_size=3).map(bounded).filter(bool)
