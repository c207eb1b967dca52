"""Laws of every application's wire format: however the bytes come, and wherever they end."""

from json import dumps

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.errors.base import ServerError
from chatdesk.providers.streaming.framing import Frame
from tests.unit.providers.applications.streams import WIRES, Wire, heard
from tests.unit.providers.cuts import cut, cut_points, single

pytestmark = pytest.mark.thorough

every_wire = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KNOWN = (
    ("event", ("message", "agent_message", "agent_thought", "message_file", "message_end", "message_replace", "error")),
    ("event", ("workflow_finished", "node_started", "reasoning_chunk", "human_input_required")),
    ("type", ("begin", "item", "end", "error")),
    ("choices", ([{"delta": {"content": "a"}}], [None], [{"message": {}}])),
)
hostile = st.one_of(
    json_values,
    *(
        st.dictionaries(
            st.sampled_from(
                ("answer", "data", "metadata", "content", "url", "tool", "id", "task_id", "success", "code")
            ),
            json_values,
            max_size=5,
        ).flatmap(lambda rest, key=key, kinds=kinds: st.sampled_from(kinds).map(lambda kind: {**rest, key: kind}))
        for key, kinds in KNOWN
    ),
)


@every_wire
def test_an_answer_says_what_it_says(wire: Wire) -> None:
    answer, decoder, error = heard(wire, [wire.body])
    assert (answer.text, answer.reasoning, answer.finish) == (wire.text, wire.reasoning, FinishReason.STOP)
    assert decoder.is_finished
    assert error is None


@every_wire
@given(points=cut_points)
@settings(max_examples=40)
def test_however_it_is_cut_it_says_the_same(wire: Wire, points: tuple[int, ...]) -> None:
    for pieces in (cut(wire.body, points), single(wire.body)):
        answer, decoder, error = heard(wire, pieces)
        assert (answer.text, answer.reasoning) == (wire.text, wire.reasoning)
        assert decoder.is_finished
        assert error is None


@pytest.mark.parametrize("wire", [wire for wire in WIRES if "whole" not in wire.name], ids=lambda wire: wire.name)
def test_wherever_it_ends_what_came_is_kept_and_nothing_is_made_up(wire: Wire) -> None:
    decoded_length = 0
    for end in range(len(wire.body)):
        answer, decoder, _ = heard(wire, [wire.body[:end]])
        assert wire.text.startswith(answer.text.rstrip("\ufffd")), end
        assert len(answer.text.rstrip("\ufffd")) >= decoded_length - 1
        decoded_length = max(decoded_length, len(answer.text))
        if decoder.is_finished and wire.name in {"dify", "n8n"}:
            assert answer.text == wire.text


@every_wire
@given(
    values=st.lists(hostile, max_size=6),
    name=st.sampled_from(("", "answer", "interactive", "toolCall", "flowResponses")),
)
@settings(max_examples=60)
def test_whatever_comes_does_no_harm(wire: Wire, values: list[object], name: str) -> None:
    decoder = wire.decoder()
    try:
        for value in values:
            for _ in decoder.decode(Frame(dumps(value), name)):
                pass
        for _ in decoder.flush():
            pass
    except ServerError:
        pass
