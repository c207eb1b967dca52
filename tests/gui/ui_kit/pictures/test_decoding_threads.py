"""Pictures are decoded on several threads while the window looks at others: nobody waits for anybody for ever."""

import subprocess
import sys

from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

PROGRAM = """
from threading import Thread
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from chatdesk.ui_kit.pictures.decoding import decode, picture_size
from tests.gui.features.chat.transcript.sample_pictures import picture

application = QGuiApplication([])
data = picture(64, 64)
threads = [Thread(target=lambda: [decode(data, QSize()) for _ in range(3000)]) for _ in range(2)]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):
    assert picture_size(data) == QSize(64, 64)
"""


def test_decoding_on_threads_never_locks_the_window() -> None:
    # In a process of its own: what it looks for stops everything, the clock of a test too.
    root = ROOT
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, check=True, timeout=PROCESS_TIMEOUT)
