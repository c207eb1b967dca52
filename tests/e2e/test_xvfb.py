"""The screen of the end-to-end tests is a real one: Qt's X11 platform opens a window on it."""

import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.show()
print(application.platformName(), application.primaryScreen().size().width(), window.isVisible())
"""


def test_a_program_opens_its_window_on_the_screen(xvfb: dict[str, str]) -> None:
    command = [sys.executable, "-c", PROGRAM]
    result = subprocess.run(command, env=os.environ | xvfb, capture_output=True, text=True, check=False)
    assert result.stdout.split() == ["xcb", "1600", "True"], result.stderr
