"""`dev.py shots` draws scenes of all kinds; the screens themselves are for people to look at."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT
from tests.shots.__main__ import main

PAINTS_BADLY = """
import runpy, sys
from chatdesk.features.chat.ui.title_row import TitleRow
def paint(self, event):
    raise ValueError("no colour")
TitleRow.paintEvent = paint
runpy.run_module("tests.shots.draw", run_name="__main__")
"""
SCENES = (
    "01-everything",
    "01-folders-new-chat",
    "01-folders-defaults",
    "03-snake-cards",
    "05-form",
    "06-models",
    "07-settings-servers",
    "09-palette",
    "13-outline-narrow",
    "15-desk",
)


def test_ten_scenes_are_drawn(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.shots", str(tmp_path), "--scale=1", "--look=light-en", *SCENES]
    drawing = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False, cwd=ROOT)
    assert drawing.returncode == 0, drawing.stdout + drawing.stderr
    for scene in SCENES:
        image = QImage(str(tmp_path / f"{scene}-light-en-1x.png"))
        shown = image.scaled(64, 64).convertToFormat(QImage.Format.Format_RGB32)
        colours = {shown.pixel(x, y) for x in range(64) for y in range(64)}
        assert len(colours) > 5, scene  # an empty window has one or two


def test_an_error_while_painting_is_reported_and_is_a_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PAINTS_BADLY, str(tmp_path), "1", "", "light-en", "06-models"]
    drawing = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False, cwd=ROOT)
    assert drawing.returncode != 0
    assert "no colour" in drawing.stderr + drawing.stdout


def test_a_process_that_dies_at_one_scale_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = iter((-signal.SIGSEGV, 0))
    monkeypatch.setattr(subprocess, "call", lambda *_command, **_options: next(codes))
    assert main([str(tmp_path), "06-models"]) == 1
    assert "SIGSEGV" in capsys.readouterr().err


def test_a_size_replaces_that_of_the_scene(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.shots", str(tmp_path), "--scale=1", "--look=light-en", "--size=900x600"]
    subprocess.run([*command, "06-models"], timeout=PROCESS_TIMEOUT, check=True, capture_output=True, cwd=ROOT)
    image = QImage(str(tmp_path / "06-models-900x600-light-en-1x.png"))
    assert (image.width(), image.height()) == (900, 600)
