"""A program on a screen without OpenGL that opens a page, and tells the colour it sees on the screen."""

import os
import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.web_engine.chromium import prepare_environment
from tests.preview.harness import Harness, wait_until


def main() -> None:
    prepare_environment(os.environ)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["undriven"])
    harness = Harness()
    harness.show()
    QTest.qWaitForWindowExposed(harness)
    harness.open("<body style='background: lime'>")
    place = harness.host.mapToGlobal(harness.host.rect().center())

    def seen() -> str:
        return harness.screen().grabWindow(0, place.x(), place.y(), 1, 1).toImage().pixelColor(0, 0).name()

    wait_until(lambda: seen() not in {"#000000", "#ffffff"})
    colour = seen()
    harness.take_down()
    application.processEvents()
    sys.stdout.write(colour)


if __name__ == "__main__":
    main()
