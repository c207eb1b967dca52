"""What programs get of an answer: names that are documented and stay."""

import json
import sys
from typing import get_args

import pytest

from chatdesk import __version__
from chatdesk.app.command_line import main
from chatdesk.app.console.json_lines import JsonAnswer
from chatdesk.app.console.output import Output
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import FinishReason, ImagePart, Source
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    CharactersLost,
    ContextGrown,
    Finished,
    FollowUps,
    PictureAdded,
    PictureArrived,
    PromptTokensCounted,
    ReasoningDelta,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from tests.architecture.sources import ROOT
from tests.fakes.scripted_models import ScriptedAnswer, scripted_ollama
from tests.fakes.scripted_server import reply


def test_json_prints_every_event_as_a_line(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(ScriptedAnswer(("One", "Two"))))
    assert main(["ask", "--json", "?"]) == ExitCode.ANSWERED
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "".join(event["text"] for event in events if event["event"] == "text") == "OneTwo"
    assert any(event["event"] == "finish" for event in events)


def test_json_begins_with_who_is_asked_and_ends_with_how_it_went(serve, capsys: pytest.CaptureFixture[str]) -> None:
    server = serve(scripted_ollama())
    main(["ask", "--json", "?"])
    first, *between, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first == {
        "event": "start",
        "format": "chatdesk-ask",
        "version": 1,
        "program": __version__,
        "server": {"name": "Ollama", "address": server.url},
        "model": "scripted:1b",
    }
    assert {line["event"] for line in between} == {"stage", "text", "usage", "finish"}
    assert last == {"event": "end", "status": "ok", "exit_code": 0}


def test_json_tells_of_an_error_with_a_name_that_stays(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(ScriptedAnswer(refusal=reply({"error": "slow down"}, 429))))
    assert main(["ask", "--json", "?"]) == ExitCode.REFUSED
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert lines[-2:] == [
        {
            "event": "error",
            "code": "rate_limited",
            "message": "Ollama received too many requests (429). Wait before trying again.",
            "detail": "slow down",
            "exit_code": 4,
        },
        {"event": "end", "status": "refused", "exit_code": 4},
    ]
    assert err == "Ollama received too many requests (429). Wait before trying again.\nslow down\n"


def test_json_of_wrong_usage_has_a_first_and_a_last_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--nonsense"]) == ExitCode.USAGE
    events = [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()]
    assert events == ["start", "error", "end"]


def test_every_event_of_a_stream_has_a_documented_line(capsys: pytest.CaptureFixture[str]) -> None:
    report = JsonAnswer(Output(sys.stdout, sys.stderr), "ask")
    events = (
        AnswerStageChanged(AnswerStage.WORKING, 1, 2, 3, "step"),
        ReasoningDelta("hm"),
        TextDelta("a"),
        TextWasReasoning(),
        TextRetracted(),
        CharactersLost(),
        ToolCallDelta(0, "1", "look", "{}"),
        PromptTokensCounted(10, 4096, 5),
        UsageReported(Usage(1, 2, 3.0)),
        RemoteAnswerStored(RemoteAnswer("c", "m")),
        FollowUps(("Why?",)),
        SourcesFound((Source(1, "Title", "words", "set", "https://a.example", 0.5),)),
        PictureArrived("https://a.example/cat.png", "cat"),
        PictureAdded(ImagePart("", "", "cat")),
        ContextGrown(16_384),
        Finished(FinishReason.STOP, "eos"),
        ThinkingChanged(Thinking.HIGH, Thinking.ON),
    )
    assert {type(event) for event in events} == set(get_args(StreamEvent))
    for event in events:
        report.show(event)
    page = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
    for line in map(json.loads, capsys.readouterr().out.splitlines()):
        names = {line["event"], *line} - {"event"}
        names |= {name for source in line.get("sources", ()) for name in source}
        assert [name for name in names if f"`{name}`" not in page] == []
