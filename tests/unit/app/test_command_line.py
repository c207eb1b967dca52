"""Which arguments are files to open, and which are verbs."""

import sys
from pathlib import Path

import pytest

from chatdesk.app import command_line


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """What the window was asked to open; the working folder holds `chat.json`, `ask` and a file with a space."""
    monkeypatch.chdir(tmp_path)
    for name in ("chat.json", "ask", "my preset.md"):
        (tmp_path / name).write_text("x")
    files: list[Path] = []
    monkeypatch.setattr(command_line, "_window", lambda *, quick=False, files=(), heard=files: heard.extend(files) or 0)
    return files


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["chat.json"], ["chat.json"]),
        (["my preset.md", "chat.json"], ["my preset.md", "chat.json"]),
        (["./ask"], ["ask"]),
        (["--", "ask"], ["ask"]),
        (["./gone.json"], ["gone.json"]),
        (["chat.json", "--version"], ["chat.json", "--version"]),
    ],
)
def test_files_are_opened_by_their_whole_paths(
    opened: list[Path], tmp_path: Path, arguments: list[str], expected: list[str]
) -> None:
    assert command_line.main(arguments) == 0
    assert opened == [tmp_path / name for name in expected]


@pytest.mark.skipif(sys.platform == "win32", reason="its addresses are others")
def test_an_address_of_a_file_is_its_path(opened: list[Path], tmp_path: Path) -> None:
    command_line.main([f"file://{tmp_path}/my%20preset.md"])
    assert opened == [tmp_path / "my preset.md"]


@pytest.mark.parametrize("arguments", [["aks", "chat.json"], ["--nonsense"], ["-x", "chat.json"]])
def test_a_slip_in_a_verb_is_reported_and_opens_nothing(
    opened: list[Path], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(arguments) == 2
    assert opened == []
    assert "FILE" in capsys.readouterr().err
