import subprocess
import sys

from tests.own_time import PROCESS_TIMEOUT

PREPARED = """
import asyncio, sys
from chatdesk.app.plain_imports import load_pyside
load_pyside()
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
transcript = LazyTranscript(None, None, None, None)
transcript._view._value = transcript  # one that exists already
asyncio.run(transcript.prepare())
missing = {"markdown_it", "chatdesk.rendering.code.language_guess"} - sys.modules.keys()
sys.exit(f"not loaded: {missing}" if missing else 0)
"""


def test_what_the_first_answer_needs_is_loaded_before_it_comes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PREPARED], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr


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
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr
