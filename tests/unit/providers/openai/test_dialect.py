import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.providers.catalogue.vendors import Quirk
from chatdesk.providers.openai.dialect import chat_body, corrected

TURNS = (
    Turn(Role.SYSTEM, "Be brief."),
    Turn(Role.USER, "Hi"),
    Turn(Role.ASSISTANT, "Hello", "they greet"),
    Turn(Role.USER, "Bye"),
)


def body(
    *quirks: Quirk, thinking: Thinking = Thinking.AUTO, can_think: bool | None = None, turns: tuple[Turn, ...] = TURNS
) -> dict:
    return chat_body(ChatRequest("m", turns, thinking, can_think=can_think), frozenset(quirks))


def test_what_nobody_set_is_not_sent():
    assert body() == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
            {"role": "user", "content": "Bye"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_what_a_person_set_is_sent_also_where_it_is_zero():
    request = ChatRequest("m", TURNS, parameters=Parameters(0.0, 0.95, 100, 7))
    sent = chat_body(request, frozenset())
    assert {name: sent[name] for name in ("temperature", "top_p", "max_tokens", "seed")} == {
        "temperature": 0.0,
        "top_p": 0.95,
        "max_tokens": 100,
        "seed": 7,
    }
    limited = chat_body(request, frozenset({Quirk.MAX_COMPLETION_TOKENS}))
    assert limited["max_completion_tokens"] == 100
    assert "max_tokens" not in limited


EXTRA = Parameters(top_k=40, min_p=0.05, repeat_penalty=1.1, num_ctx=8192, keep_alive="10m")


@pytest.mark.parametrize(
    ("quirks", "sent"),
    [
        ((), {}),
        ((Quirk.TOP_K, Quirk.MIN_P, Quirk.REPEAT_PENALTY), {"top_k": 40, "min_p": 0.05, "repeat_penalty": 1.1}),
        ((Quirk.TOP_K, Quirk.REPETITION_PENALTY), {"top_k": 40, "repetition_penalty": 1.1}),
    ],
)
def test_what_is_no_part_of_the_protocol_is_sent_only_where_it_is_known(quirks: tuple[Quirk, ...], sent: dict):
    usual = {"model", "messages", "stream", "stream_options"}
    asked = chat_body(ChatRequest("m", TURNS, parameters=EXTRA), frozenset(quirks))
    assert {name: value for name, value in asked.items() if name not in usual} == sent


@pytest.mark.parametrize(
    ("parameters", "sent"),
    [
        (Parameters(stop=("###", "\n")), {"stop": ["###", "\n"]}),
        (Parameters(format="json"), {"response_format": {"type": "json_object"}}),
        (
            Parameters(format='{"type": "object"}'),
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "schema": {"type": "object"}},
                }
            },
        ),
    ],
)
def test_stops_and_formats_are_sent_as_the_protocol_has_them(parameters: Parameters, sent: dict):
    asked = chat_body(ChatRequest("m", TURNS, parameters=parameters), frozenset())
    assert sent.items() <= asked.items()


def test_a_parameter_that_the_server_turns_out_not_to_know_is_not_sent_again():
    custom = frozenset({Quirk.TOP_K, Quirk.MIN_P})
    assert corrected(custom, "Extra inputs are not permitted: body.top_k") == {Quirk.MIN_P}
    assert corrected(custom, "top_k must be at least 1") is None
    assert corrected(frozenset(), "unknown field top_k") is None


def test_reasoning_goes_back_only_where_the_vendor_wants_it_and_then_always():
    assert "they greet" not in str(body())
    sent = body(Quirk.REASONING_IN_HISTORY, turns=(*TURNS, Turn(Role.ASSISTANT, "Ciao")))["messages"]
    assert [message.get("reasoning_content") for message in sent] == [None, None, "they greet", None, ""]


def test_results_of_tools_are_left_out():
    assert [message["role"] for message in body(turns=(*TURNS, Turn(Role.TOOL, "22 °C")))["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
    ]


def test_usage_and_progress_are_asked_for_as_the_vendor_allows():
    assert "stream_options" not in body(Quirk.NO_STREAM_OPTIONS)
    assert body(Quirk.RETURN_PROGRESS)["return_progress"] is True
    assert "return_progress" not in body()


@pytest.mark.parametrize(
    ("quirk", "on", "off"),
    [
        (Quirk.THINKING_TYPE, {"thinking": {"type": "enabled"}}, {"thinking": {"type": "disabled"}}),
        (Quirk.ENABLE_THINKING, {"enable_thinking": True}, {"enable_thinking": False}),
        (
            Quirk.THINKING_IN_TEMPLATE,
            {"chat_template_kwargs": {"enable_thinking": True, "thinking": True}},
            {"chat_template_kwargs": {"enable_thinking": False, "thinking": False}},
        ),
        (Quirk.REASONING_EFFORT, {"reasoning_effort": "medium"}, {"reasoning_effort": "none"}),
        (Quirk.REASONING_OBJECT, {"reasoning": {"enabled": True}}, {"reasoning": {"enabled": False}}),
    ],
)
def test_thinking_is_switched_in_the_vendor_s_way_and_only_when_a_person_asked(quirk: Quirk, on: dict, off: dict):
    plain = body()
    assert body(quirk) == plain
    assert body(quirk, thinking=Thinking.ON) == plain | on
    assert body(quirk, thinking=Thinking.OFF) == plain | off
    assert body(quirk, thinking=Thinking.ON, can_think=False) == plain


@pytest.mark.parametrize(
    ("quirk", "low"),
    [
        (Quirk.THINKING_TYPE, {"thinking": {"type": "enabled"}, "reasoning_effort": "low"}),
        (Quirk.ENABLE_THINKING, {"enable_thinking": True, "reasoning_effort": "low"}),
        (Quirk.THINKING_IN_TEMPLATE, {"reasoning_effort": "low"}),
        (Quirk.REASONING_EFFORT, {"reasoning_effort": "low"}),
        (Quirk.REASONING_OBJECT, {"reasoning": {"effort": "low"}}),
    ],
)
def test_an_effort_is_sent_in_the_vendor_s_way(quirk: Quirk, low: dict):
    assert body(quirk, thinking=Thinking.LOW) == body() | low


def test_where_the_server_has_a_word_of_its_own_for_on_it_is_used():
    both = (Quirk.REASONING_EFFORT, Quirk.DEFAULT_EFFORT)
    assert body(*both, thinking=Thinking.ON)["reasoning_effort"] == "default"
    assert body(*both, thinking=Thinking.OFF)["reasoning_effort"] == "none"
    assert body(*both, thinking=Thinking.HIGH)["reasoning_effort"] == "high"


def test_without_a_known_way_thinking_is_not_switched():
    assert body(thinking=Thinking.ON) == body(thinking=Thinking.OFF) == body()


@pytest.mark.parametrize(
    ("before", "refusal", "after"),
    [
        (set(), "Unrecognized request argument supplied: stream_options", {Quirk.NO_STREAM_OPTIONS}),
        (
            set(),
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            {Quirk.MAX_COMPLETION_TOKENS},
        ),
        (
            {Quirk.MAX_COMPLETION_TOKENS},
            "max_completion_tokens: extra fields not permitted, did you mean max_tokens",
            set(),
        ),
        (
            set(),
            "The reasoning_content in the thinking mode must be passed back to the API.",
            {Quirk.REASONING_IN_HISTORY},
        ),
        ({Quirk.REASONING_IN_HISTORY}, "property 'reasoning_content' is unsupported", set()),
    ],
)
def test_a_refusal_tells_how_the_server_wants_it(before: set[Quirk], refusal: str, after: set[Quirk]):
    assert corrected(frozenset(before), refusal) == frozenset(after)


@pytest.mark.parametrize(
    ("quirks", "refusal"),
    [
        (set(), "temperature must be between 0 and 2"),
        ({Quirk.NO_STREAM_OPTIONS}, "stream_options"),
        (set(), "property 'reasoning_content' is unsupported"),
        ({Quirk.REASONING_IN_HISTORY}, "The reasoning_content in the thinking mode must be passed back to the API."),
        (set(), ""),
    ],
)
def test_a_refusal_that_teaches_nothing_new_changes_nothing(quirks: set[Quirk], refusal: str):
    assert corrected(frozenset(quirks), refusal) is None
