"""What ends without an answer, or not as it was wanted, is reported: which server, which model, what was not sent."""

import json
from pathlib import Path

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.storage.files.servers_file import ServersFile
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import on_thread, reply


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ScriptedAnswer(()), "thinker returned an empty answer.\n"),
        (ScriptedAnswer((" ", "\n")), "thinker returned an empty answer.\n"),
        (ScriptedAnswer((), reasoning=("hm",)), "The model produced only reasoning and no answer.\n"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_answer_without_a_word_is_reported_and_no_success(
    serve, capsys: pytest.CaptureFixture[str], answer: ScriptedAnswer, expected: str, more: tuple[str, ...]
) -> None:
    serve(scripted_ollama(answer, (ScriptedModel("thinker", ("completion", "thinking")),)))
    assert main(["ask", *more, "?"]) == ExitCode.CUT_OFF
    out, err = capsys.readouterr()
    assert err.startswith(expected)
    if more:
        assert json.loads(out.splitlines()[-2])["code"] in {"answer_empty", "answer_only_reasoning"}


def test_reasoning_that_is_shown_ends_before_it_is_said_that_no_answer_came(
    serve, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(scripted_ollama(ScriptedAnswer((), reasoning=("hm",)), (ScriptedModel("t", ("completion", "thinking")),)))
    main(["ask", "--reasoning", "?"])
    assert capsys.readouterr().err == "hm\nThe model produced only reasoning and no answer.\n"


def test_an_answer_of_tool_calls_alone_names_the_tools(serve, capsys: pytest.CaptureFixture[str]) -> None:
    call = {"function": {"name": "look_up", "arguments": {"q": "x"}}}
    line = json.dumps({"message": {"content": "", "tool_calls": [call]}, "done": True, "done_reason": "stop"})
    serve(scripted_ollama(ScriptedAnswer(refusal=reply(line + "\n", 200, "application/x-ndjson"))))
    assert main(["ask", "?"]) == ExitCode.CUT_OFF
    assert capsys.readouterr().err == "The model asked for tools, which `chatdesk ask` does not run: look_up\n"


@pytest.mark.parametrize(
    ("capabilities", "wanted", "expected"),
    [
        (("completion",), "high", "one:1b is not known to support reasoning, so “high” was not sent.\n"),
        (("completion",), "auto", ""),
        (("completion", "thinking"), "high", ""),
    ],
)
def test_thinking_that_cannot_be_passed_on_is_reported(
    serve, capsys: pytest.CaptureFixture[str], capabilities: tuple[str, ...], wanted: str, expected: str
) -> None:
    serve(scripted_ollama(models=(ScriptedModel("one:1b", capabilities),)))
    assert main(["ask", "--think", wanted, "?"]) == ExitCode.ANSWERED
    assert capsys.readouterr() == ("Hello there.\n", expected)


def test_thinking_is_reported_as_not_sent_to_a_server_that_is_not_known_to_have_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with on_thread(scripted_openai(models=(ScriptedModel("some-model"),))) as server:
        point = ServerConfig("s", "Mine", "custom", ServerProtocol.OPENAI, f"{server.url}/v1")
        home.mkdir()
        ServersFile(home / "servers.json").write((point,))
        assert main(["ask", "--server", "mine", "--think", "high", "--json", "?"]) == ExitCode.ANSWERED
        (body,) = [request.json() for request in server.requests if request.path == "/v1/chat/completions"]
    out, err = capsys.readouterr()
    assert err == "Mine has no known setting for reasoning, so “high” was not sent.\n"
    assert not [name for name in body if "reason" in name or "think" in name]
    (warning,) = [line for line in map(json.loads, out.splitlines()) if line["event"] == "warning"]
    assert (warning["code"], warning["message"]) == ("thinking_not_sent", err.rstrip())


def test_a_server_that_is_not_there_is_named_with_those_that_are(
    serve, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(scripted_ollama())
    assert main(["ask", "--server", "nosuch", "?"]) == ExitCode.NOT_AVAILABLE
    assert capsys.readouterr().err == ("Unknown server: nosuch. Available servers: Ollama, Built-in engine\n")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("deepsek-r1:7b", "Model not found: deepsek-r1:7b. Did you mean deepseek-r1:7b?\n"),
        ("zzz", "Model not found on any server: zzz. Run `chatdesk models` to list the available models.\n"),
        ("embed:1b", "embed:1b is not a chat model.\n"),
    ],
)
def test_a_model_that_cannot_be_asked_is_reported_with_what_was_meant(
    serve, capsys: pytest.CaptureFixture[str], model: str, expected: str
) -> None:
    serve(scripted_ollama(models=(ScriptedModel("deepseek-r1:7b"), ScriptedModel("embed:1b", ("embedding",)))))
    assert main(["ask", "--model", model, "?"]) == ExitCode.NOT_AVAILABLE
    assert capsys.readouterr().err == expected


@pytest.mark.parametrize(("used_last", "expected"), [("ollama", True), ("", False)])
def test_another_model_than_the_one_used_last_does_not_answer_without_a_word(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, used_last: str, expected: bool
) -> None:
    with on_thread(scripted_openai(models=(ScriptedModel("spare"),))) as server:
        monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
        home.mkdir()
        point = ServerConfig("s", "Mine", "custom", ServerProtocol.OPENAI, f"{server.url}/v1")
        here = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
        ServersFile(home / "servers.json").write((here, point))
        settings = {"state.last_server": used_last, "state.last_model": "deepseek-r1:7b"}
        (home / "settings.json").write_text(json.dumps(settings))
        assert main(["ask", "?"]) == ExitCode.ANSWERED
    out, err = capsys.readouterr()
    assert out == "Hello there.\n"
    assert err.startswith("Ollama does not respond at http://127.0.0.1:9.") is expected


def test_a_server_that_is_down_is_not_said_to_lack_a_model(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    assert main(["ask", "--model", "deepseek-r1:7b", "?"]) == ExitCode.NOT_AVAILABLE
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("Ollama does not respond at http://127.0.0.1:9.")
    assert (
        second
        == "Built-in engine has no model named deepseek-r1:7b. Run `chatdesk models` to list the available models."
    )
