"""Whatever is sent arrives as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.engine.messages import (
    Configuration,
    EngineProgress,
    EngineStage,
    Failed,
    Message,
    Problem,
    Ready,
    decode_configuration,
    decode_message,
    encode,
)
from chatdesk.kernel.models.machine import Device, EngineFacts

devices = st.builds(Device, st.text(), st.text(), st.integers(), st.booleans())
messages = st.one_of(
    st.builds(EngineFacts, st.text(), st.text(), st.lists(devices).map(tuple)),
    st.builds(Failed, st.sampled_from(Problem), st.text()),
    st.builds(Ready, st.text()),
    st.builds(EngineProgress, st.sampled_from(EngineStage), fraction=st.none() | st.floats(0, 1)),
)


@given(messages)
def test_a_message_arrives_as_it_was_sent_in_one_line(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode_message(line) == message


configurations = st.builds(
    Configuration, st.text(), st.text(), st.text(), *[st.integers()] * 6, st.text(), st.booleans()
)


@given(configurations)
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
