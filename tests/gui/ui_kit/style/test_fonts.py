import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QFontDatabase, QGuiApplication

from tests.gui.conftest import RESOURCES
from tests.own_time import PROCESS_TIMEOUT

CHINESE = "Noto Sans CJK SC"
DRAW = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from chatdesk.ui_kit.style.fonts import Fonts
from chatdesk.ui_kit.style.tokens import Tokens

application = QGuiApplication([])
if sys.argv[1] == "ours":
    resources = Path(sys.argv[2])
    Fonts(resources / "fonts", Tokens.read(resources / "themes" / "tokens.json").code_families)
image = QImage(400, 30, QImage.Format.Format_Grayscale8)
image.fill(0)
font = QFont("{CHINESE}")
font.setPixelSize(15)
painter = QPainter(image)
painter.setPen("white")
painter.setFont(font)
painter.drawText(QPointF(5, 22), "每个计息期按年利率的一部分计息")
painter.end()
print(sum(bytes(image.constBits())))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only FreeType does so")
def test_light_chinese_letters_on_dark_are_thinner_than_qt_makes_them(qapp: QGuiApplication) -> None:
    if not QFontDatabase.hasFamily(CHINESE):
        pytest.skip("needs the font")
    assert ink("ours") < 0.92 * ink("Qt's")


def ink(whose: str) -> int:
    """Sum of all light that Chinese text gives, drawn by a process of its own: FreeType begins once in each."""
    environment = {name: value for name, value in os.environ.items() if name != "FREETYPE_PROPERTIES"}
    command = [sys.executable, "-c", DRAW, whose, str(RESOURCES)]
    return int(subprocess.check_output(command, env=environment, timeout=PROCESS_TIMEOUT))
