"""PySide6 6.12.0 loses a reference to None on every void call under Python 3.11, and dies after some hours; the locked version must not."""

import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
application = QCoreApplication([])
timer = QTimer()
before = sys.getrefcount(None)
for _ in range(10_000):
    timer.setInterval(5)
print(sys.getrefcount(None) - before)
"""


def test_calls_into_qt_keep_the_references_to_none() -> None:
    output = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout
    assert abs(int(output)) < 100, "from Python 3.12 on None is immortal, and this shows nothing"
