import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Thinking, Turn
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.providers.ollama.ollama_provider import chat_body

REQUEST = ChatRequest(
    "scripted:1b",
    (Turn(Role.SYSTEM, "Be brief."), Turn(Role.USER, "Hi"), Turn(Role.ASSISTANT, "Yo", "hm"), Turn(Role.USER, "Bye")),
)


def test_the_request_says_what_was_asked_and_forbids_silent_cuts():
    assert chat_body(REQUEST) == {
        "model": "scripted:1b",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Yo"},
            {"role": "user", "content": "Bye"},
        ],
        "stream": True,
        "truncate": False,
        "shift": False,
    }


def test_pictures_are_sent_as_bare_base64_beside_the_words():
    turns = (
        Turn(Role.USER, "What is this?", pictures=(Picture("image/png", b"\x89PNG"), Picture("image/jpeg", b"\xff"))),
    )
    body = chat_body(ChatRequest("scripted:1b", turns))
    assert body["messages"] == [{"role": "user", "content": "What is this?", "images": ["iVBORw==", "/w=="]}]


def test_what_a_person_set_is_sent_as_options():
    body = chat_body(ChatRequest("scripted:1b", REQUEST.turns, parameters=Parameters(0.0, 0.95, 100, 7)))
    assert body["options"] == {"temperature": 0.0, "top_p": 0.95, "num_predict": 100, "seed": 7}


@pytest.mark.parametrize(
    ("parameters", "sent_too"),
    [
        (Parameters(top_k=40, min_p=0.05), {"options": {"top_k": 40, "min_p": 0.05}}),
        (Parameters(repeat_penalty=1.1, stop=("###",)), {"options": {"repeat_penalty": 1.1, "stop": ["###"]}}),
        (Parameters(num_ctx=8192), {"options": {"num_ctx": 8192}}),
        (Parameters(keep_alive="10m"), {"keep_alive": "10m"}),
        (Parameters(keep_alive="300"), {"keep_alive": 300}),
        (Parameters(keep_alive="-1"), {"keep_alive": -1}),
        (Parameters(keep_alive="-1m"), {"keep_alive": "-1m"}),
        (Parameters(keep_alive="0"), {"keep_alive": 0}),
        (Parameters(format="json"), {"format": "json"}),
        (Parameters(format='{"type": "object"}'), {"format": {"type": "object"}}),
    ],
)
def test_ollama_knows_every_parameter(parameters: Parameters, sent_too: dict):
    body = chat_body(ChatRequest("scripted:1b", REQUEST.turns, parameters=parameters))
    usual = {"model", "messages", "stream", "truncate", "shift"}
    assert {name: value for name, value in body.items() if name not in usual} == sent_too


def test_a_cloud_model_has_all_the_room_it_has():
    request = ChatRequest("big:cloud", REQUEST.turns, parameters=Parameters(num_ctx=8192))
    assert "options" not in chat_body(request)


@pytest.mark.parametrize(
    ("thinking", "can_think", "think"),
    [
        (Thinking.AUTO, True, None),
        (Thinking.ON, True, True),
        (Thinking.ON, None, True),
        (Thinking.ON, False, None),
        (Thinking.OFF, True, False),
        (Thinking.OFF, None, False),
        (Thinking.OFF, False, None),
        (Thinking.LOW, True, "low"),
        (Thinking.MAX, True, "max"),
        (Thinking.HIGH, None, "high"),
        (Thinking.HIGH, False, None),
    ],
)
def test_thinking_is_asked_for_of_every_model_but_one_that_is_known_not_to_think(
    thinking: Thinking, can_think: bool | None, think: bool | str | None
):
    body = chat_body(ChatRequest("scripted:1b", REQUEST.turns, thinking, can_think=can_think))
    assert body.get("think") == think


def test_what_a_person_adds_goes_along_and_wins_options_one_by_one():
    request = ChatRequest("scripted:1b", REQUEST.turns, parameters=Parameters(temperature=0.5, top_k=40, num_ctx=8192))
    extra = {"options": {"top_k": 5, "mirostat": 2}, "keep_alive": -1, "logprobs": True}
    body = chat_body(request, extra)
    assert body["options"] == {"temperature": 0.5, "top_k": 5, "num_ctx": 8192, "mirostat": 2}
    assert (body["keep_alive"], body["logprobs"], body["truncate"]) == (-1, True, False)
    assert chat_body(REQUEST, {"options": None, "a": 1}).keys() == {*chat_body(REQUEST), "a"}
