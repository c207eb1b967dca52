"""A program on a screen without OpenGL that opens a page, and tells the colour it sees on the screen."""

import os
import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.engine.chromium import prepare_environment
from tests.preview.desk import Desk, wait_until


def main() -> None:
    prepare_environment(os.environ)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["undriven"])
    desk = Desk()
    desk.show()
    QTest.qWaitForWindowExposed(desk)
    desk.open("<body style='background: lime'>")
    place = desk.stage.mapToGlobal(desk.stage.rect().center())

    def seen() -> str:
        return desk.screen().grabWindow(0, place.x(), place.y(), 1, 1).toImage().pixelColor(0, 0).name()

    wait_until(lambda: seen() not in {"#000000", "#ffffff"})
    colour = seen()
    desk.take_down()
    application.processEvents()
    sys.stdout.write(colour)


if __name__ == "__main__":
    main()
