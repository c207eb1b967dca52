"""The script beside an unpacked bundle adds it to the menu, in whatever folder it lies."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script for Linux")

LINUX = Path(__file__).parents[3] / "packaging/linux"
ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def unpacked(folder: Path) -> Path:
    """Return the script in a folder that holds what it needs of a bundle."""
    for inside in ("share/applications", "share/icons/hicolor/scalable/apps"):
        (folder / inside).mkdir(parents=True)
    shutil.copy(LINUX / "chatdesk.desktop", folder / "share/applications")
    (folder / "share/icons/hicolor/scalable/apps/chatdesk.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "chatdesk").write_text("#!/bin/sh\n", encoding="utf-8")
    return Path(shutil.copy(LINUX / "install.sh", folder))


def run(script: Path, home: Path, *words: str) -> str:
    """Run it as the person whose home this is, and return what it says."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    made = subprocess.run(
        ["/bin/sh", script, *words], env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return made.stdout


def commands(entry: Path) -> list[list[str]]:
    """Return what each Exec of an entry starts, read as the Desktop Entry Specification says: first the text, then the quotes, then %."""
    lines = entry.read_text("utf-8").splitlines()
    texts = [line.removeprefix("Exec=") for line in lines if line.startswith("Exec=")]
    return [arguments(re.sub(r"\\(.)", lambda found: ESCAPES[found[1]], text)) for text in texts]


def arguments(command: str) -> list[str]:
    words = []
    for quoted, plain in re.findall(r'"((?:[^"\\`$]|\\["`$\\])*)"(?= |$)|([^ "\\`$]+)', command):
        words.append(re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%") or plain)
    return words


@pytest.mark.parametrize(
    "name", ["plain", "with spaces", "对话 文件夹", "100 %u", 'a"b', "a`b", "a$HOME", "a\\b", '\\"`$&\\\\n']
)
def test_the_menu_starts_the_program_in_the_folder_where_it_lies(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    script = unpacked(home / "unpacked")
    said = run(script, home)
    assert str(home / ".local/bin/chatdesk") in said
    program = str(home / "unpacked/chatdesk")
    entry = home / ".local/share/applications/chatdesk.desktop"
    assert commands(entry) == [[program], [program, "quick"]]
    assert (home / ".local/bin/chatdesk").resolve() == Path(program)
    assert (home / ".local/share/icons/hicolor/scalable/apps/chatdesk.svg").is_file()


def test_what_was_added_is_taken_out_again(tmp_path: Path) -> None:
    script = unpacked(tmp_path / "unpacked")
    run(script, tmp_path)
    run(script, tmp_path, "--remove")
    assert [path for path in (tmp_path / ".local").rglob("*") if not path.is_dir() or path.is_symlink()] == []
    assert (tmp_path / "unpacked/chatdesk").is_file()
