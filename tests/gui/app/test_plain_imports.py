import subprocess
import sys

from tests.own_time import PROCESS_TIMEOUT


def test_pyside_does_not_read_the_source_of_what_is_imported_after_it() -> None:
    code = """
import linecache, sys
from chatdesk.app.plain_imports import load_pyside
load_pyside()
import chatdesk.app.shell.main_window
read = [file for file in linecache.cache if "chatdesk" in file]
sys.exit(f"read: {read[:3]}" if read else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_pyside_loads_without_its_stub_generator_and_still_explains_wrong_arguments() -> None:
    code = """
import sys
from chatdesk.app.plain_imports import load_pyside
load_pyside()
from PySide6.QtCore import QRect
try:
    QRect(0, 0, 1, "a")
except TypeError as error:
    message = str(error)
assert "Supported signatures" in message, message
assert not {"argparse", "shibokensupport.signature.lib.pyi_generator"} & sys.modules.keys()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr


_RACE = """
import asyncio, faulthandler, sys, threading
from chatdesk.app.plain_imports import create_qt_classes, load_pyside
faulthandler.dump_traceback_later(100, exit=True)
load_pyside()
import chatdesk.app.window
from PySide6 import QtCore, QtGui, QtWidgets
asyncio.run(create_qt_classes())
sys.setswitchinterval(1e-4)
enums = [
    (QtCore, "QEasingCurve", "Type"), (QtCore, "QEvent", "Type"), (QtCore, "QLocale", "Language"),
    (QtGui, "QPainter", "RenderHint"), (QtGui, "QPalette", "ColorRole"), (QtGui, "QFont", "Weight"), (QtGui, "QTextCursor", "MoveMode"),
    (QtWidgets, "QFrame", "Shape"), (QtWidgets, "QTabBar", "Shape"),
    (QtWidgets, "QSizePolicy", "Policy"), (QtWidgets, "QStyle", "ControlElement"),
]
failed = []

def look_up(barrier, module, name, enum):
    barrier.wait()
    try:
        getattr(getattr(module, name), enum)
    except AttributeError as error:
        failed.append(str(error))

for module, name, enum in enums:
    barrier = threading.Barrier(3)
    threads = [threading.Thread(target=look_up, args=(barrier, module, name, enum)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
sys.exit(f"failed: {failed}" if failed else 0)
"""


def test_threads_may_use_the_same_class_at_the_same_time_after_the_start() -> None:
    """Without `create_qt_classes` the threads wait forever or miss an enum nearly every time."""
    done = subprocess.run(
        [sys.executable, "-c", _RACE], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr
