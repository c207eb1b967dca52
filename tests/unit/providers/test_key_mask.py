"""The key of a server is in nothing that it answers, however it cuts it; everything else stays as it is."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import FinishReason, Source
from chatdesk.kernel.chat.stream_events import (
    Finished,
    FollowUps,
    ReasoningDelta,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ToolCallDelta,
)
from chatdesk.providers.key_mask import MIN_MASKED_LENGTH, AnswerMask, TextMask

KEY = "sksk-aab0123456789"
OTHER = "Basic-dXNlcjpzZWNyZXQ="
EVENTS = st.sampled_from([TextDelta, ReasoningDelta])


def masked(events: Sequence[StreamEvent], *keys: str) -> list[StreamEvent]:
    mask = AnswerMask(keys or (KEY, OTHER))
    return [*mask.masked(events), *mask.finish()]


def text_of(events: Sequence[StreamEvent], kind: type[TextDelta | ReasoningDelta]) -> str:
    return "".join(event.text for event in events if isinstance(event, kind))


@given(
    st.lists(st.sampled_from([KEY, OTHER, KEY[:-1], KEY[:4], "s", "sk", " word ", "B", "•"]), max_size=8).map("".join),
    st.lists(st.integers(0, 200)),
)
@example(KEY[:3] + KEY, [1, 2, 3, 4])
def test_however_a_text_is_cut_it_comes_out_as_it_is_masked_whole(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(cut for cut in cuts if cut <= len(text)), len(text)]
    mask = TextMask((OTHER, KEY))
    pieces = [mask.feed(text[begin:end]) for begin, end in itertools.pairwise(places)]
    assert "".join([*pieces, mask.finish()]) == text.replace(OTHER, "•••").replace(KEY, "•••")


@given(st.lists(st.tuples(EVENTS, st.sampled_from([KEY[:7], KEY[7:], "a", "s"])), max_size=12))
def test_text_and_reasoning_between_each_other_hide_no_key(pieces: list[tuple[type, str]]) -> None:
    events = [kind(text) for kind, text in pieces]
    for kind in (TextDelta, ReasoningDelta):
        assert text_of(masked(events), kind) == text_of(events, kind).replace(KEY, "•••")


def test_the_arguments_of_each_call_are_masked_on_their_own() -> None:
    call = ToolCallDelta(0, "", "", "")
    pieces = [(0, KEY[:5]), (1, KEY[:8]), (0, KEY[5:]), (1, KEY[8:] + "!"), (2, "sk")]
    out = masked([replace(call, index=index, arguments=text) for index, text in pieces])
    by_index = {number: "".join(e.arguments for e in out if e.index == number) for number in range(3)}  # type: ignore[union-attr]
    assert by_index == {0: "•••", 1: "•••!", 2: "sk"}
    assert masked([replace(call, call_id=KEY, name=f"f{KEY}")]) == [replace(call, call_id="•••", name="f•••")]


def test_proposals_and_sources_are_masked() -> None:
    source = Source(1, KEY, f"a {KEY}", KEY, f"https://e.example/?k={KEY}")
    assert masked([FollowUps((f"Why {KEY}?",)), SourcesFound((source,))]) == [
        FollowUps(("Why •••?",)),
        SourcesFound((Source(1, "•••", "a •••", "•••", "https://e.example/?k=•••"),)),
    ]


def test_what_is_held_back_comes_before_what_moves_it_and_goes_with_what_replaces_it() -> None:
    assert masked([TextDelta("thought sk"), TextWasReasoning(), TextDelta("x")]) == [
        *(TextDelta("thought "), TextDelta("sk"), TextWasReasoning(), TextDelta("x")),
    ]
    assert masked([TextDelta("old sk"), TextRetracted(), TextDelta("new")]) == [
        *(TextDelta("old "), TextRetracted(), TextDelta("new")),
    ]
    assert masked([TextDelta("ends with s"), Finished(FinishReason.STOP)]) == [
        *(TextDelta("ends with "), Finished(FinishReason.STOP), TextDelta("s")),
    ]


@pytest.mark.parametrize("key", ["", "ollama", "not-needed", "x" * (MIN_MASKED_LENGTH - 1)])
def test_a_word_that_is_no_real_key_is_not_masked(key: str) -> None:
    events = [TextDelta(f"Use {key} as the key.")]
    assert masked(events, key) == events
