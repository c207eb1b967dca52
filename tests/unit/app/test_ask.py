"""`chatdesk ask` and `chatdesk models` over scripted servers on loopback."""

import asyncio
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.console.output import Output
from chatdesk.app.console.text_printer import TextPrinter
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.exit_code import ExitCode
from chatdesk.features.chat.services.answers import Answers
from chatdesk.kernel.chat.message import Source
from chatdesk.kernel.chat.stream_events import PictureArrived, ReasoningDelta, SourcesFound, StreamEvent, TextDelta
from chatdesk.system import ollama_program
from tests.fakes.doctor_harness import dead_port
from tests.fakes.document_files import pdf, scanned_pdf
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, reply
from tests.own_time import TIMEOUT


def text_printer(*, show_reasoning: bool = False) -> TextPrinter:
    return TextPrinter(
        Output(sys.stdout, sys.stderr), ConsoleTexts(lambda: "en", Path("nowhere")), show_reasoning=show_reasoning
    )


def test_the_answer_streams_to_standard_output(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(ScriptedAnswer(("Because", " of", " scattering."))))
    assert main(["ask", "Why", "is", "the", "sky", "blue?"]) == ExitCode.ANSWERED
    assert capsys.readouterr().out == "Because of scattering.\n"


def test_reasoning_is_folded_away_unless_it_is_wanted(serve, capsys: pytest.CaptureFixture[str]) -> None:
    thinker = ScriptedModel("thinker", ("completion", "thinking"))
    serve(scripted_ollama(ScriptedAnswer(("42",), reasoning=("6 ", "times 7")), (thinker,)))
    main(["ask", "6 × 7?"])
    assert capsys.readouterr() == ("42\n", "")
    main(["ask", "--reasoning", "6 × 7?"])
    assert capsys.readouterr() == ("42\n", "6 times 7\n\n")


def test_how_much_to_think_is_asked_and_reported_if_the_server_does_not_know_it(
    serve, capsys: pytest.CaptureFixture[str]
) -> None:
    thinker = ScriptedModel("thinker", ("completion", "thinking"))
    refusal = reply({"error": 'invalid think value: "on" (must be true or false)'}, 400)

    def answer(body: dict) -> ScriptedAnswer:
        return ScriptedAnswer(refusal=refusal) if body.get("think") is False else ScriptedAnswer(("42",))

    server = serve(scripted_ollama(answer, (thinker,)))
    assert main(["ask", "--think", "high", "6 × 7?"]) == ExitCode.ANSWERED
    assert capsys.readouterr() == ("42\n", "")
    assert main(["ask", "--think", "off", "6 × 7?"]) == ExitCode.ANSWERED
    answered, output = capsys.readouterr()
    assert answered == "42\n"
    assert output == "The server does not accept a reasoning setting for this model, so “off” was not sent.\n"
    asked = [request.json().get("think") for request in server.requests if request.path == "/api/chat"]
    assert asked == [True, False, None]
    assert main(["ask", "--think", "loudly", "?"]) == ExitCode.USAGE


def test_characters_that_were_lost_on_the_way_are_reported_behind_the_answer(
    serve, capsys: pytest.CaptureFixture[str]
) -> None:
    line = b'{"message":{"content":"a\xffb"},"done":true}\n'
    serve(scripted_ollama(ScriptedAnswer(refusal=reply(line, 200, "application/x-ndjson"))))
    assert main(["ask", "Go"]) == ExitCode.ANSWERED
    assert capsys.readouterr() == ("a\ufffdb\n", "(Some characters arrived damaged and are shown as �.)\n")


def test_what_an_answer_is_based_on_is_reported_behind_it_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    printer = text_printer()
    for event in (
        TextDelta("So."),
        SourcesFound((Source(1, "Old"),)),
        SourcesFound(
            (Source(1, "A\n\x1b[2Jb", "words", "Guides"), Source(2, address="https://a.example"), Source(3, "", "Only"))
        ),
    ):
        printer.show(event)
    printer.close()
    out, err = capsys.readouterr()
    assert out == "So.\n"
    assert err.splitlines()[1:] == ["[2] https://a.example", "[3] Only"]
    assert "\x1b" not in err
    assert err.startswith("[1] A ")


def test_a_picture_in_the_answer_is_reported_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    printer = text_printer()
    printer.show(TextDelta("So."))
    printer.show(PictureArrived("data:image/png;base64,iVBORw0KGgo="))
    printer.show(PictureArrived("https://a.example/x.png"))
    printer.close()
    assert capsys.readouterr() == (
        "So.\n",
        (
            "(The answer includes a picture. To see it, ask in the window or use --json.)\n(The answer includes a picture: "
            "https://a.example/x.png)\n"
        ),
    )


def test_a_terminal_gets_no_control_characters_and_a_file_the_text_as_it_is(
    serve, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "a\x1b]0;title\x07b\x9bc\td\n"
    serve(scripted_ollama(ScriptedAnswer((text,))))
    main(["ask", "Go"])
    assert capsys.readouterr().out == text
    printer = text_printer(show_reasoning=True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    printer.show(ReasoningDelta(text))
    printer.show(TextDelta(text))
    out, err = capsys.readouterr()
    assert out == "a\ufffd]0;title\ufffdb\ufffdc\td\n"
    assert "\x1b" not in err


def test_thinking_that_was_taken_for_the_answer_is_distinguished(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(ScriptedAnswer(("6 times 7", "</think>", "\n\n42"))))
    main(["ask", "6 × 7?"])
    assert capsys.readouterr() == ("6 times 7\n42\n", "(The text above is reasoning. The answer follows.)\n")


def test_what_is_piped_in_is_added_to_the_question(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(scripted_ollama())
    monkeypatch.setattr(sys, "stdin", io.StringIO("some text\n"))
    assert main(["ask", "--system", "Be brief.", "Summarise:"]) == ExitCode.ANSWERED
    body = next(request.json() for request in server.requests if request.path == "/api/chat")
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Summarise:\n\nsome text"},
    ]


R1 = ScriptedModel("deepseek-r1:8b", ("completion", "thinking"), 131_072, loaded=False, layers=2)
DIFF = "+ word\n" * 6000
"""10,500 tokens."""


def asked_with(server: ScriptedServer) -> list[dict]:
    return [request.json()["options"] for request in server.requests if request.path == "/api/chat"]


def test_a_long_text_that_is_piped_in_is_read_with_enough_context_and_that_is_reported_in_one_line(
    serve, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(scripted_ollama(ScriptedAnswer(("Add words.",)), (R1,)))
    monkeypatch.setattr(sys, "stdin", io.StringIO(DIFF))
    assert main(["ask", "--model", "deepseek-r1:8b", "Write a commit message:"]) == ExitCode.ANSWERED
    assert capsys.readouterr() == ("Add words.\n", "Context window: 16,384 tokens.\n")
    assert [options["num_ctx"] for options in asked_with(server)] == [16_384]
    assert sum(request.path == "/api/show" for request in server.requests) == 1


def test_a_short_question_is_asked_with_the_usual_context_and_nothing_is_said(
    serve, capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(scripted_ollama(ScriptedAnswer(("42",)), (R1,)))
    assert main(["ask", "6 × 7?"]) == ExitCode.ANSWERED
    assert capsys.readouterr() == ("42\n", "")
    assert [options["num_ctx"] for options in asked_with(server)] == [8192]


def test_a_context_that_is_named_is_asked_for_and_no_other(
    serve, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "request (12000 tokens) exceeds the available context size (512 tokens), try increasing it"
    server = serve(scripted_ollama(ScriptedAnswer(refusal=reply({"error": text}, 400)), (R1,)))
    monkeypatch.setattr(sys, "stdin", io.StringIO(DIFF))
    assert main(["ask", "--context", "512", "Summarise:"]) == ExitCode.REFUSED
    assert [options["num_ctx"] for options in asked_with(server)] == [512]
    assert capsys.readouterr().err == f"The question does not fit the model's context window.\n{text}\n"


@pytest.mark.parametrize("size", ["0", "-5", "many", "99999999999"])
def test_a_context_that_cannot_be_is_wrong_usage(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", f"--context={size}", "?"]) == ExitCode.USAGE
    assert "--context" in capsys.readouterr().err


def test_nothing_to_ask_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask"]) == ExitCode.USAGE
    assert "The question is missing." in capsys.readouterr().err


def test_a_model_that_is_not_there_is_named(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama())
    assert main(["ask", "--server", "ollama", "--model", "nothing:1b", "?"]) == ExitCode.NOT_AVAILABLE
    assert "nothing:1b" in capsys.readouterr().err


def test_a_named_server_that_is_down_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    assert main(["ask", "--server", "Ollama", "?"]) == ExitCode.NOT_AVAILABLE
    assert "does not respond at http://127.0.0.1:9" in capsys.readouterr().err


def test_an_answer_that_breaks_off_is_printed_and_reported(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(ScriptedAnswer(("half",), error="the runner died")))
    assert main(["ask", "?"]) == ExitCode.REFUSED
    out, err = capsys.readouterr()
    assert out == "half\n"
    assert "the runner died" in err


def test_models_lists_every_server_and_says_what_is_wrong_with_it(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(models=(ScriptedModel("deepseek-r1:7b"), ScriptedModel("qwen3:8b"))))
    assert main(["models", "--json"]) == ExitCode.ANSWERED
    _, ollama, *_ = map(json.loads, capsys.readouterr().out.splitlines())
    assert [model["id"] for model in ollama["models"]] == ["deepseek-r1:7b", "qwen3:8b"]


def test_asking_writes_no_database(serve, home: Path) -> None:
    serve(scripted_ollama())
    main(["ask", "?"])
    assert not list(home.glob("*.sqlite3*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
@pytest.mark.parametrize("verb", [["ask", "Hi"], ["ask", "--json", "Hi"]])
def test_whoever_reads_the_answer_may_leave_before_its_end(serve, verb: list[str]) -> None:
    server = serve(scripted_ollama(ScriptedAnswer(("many words " * 2_000,) * 50)))
    command = [sys.executable, "-m", "chatdesk", *verb]
    environment = os.environ | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        hangs = threading.Timer(TIMEOUT, program.kill)  # or this would wait for it without end
        hangs.start()
        assert program.stdout.read(4)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(TIMEOUT) == ExitCode.STOPPED
        hangs.cancel()
        hangs.join()


def test_the_version_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Chatdesk ")


async def test_asking_leaves_the_loop_clean(serve) -> None:
    serve(scripted_ollama())
    assert await asyncio.to_thread(main, ["ask", "?"]) == ExitCode.ANSWERED


def body_of(server: ScriptedServer) -> dict:
    return next(request.json() for request in server.requests if request.path == "/api/chat")


@pytest.fixture
def shout(home: Path) -> None:
    """A preset of one's own."""
    folder = home / "presets"
    folder.mkdir(parents=True)
    (folder / "shout.md").write_text(
        '+++\nname = "Shout it"\n[parameters]\ntemperature = 0.3\n'
        '[[variables]]\nname = "to"\nrequired = true\n'
        '[[variables]]\nname = "size"\nkind = "choice"\nchoices = ["small", "large"]\ndefault = "large"\n+++\n'
        "Shout in {{size}} letters to {{to}}.\n\n+++ question\nText: {{input}}\n"
    )


def test_a_preset_is_filled_in_and_reported_with_its_parameters(
    serve, shout: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(scripted_ollama())
    monkeypatch.setattr(sys, "stdin", io.StringIO("hello {{to}}\n"))
    assert main(["ask", "--preset", "shout", "--var", "to=Ann"]) == ExitCode.ANSWERED
    assert body_of(server)["messages"] == [
        {"role": "system", "content": "Shout in large letters to Ann."},
        {"role": "user", "content": "Text: hello {{to}}"},
    ]
    assert body_of(server)["options"]["temperature"] == 0.3


def test_a_variable_can_be_the_text_of_a_file(serve, shout: None, tmp_path: Path) -> None:
    server = serve(scripted_ollama())
    (tmp_path / "names.txt").write_text("Ann and Bob")
    assert main(["ask", "--preset", "Shout it", "--var-file", f"to={tmp_path / 'names.txt'}"]) == ExitCode.ANSWERED
    assert body_of(server)["messages"][0]["content"] == "Shout in large letters to Ann and Bob."


def test_a_variable_can_be_the_text_of_a_document(serve, shout: None, tmp_path: Path) -> None:
    server = serve(scripted_ollama())
    (tmp_path / "names.pdf").write_bytes(pdf([["Ann"], ["Bob"]]))
    assert main(["ask", "--preset", "shout", "--var-file", f"to={tmp_path / 'names.pdf'}"]) == ExitCode.ANSWERED
    expected = "Shout in large letters to [page 1]\nAnn\n\n[page 2]\nBob."
    assert body_of(server)["messages"][0]["content"] == expected


def test_a_document_without_text_cannot_be_a_variable(
    serve, shout: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(scripted_ollama())
    (tmp_path / "scan.pdf").write_bytes(scanned_pdf(1))
    assert main(["ask", "--preset", "shout", "--var-file", f"to={tmp_path / 'scan.pdf'}"]) == ExitCode.USAGE
    assert capsys.readouterr().err == "No text was found in scan.pdf. Its pages are pictures.\n"
    assert server.requests == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--preset", "shout"], "--var to="),
        (["--preset", "shou", "--var", "to=x"], "Did you mean shout"),
        (["--preset", "shuot", "--var", "to=x"], "Did you mean shout"),
        (["--preset", "translat"], "Did you mean translate, "),
        (["--preset", "shout", "--var", "too=x"], "Its variables: to, size."),
        (["--preset", "shout", "--var", "to"], "name=value"),
        (["--preset", "shout", "--var", "to=x", "--var", "size=huge"], "one of: small, large"),
        (["--preset", "shout", "--var-file", "to=/nowhere/x"], "Cannot read"),
        (["--var", "to=x", "hello"], "--preset"),
    ],
)
def test_what_a_preset_cannot_do_is_said(
    shout: None, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", *arguments]) == ExitCode.USAGE
    assert expected in capsys.readouterr().err


def test_presets_are_listed_with_their_variables(shout: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == ExitCode.ANSWERED
    assert "shout" in capsys.readouterr().out
    main(["presets", "--json"])
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    mine = next(row for row in rows if row.get("id") == "shout")
    assert [variable["name"] for variable in mine["variables"]] == ["to", "size"]


@pytest.mark.parametrize("installed", [True, False])
def test_it_says_that_an_installed_ollama_does_not_run_when_the_starter_model_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, installed: bool
) -> None:
    async def answer(*_: object) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        yield (TextDelta("Hello."),)

    monkeypatch.setattr(Answers, "stream", answer)
    program = tmp_path / "bin" / "ollama"
    program.parent.mkdir()
    if installed:
        program.touch(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(ollama_program, "_program_paths", lambda _: [str(program)])
    with dead_port() as port:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{port}")
        assert main(["ask", "Hi"]) == ExitCode.ANSWERED
        output = capsys.readouterr()
        assert output.out == "Hello.\n"
        line = "Ollama is installed but not running, so SmolLM2 135M answers instead.\n"
        assert (line in output.err) is installed
        main(["ask", "--server", "built-in", "Hi"])
        assert "Ollama" not in capsys.readouterr().err


def test_models_are_listed_by_the_names_the_window_shows(serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(scripted_ollama(models=(ScriptedModel("smollm2:latest"), ScriptedModel("qwen3:8b"))))
    assert main(["models"]) == ExitCode.ANSWERED
    assert capsys.readouterr().out.splitlines()[:3] == ["Ollama", "  smollm2", "  qwen3:8b"]
    assert main(["ask", "--model", "smollm2", "Hi"]) == ExitCode.ANSWERED
