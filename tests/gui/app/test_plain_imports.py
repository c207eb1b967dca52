import subprocess
import sys

from tests.own_time import PROCESS_PATIENCE


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
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
