"""The script beside an unpacked bundle adds it to the menu, in whatever folder it lies."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.system.instance_lock import InstanceLock
from tests.own_time import TIMEOUT
from tests.paths import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script for Linux")

LINUX = ROOT / "packaging/linux"
ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def unpacked(folder: Path) -> Path:
    """Return the script in a folder that holds what it needs of a bundle."""
    for inside in ("share/applications", "share/icons/hicolor/scalable/apps", "share/mime/packages"):
        (folder / inside).mkdir(parents=True)
    shutil.copy(LINUX / "chatdesk.mime.xml", folder / "share/mime/packages/chatdesk.xml")
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
    texts = []
    for quoted, plain in re.findall(r'"((?:[^"\\`$]|\\["`$\\])*)"(?= |$)|([^ "\\`$]+)', command):
        texts.append(re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%") or plain)
    return texts


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
    assert commands(entry) == [[program, "%F"], [program, "quick"]]
    assert (home / ".local/bin/chatdesk").resolve() == Path(program)
    assert (home / ".local/share/icons/hicolor/scalable/apps/chatdesk.svg").is_file()


OWN = (
    ".local/share/Chatdesk/chats.sqlite3",
    ".config/Chatdesk/settings.json",
    ".cache/Chatdesk/x",
    ".local/state/Chatdesk/l",
)


def lived_in(home: Path) -> None:
    """Have what Chatdesk keeps, and something beside it that is not its own."""
    for name in (*OWN, ".local/share/Chatdesk 2/a", ".config/other"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x", encoding="utf-8")


def left(home: Path) -> set[str]:
    """Return what of Chatdesk's is left, without what desktops look things up in."""
    names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() or path.is_symlink()}
    return {name for name in names if name.startswith(".") and not re.search(r"/mime/[^p]|mimeinfo.cache", name)}


@pytest.mark.parametrize("words", [("--remove",), ("--remove", "--keep")])
def test_what_was_added_is_taken_out_again_and_what_is_ones_own_stays(tmp_path: Path, words: tuple[str, ...]) -> None:
    script = unpacked(tmp_path / "unpacked")
    lived_in(tmp_path)
    before = left(tmp_path)
    run(script, tmp_path)
    assert left(tmp_path) > before
    assert "stay in" in run(script, tmp_path, *words)
    assert left(tmp_path) == before
    assert (tmp_path / "unpacked/chatdesk").is_file()


def test_chats_and_settings_go_too_where_one_says_so(tmp_path: Path) -> None:
    script = unpacked(tmp_path / "unpacked")
    lived_in(tmp_path)
    run(script, tmp_path)
    assert "are deleted" in run(script, tmp_path, "--remove", "--purge")
    assert left(tmp_path) == {".local/share/Chatdesk 2/a", ".config/other"}


@pytest.mark.parametrize(("answer", "goes"), [("yes\n", True), ("y\n", False), ("\n", False), ("\x04", False)])
def test_in_a_terminal_it_asks_and_only_a_whole_yes_deletes(tmp_path: Path, answer: str, goes: bool) -> None:
    script = unpacked(tmp_path / "unpacked")
    lived_in(tmp_path)
    run(script, tmp_path)
    leader, terminal = os.openpty()
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(["/bin/sh", script, "--remove"], env=environment, stdin=terminal, stdout=terminal) as asking:
        os.write(leader, answer.encode())
        assert asking.wait(TIMEOUT) == 0
    os.close(terminal)
    os.close(leader)
    assert (tmp_path / OWN[0]).exists() is not goes


def test_words_it_does_not_know_do_nothing(tmp_path: Path) -> None:
    script = unpacked(tmp_path / "unpacked")
    completed = subprocess.run(
        ["/bin/sh", script, "--delete"], env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (completed.returncode, completed.stdout) == (2, "")
    assert "--remove --purge" in completed.stderr
    assert left(tmp_path) == set()


@pytest.mark.skipif(not shutil.which("flock"), reason="not installed")
def test_nothing_is_removed_under_a_program_that_runs(tmp_path: Path) -> None:
    script = unpacked(tmp_path / "unpacked")
    lived_in(tmp_path)
    run(script, tmp_path)
    before = left(tmp_path)
    lock = InstanceLock(tmp_path / ".local/share/Chatdesk/instance.lock")
    assert lock.acquire()
    command = ["/bin/sh", script, "--remove", "--purge"]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    completed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lock.release()
    assert completed.returncode == 1
    assert "is running" in completed.stderr
    assert left(tmp_path) >= before
