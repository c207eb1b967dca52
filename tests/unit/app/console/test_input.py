"""What is piped in is text, or is refused: a model is sent nothing that the person did not write."""

import locale
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.app.command_line import main
from chatdesk.app.console.input import MAX_PIPED_BYTES, check_argument, decode_text
from chatdesk.app.console.report import WrongUsage
from chatdesk.app.exit_code import ExitCode
from tests.fakes.scripted_models import scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import TIMEOUT

TEXT = "天空 é\n"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with on_thread(scripted_ollama()) as running:
        yield running


def piped(server: ScriptedServer, data: bytes, *arguments: str | bytes) -> tuple[int, str, list[str]]:
    """Pipe bytes into `ask`, and return the exit code, what was printed, and what the model was asked."""
    command = [sys.executable, "-m", "chatdesk", "ask", *arguments]
    environment = os.environ | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"}
    done = subprocess.run(command, env=environment, input=data, capture_output=True, check=False, timeout=TIMEOUT)
    asked = [request.json()["messages"][-1]["content"] for request in server.requests if request.path == "/api/chat"]
    return done.returncode, done.stderr.decode(), asked


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_that_says_its_encoding_is_read_in_it(server: ScriptedServer, encoding: str) -> None:
    assert piped(server, TEXT.encode(encoding)) == (ExitCode.ANSWERED, "", [TEXT.strip()])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"caf\xe9", "invalid byte at position 4"),
        ("h\u00e9".encode("utf-16-le"), "is not valid UTF-8"),
        ("hi".encode("utf-16-le"), "is binary data"),
        (b"\xff\xfe\x00\xd8", "is not valid UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not valid UTF-8"),
        (b"a\x00b", "is binary data"),
    ],
)
def test_what_is_no_text_is_reported_and_not_sent(server: ScriptedServer, data: bytes, expected: str) -> None:
    code, err, asked = piped(server, data, "Summarise:")
    assert (code, asked) == (ExitCode.USAGE, [])
    assert expected in err
    assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="its arguments are text")
def test_an_argument_that_is_no_text_is_reported_and_not_sent(server: ScriptedServer) -> None:
    for arguments in ((b"caf\xe9",), (b"--system=caf\xe9", b"Hi")):
        code, err, asked = piped(server, b"", *arguments)
        assert (code, asked) == (ExitCode.USAGE, [])
        assert "caf?” is not valid UTF-8" in err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no device here that has no end")
def test_input_without_an_end_is_refused(server: ScriptedServer) -> None:
    command = [sys.executable, "-m", "chatdesk", "ask", "Hi"]
    with Path("/dev/zero").open("rb") as zeros:
        done = subprocess.run(command, stdin=zeros, capture_output=True, check=False, timeout=TIMEOUT)
    assert (done.returncode, done.stderr) == (
        ExitCode.USAGE,
        b"Standard input is larger than %d MB.\n" % (MAX_PIPED_BYTES // 1024**2),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="its shell has other words for this")
def test_input_that_cannot_be_read_is_reported(server: ScriptedServer) -> None:
    command = ["sh", "-c", 'exec "$@" 0>/dev/null', "sh", sys.executable, "-m", "chatdesk", "ask", "Hi"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    assert (done.returncode, done.stderr) == (
        ExitCode.USAGE,
        "Cannot read standard input: Bad file descriptor.\n",
    )


def test_bytes_of_another_locale_are_read_in_its_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getencoding", lambda: "gb18030")
    assert decode_text(TEXT.encode("gb18030"), "stdin") == TEXT
    assert decode_text(TEXT.encode(), "stdin") == TEXT
    with pytest.raises(WrongUsage):
        decode_text(b"\xff\xff", "stdin")


@given(st.binary(max_size=60))
def test_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode_text(data, "stdin")
    except WrongUsage:
        return
    text.encode("utf-8")
    assert "\0" not in text


@given(st.text(max_size=30))
def test_an_argument_is_passed_on_or_refused(text: str) -> None:
    try:
        assert check_argument(text) == text
    except WrongUsage:
        assert any("\ud800" <= character <= "\udfff" for character in text)


def test_a_file_of_a_variable_is_read_likewise(
    home: Path, tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "presets").mkdir(parents=True)
    (home / "presets" / "greet.md").write_text('+++\nname = "Greet"\n+++\nGreet {{who}}.\n')
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
    file = tmp_path / "names.txt"
    ask = ["ask", "--preset", "greet", "--var-file", f"who={file}", "Go"]
    file.write_bytes(b"caf\xe9")
    assert main(ask) == ExitCode.USAGE
    file.write_bytes("José".encode("utf-16"))
    assert main(ask) == ExitCode.ANSWERED
    (body,) = [request.json() for request in server.requests if request.path == "/api/chat"]
    assert body["messages"][0]["content"] == "Greet José."
