"""Whatever is sent arrives as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.engine_facts import EngineFacts
from chatdesk.engine.messages import (
    Configuration,
    EngineProgress,
    Failed,
    Message,
    Ready,
    decode_configuration,
    decode_message,
    encode,
)

messages = st.one_of(
    st.from_type(EngineFacts),
    st.from_type(Failed),
    st.from_type(Ready),
    st.builds(EngineProgress, fraction=st.none() | st.floats(0, 1)),
)


@given(messages)
def test_a_message_arrives_as_it_was_sent_in_one_line(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode_message(line) == message


@given(st.from_type(Configuration))
def test_a_configuration_arrives_as_it_was_sent_in_one_line(configuration: Configuration) -> None:
    line = encode(configuration)
    assert line.count(b"\n") == 1
    assert decode_configuration(line) == configuration


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"llama.cpp says hello",
        b"[]",
        b"{}",
        b"1",
        b"\xff\xfe",
        b'{"type": "Ready"}',
        b'{"type": "EngineProgress", "stage": "unknown", "fraction": null}',
    ],
)
def test_anything_else_is_no_message(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any kind of it
        decode_message(line)


def test_the_key_is_not_shown() -> None:
    assert "canary" not in repr(Configuration("m", "m", "canary", 1, 1, 1, 1, 1))
