"""A program that ends while a preview is open, in the way its argument says: `close` its window, `quit`, or just fall off the `end`."""

import os
import sys

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from chatdesk.preview.chromium import prepare_environment
from tests.preview.desk import Desk


def main(how: str) -> None:
    prepare_environment(os.environ)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["quitting"])
    desk = Desk()
    desk.show()
    desk.open("<h1>still here</h1><script>setInterval(() => document.title = Math.random(), 1)</script>")
    if how == "close":
        QTimer.singleShot(0, desk.close)
        application.exec()
    elif how == "quit":
        QTimer.singleShot(0, application.quit)
        application.exec()
    sys.stdout.write("ended")


if __name__ == "__main__":
    main(sys.argv[1])
