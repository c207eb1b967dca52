"""What is asked after a server refused an effort: in the words of servers, seen or documented."""

import pytest

from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.providers.thinking_refusals import KnownThinking, instead_of

T = Thinking


@pytest.mark.parametrize(
    ("asked", "refusal", "instead"),
    [
        (T.MAX, 'invalid think value: "max" (must be "high", "medium", "low", true, or false)', T.HIGH),
        (T.XHIGH, 'invalid think value: "xhigh" (must be "high", "medium", "low", "max", true, or false)', T.HIGH),
        (T.LOW, "json: cannot unmarshal string into Go struct field ChatRequest.think of type bool", T.ON),
        (T.ON, '"smollm2" does not support thinking', T.AUTO),
        (T.HIGH, '"smollm2" does not support thinking', T.AUTO),
        (
            T.OFF,
            "'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', and 'high'.",
            T.LOW,
        ),
        (
            T.MAX,
            "'reasoning_effort' does not support 'max' with this model. Supported values are: 'minimal', 'low', and 'high'.",
            T.HIGH,
        ),
        (T.LOW, "Unrecognized request argument supplied: reasoning_effort", T.AUTO),
        (T.HIGH, "reasoning_effort: Extra inputs are not permitted", T.AUTO),
        (T.LOW, "`reasoning_effort` must be one of `none` or `default`", T.ON),
        (T.OFF, "Reasoning is mandatory for this endpoint and cannot be disabled.", T.AUTO),
        (T.ON, "parameter.enable_thinking must be set to false for non-streaming calls", T.AUTO),
        (T.MAX, "bad reasoning effort", T.HIGH),
    ],
)
def test_what_comes_closest_is_asked_instead(asked: T, refusal: str, instead: T):
    assert instead_of(asked, refusal) is instead


@pytest.mark.parametrize("asked", [choice for choice in Thinking if choice is not T.AUTO])
@pytest.mark.parametrize(
    "refusal",
    ["bad reasoning effort", "invalid think value (must be 'low', 'high')", "think must be 'none', 'default' or 'max'"],
)
def test_a_server_that_goes_on_refusing_is_soon_asked_without_a_word_of_thinking(asked: T, refusal: str):
    known = KnownThinking()
    asking = ChatRequest("m", (), asked)
    for _ in range(2):
        if asking.thinking is not T.AUTO:
            asking = known.learned(asked, asking, refusal)
            assert asking is not None
    assert asking.thinking is T.AUTO
    assert known.learned(asked, asking, refusal) is None
    assert known.with_thinking_resolved(ChatRequest("m", (), asked)).thinking is T.AUTO


@pytest.mark.parametrize(
    "refusal",
    [
        "temperature must be between 0 and 2",
        "property 'reasoning_content' is unsupported",
        "The reasoning_content in the thinking mode must be passed back to the API.",
        "",
    ],
)
def test_a_refusal_of_something_else_is_left_alone(refusal: str):
    assert instead_of(T.HIGH, refusal) is None


def test_what_nobody_asked_for_is_not_taken_back():
    assert instead_of(T.AUTO, "invalid think value") is None


def test_what_was_learned_of_a_model_is_not_asked_again_and_is_that_model_s_alone():
    known = KnownThinking()
    request = ChatRequest("a", (), T.MAX)
    assert known.with_thinking_resolved(request) is not None
    better = known.learned(T.MAX, request, 'invalid think value: "max" (must be "high", "medium", "low")')
    assert better is not None
    assert better.thinking is T.HIGH
    assert known.with_thinking_resolved(request).thinking is T.HIGH
    assert known.with_thinking_resolved(ChatRequest("b", (), T.MAX)).thinking is T.MAX
    assert known.with_thinking_resolved(ChatRequest("a", (), T.LOW)).thinking is T.LOW
