"""`chatdesk ask --file`: documents and pictures are sent with the question."""

import json
from base64 import b64decode
from pathlib import Path
from zlib import compress, crc32

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.exit_code import ExitCode
from tests.fakes.document_files import drawn_pdf
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer

DOCUMENTS = Path(__file__).parents[2] / "data" / "documents"
SEEING = ScriptedModel("seeing", ("completion", "vision"))


def asked(server: ScriptedServer) -> dict:
    return next(request.json() for request in reversed(server.requests) if request.path == "/api/chat")


@pytest.fixture
def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + crc32(kind + data).to_bytes(4, "big")

    header = (4).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    rows = compress(b"".join(b"\0" + bytes((200, 30, 30)) * 4 for _ in range(4)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def server(serve) -> ScriptedServer:
    return serve(scripted_ollama(ScriptedAnswer(("Packaging.",))))


def test_documents_are_sent_before_the_question(server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["--file", str(DOCUMENTS / "report-en.pdf"), "--file", str(DOCUMENTS / "costs.csv")]
    assert main(["ask", *files, "What", "was", "promised?"]) == ExitCode.ANSWERED
    assert capsys.readouterr() == ("Packaging.\n", "")
    sent = asked(server)["messages"][-1]["content"]
    assert sent.endswith("What was promised?")
    assert 'index="1" name="report-en.pdf"' in sent
    assert 'index="2" name="costs.csv"' in sent
    assert sent.index("[page 1]") < sent.index("costs.csv")
    main(["ask", *files, "What", "was", "promised?"])
    assert asked(server)["messages"][-1]["content"] == sent


def test_a_picture_is_sent_to_a_model_that_sees(serve, tmp_path: Path, png: bytes) -> None:
    server = serve(scripted_ollama(ScriptedAnswer(("A dot.",)), (SEEING,)))
    (tmp_path / "dot.png").write_bytes(png)
    assert main(["ask", "--file", str(tmp_path / "dot.png"), "What is this?"]) == ExitCode.ANSWERED
    (image,) = asked(server)["messages"][-1]["images"]
    assert b64decode(image).startswith(b"\x89PNG")


def test_a_picture_is_not_sent_to_a_model_that_does_not_see(
    server: ScriptedServer, tmp_path: Path, png: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dot.png").write_bytes(png)
    assert main(["ask", "--file", str(tmp_path / "dot.png"), "What is this?"]) == ExitCode.REFUSED
    assert capsys.readouterr().out == ""
    assert "/api/chat" not in {request.path for request in server.requests}


def test_scanned_pages_are_sent_as_pictures(serve, tmp_path: Path) -> None:
    server = serve(scripted_ollama(ScriptedAnswer(("Signed.",)), (SEEING,)))
    (tmp_path / "contract.pdf").write_bytes(drawn_pdf(["10 10 100 100 re f"] * 2))
    assert main(["ask", "--file", str(tmp_path / "contract.pdf"), "Is it signed?"]) == ExitCode.ANSWERED
    images = asked(server)["messages"][-1]["images"]
    assert [b64decode(image)[:3] for image in images] == [b"\xff\xd8\xff"] * 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("empty.txt", "empty.txt is empty."), ("tool.exe", "tool.exe is not a picture or a document that can be read.")],
)
def test_a_file_that_cannot_be_read_is_one_line(
    server: ScriptedServer, tmp_path: Path, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(b"MZ\x90\0\0" if name.endswith(".exe") else b"")
    assert main(["ask", "--file", str(tmp_path / name), "What is this?"]) == ExitCode.USAGE
    assert capsys.readouterr() == ("", sentence + "\n")
    assert server.requests == []


def test_a_missing_file_is_one_line(server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--file", "nowhere/report.pdf", "What is this?"]) == ExitCode.USAGE
    output = capsys.readouterr().err
    assert output.count("\n") <= 2
    assert "report.pdf" in output


def test_documents_that_exceed_every_context_are_not_cut(
    serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(scripted_ollama(ScriptedAnswer(("Yes.",)), (ScriptedModel("small", context_length=4096),)))
    (tmp_path / "long.txt").write_text("A promise of the year.\n" * 5_000, "utf-8")
    assert main(["ask", "--file", str(tmp_path / "long.txt"), "What was promised?"]) == ExitCode.REFUSED
    assert "/api/chat" not in {request.path for request in server.requests}
    assert "small reads at most 4,096." in capsys.readouterr().err


def test_json_names_the_files(server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(DOCUMENTS / "report-en.pdf")
    assert main(["ask", "--json", "--file", file, "What was promised?"]) == ExitCode.ANSWERED
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines[:2]] == ["start", "file"]
    document = lines[1]
    assert (document["name"], document["kind"], document["unit"], document["count"]) == (
        "report-en.pdf",
        "pdf",
        "page",
        1,
    )
    assert document["tokens"] > 20
    assert document["size"] == Path(file).stat().st_size


def test_the_progress_of_reading_is_shown_on_a_terminal(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["ask", "--file", str(DOCUMENTS / "report-en.pdf"), "What was promised?"]) == ExitCode.ANSWERED
    output = capsys.readouterr().err
    assert "Reading report-en.pdf, 1 of 1…\r" in output
    assert output.endswith("\r\033[K")
