"""A program that ends while a preview is open, in the way its argument says: `close` its window, `quit`,
be sent the `signal`
that the system sends, or just fall off the `end`. `slept` it stands still for a moment before, as in a computer's sleep.
"""

import os
import signal
import subprocess
import sys

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.web_engine.chromium import prepare_environment
from tests.preview.harness import Harness


def main(how: str) -> None:
    prepare_environment(os.environ)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["quitting"])
    harness = Harness()
    harness.show()
    harness.open("<h1>still here</h1><script>var n = 0; setInterval(() => document.title = n++, 1)</script>")
    if how == "close":
        QTimer.singleShot(0, harness.close)
        application.exec()
    elif how == "signal":
        signal.signal(signal.SIGTERM, lambda *_: application.quit())
        QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))
        awake = QTimer(interval=20)  # Python hears of a signal when it runs next
        awake.timeout.connect(lambda: None)
        awake.start()
        application.exec()
    elif how == "slept":
        assert harness.host.run
        assert harness.host.run.page
        everyone = [os.getpid(), harness.host.run.page.renderProcessPid()]
        waker = f"import os, time, signal; time.sleep(6); [os.kill(one, signal.SIGCONT) for one in {everyone}]"
        subprocess.Popen([sys.executable, "-c", waker])
        for one in reversed(everyone):
            os.kill(one, signal.SIGSTOP)
        harness.until_page("n > 3")
        QTimer.singleShot(0, application.quit)
        application.exec()
    elif how == "quit":
        QTimer.singleShot(0, application.quit)
        application.exec()
    sys.stdout.write("ended")


if __name__ == "__main__":
    main(sys.argv[1])
