import subprocess
import sys


def test_the_window_is_there_without_what_it_needs_later() -> None:
    code = """
import sys
from chatdesk.app.plain_imports import load_pyside
load_pyside()
import chatdesk.app.window
later = {"markdown_it", "pygments", "ziamath", "httpx", "keyring", "PySide6.QtNetwork", "xml", "urllib.request"}
loaded = {name for name in later if name in sys.modules}
sys.exit(f"loaded at the start: {loaded}" if loaded else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
