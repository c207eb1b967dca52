import json
import urllib.error
import urllib.request

import pytest

from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import PROCESS_TIMEOUT


def ask(server: ScriptedServer, path: str, body: object = None, key: str = "") -> bytes:
    request = urllib.request.Request(server.url + path, None if body is None else json.dumps(body).encode())
    if key:
        request.add_header("Authorization", f"Bearer {key}")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=PROCESS_TIMEOUT) as answer:
        return answer.read()


def refused(server: ScriptedServer, path: str, body: object = None) -> tuple[int, bytes]:
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(server, path, body)
    with caught.value as error:
        return error.code, error.read()


def test_the_imitation_of_ollama_answers_as_ollama_does():
    answer = ScriptedAnswer(("Hi", "!"), ("hm",))
    with on_thread(
        scripted_ollama(answer, [ScriptedModel("a", ("completion", "thinking")), ScriptedModel("b", loaded=False)])
    ) as server:
        assert json.loads(ask(server, "/api/version"))["version"]
        assert [model["name"] for model in json.loads(ask(server, "/api/tags"))["models"]] == ["a", "b"]
        assert [model["name"] for model in json.loads(ask(server, "/api/ps"))["models"]] == ["a"]
        assert json.loads(ask(server, "/api/show", {"model": "a"}))["capabilities"] == ["completion", "thinking"]
        lines = [json.loads(line) for line in ask(server, "/api/chat", {"model": "a"}).splitlines()]
        assert [line["message"] for line in lines[:3]] == [
            {"role": "assistant", "content": "", "thinking": "hm"},
            {"role": "assistant", "content": "Hi"},
            {"role": "assistant", "content": "!"},
        ]
        assert [line["done"] for line in lines] == [False, False, False, True]
        assert lines[-1]["eval_count"] == 3
        assert refused(server, "/api/chat", {"model": "c"}) == (404, b'{"error": "model \'c\' not found"}')
        assert refused(server, "/nowhere") == (404, b"404 page not found")


def test_the_imitation_of_an_openai_server_answers_as_they_do():
    with on_thread(scripted_openai(ScriptedAnswer(("Hi",), ("hm",)), key="k", reasoning_field="reasoning")) as server:
        assert refused(server, "/v1/models")[0] == 401
        assert json.loads(ask(server, "/v1/models", key="k"))["data"][0]["id"] == "scripted:1b"
        events = ask(server, "/v1/chat/completions", {"model": "scripted:1b"}, key="k").decode().split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    deltas = [
        choice["delta"] for event in events[:-3] for choice in json.loads(event.removeprefix("data: "))["choices"]
    ]
    assert deltas == [{"role": "assistant", "content": None}, {"reasoning": "hm"}, {"content": "Hi"}, {}]
    assert json.loads(events[-3].removeprefix("data: "))["usage"]["completion_tokens"] == 2


def test_an_answer_may_depend_on_the_question_and_fail():
    def answer(body: dict) -> ScriptedAnswer:
        return ScriptedAnswer((body["messages"][0]["content"],), error="boom")

    question = {"model": "scripted:1b", "messages": [{"role": "user", "content": "echo"}]}
    with on_thread(scripted_ollama(answer)) as server:
        first, second = ask(server, "/api/chat", question).splitlines()
    assert json.loads(first)["message"]["content"] == "echo"
    assert json.loads(second) == {"error": "boom"}
    with on_thread(scripted_openai(answer)) as server:
        assert b'"error": {"message": "boom"' in ask(server, "/v1/chat/completions", question)
