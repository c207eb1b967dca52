"""Folders for temporary files, and what a killed program has left of them."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from chatdesk.kernel.temporary_folder import remove_abandoned, temporary_folder

KILLED = """
import os, signal
from chatdesk.kernel.temporary_folder import temporary_folder
with temporary_folder() as folder:
    (folder / "copy.sqlite").write_text("a chat")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def system_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system has for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def make_older(path: Path, hours: float) -> None:
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


def test_a_folder_is_private_and_removed_with_its_files(system_folder: Path) -> None:
    with temporary_folder() as folder:
        (folder / "copy").write_text("a chat")
        assert folder.parent == system_folder
        assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
    assert list(system_folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")
def test_what_a_killed_program_left_is_removed_a_day_later(system_folder: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(system_folder)}
    subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False)
    (left,) = system_folder.iterdir()
    remove_abandoned()
    assert left.exists(), "another window may still use it"
    make_older(left, 25)
    remove_abandoned()
    assert not left.exists()


def test_files_of_others_stay(system_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "letter").write_text("dear")
    (system_folder / "chatdesk-temporary-link").symlink_to(elsewhere, target_is_directory=True)
    (system_folder / "chatdesk-temporary-file").write_text("a file")
    (system_folder / "another program").mkdir()
    for path in system_folder.iterdir():
        make_older(path, 25)
    remove_abandoned()
    assert len(list(system_folder.iterdir())) == 3
    assert (elsewhere / "letter").exists()
