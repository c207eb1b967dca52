"""Hostile texts on the screen (cases 70-90), at full speed and whole: the window is not held up, memory is bounded, nothing is opened.

What the parser makes of them is counted in tests/unit/rendering/markdown/test_hostile_text.py; what they look like is in
test_hostile_text.py.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

PIECE = 8_000
"""Characters that come between two frames from a server on the same machine."""
LONGEST_HOLD = 0.5
"""Seconds of work for which nothing else may wait, on a slow machine."""
MOST_MEMORY = 300
"""Megabytes that one of these texts, shown twice, may take; they are 1 MB long at most."""

_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
CASES = {
    "70 quotes": ">" * 5_000 + " deep",
    "70 lists": "\n".join("  " * depth + "- item" for depth in range(600)),
    "71 backticks": "`" * 100_000,
    "71 an open fence": "```python\n" + "x = '1'\n" * 12_000,
    "71 fences": "```\na\n```\n" * 5_000,
    "72 brackets": "[" * 50_000,
    "72 links": "[a](https://b.example) " * 8_000,
    "72 emphasis": "*a* **b** " * 10_000,
    "73 a line of text": "x" * 400_000,
    "73 a line of Chinese": "中" * 200_000,
    "73 a line of code": "```\n" + "x" * 400_000 + "\n```",
    "73 an address": "https://a.example/" + "path/" * 40_000,
    "74 a wide table": "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + ("|" + "word|" * 50 + "\n") * 500,
    "74 a long table": "|a|b|c|d|e|\n|-|-|-|-|-|\n" + "|1|2|3|4|5|\n" * 5_000,
    "75 much text": "Some words of text here. " * 40_000,
    "76 right to left": ("שלום " * 40 + "\u202e\u2066abc `x\u202ey`\n\n") * 400,
    "77 combining marks": "Z" + "\u0301\u0323\u0334" * 33_000,
    "77 families": "👨‍👩‍👧‍👦🏳️‍🌈👍🏽\U000e0041\U0003ffff" * 4_000,
    "78 no characters": "a\0b\x1b[31m\ufffe\uffff\ud800 " * 8_000,
    "82 pictures": "![x](https://tracker.example/?q=1) <img src=http://x.example srcset=y> ![y][r]\n\n" * 500
    + "[r]: https://tracker.example/2 'title'",
    "83 files": "![x](file:///etc/passwd) ![y](C:\\x.png) ![z](//host/share) ![w](../x.png)\n\n" * 500,
    "84 data": f"![x](data:image/png;base64,{'A' * 400_000})\n\n![y](data:image/png;base64,{_PNG})",
    "85 drawings": "![x](data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>)\n\n"
    * 200,
    "86 html": "<script>alert(1)</script><iframe src=http://x.example></iframe><!-- <style> --><![CDATA[x]]>&amp;\n"
    * 2_000,
    "88 braces in math": "$" + "{" * 10_000 + "x" + "}" * 10_000 + "$ \\[" + "\\def\\a{\\a\\a}\\a" * 500 + "\\]",
    "88 open dollars": "$x " * 10_000,
    "89 drawings as code": "```mermaid\ngraph TD;\n" + "A-->B;\n" * 5_000 + "```\n",
    "90 code": "```no-such-language-at-all\n" + "x = 1\n" * 50_000 + "```",
    "90 code of one line": "```python\n" + "'(" * 100_000 + "\n```",
}


@contextmanager
def short() -> Iterator[None]:
    """Fail if what is done here holds up the window."""
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < LONGEST_HOLD


def short_turn() -> None:
    """Let the window do what is due, and fail if that holds it up."""
    with short():
        QCoreApplication.processEvents()


def most_memory() -> int:
    """Return how many megabytes this process has ever held; 0 where the system does not report it."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1_000_000 if sys.platform == "darwin" else 1_000)


def must_not(*_: object, **__: object) -> None:
    raise AssertionError("something was opened")


@pytest.mark.thorough
@pytest.mark.parametrize("name", CASES)
def test_it_streams_and_is_shown_without_holding_up_the_window(
    name: str, make_reader: Callable[..., Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, before = CASES[name], most_memory()
    for what in ("builtins.open", "socket.socket.connect", "socket.getaddrinfo"):
        monkeypatch.setattr(what, must_not)
    streamed = make_reader()
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for start in range(0, len(text), PIECE):
        with short():
            streamed.view.grow("m1", (TextDelta(text[start : start + PIECE]),))
            streamed.look()
    with short():
        streamed.view.change_message(answer(text))
        streamed.look()
    whole = make_reader()
    with short():
        whole.view.show_path([question("Go"), answer(text)], {})
        whole.look()
    for reader in (streamed, whole):
        reader.read(short_turn)
    for reader in (streamed, whole):
        with short():
            reader.press(Qt.Key.Key_Home)
            reader.look()
    columns = [reader.view.document[1].column(TEXT) for reader in (streamed, whole)]
    assert columns[0].blocks == columns[1].blocks
    assert most_memory() - before < MOST_MEMORY


@pytest.mark.parametrize(
    "form", ["![x]({uri})", "![x]({path})", "![x](<{path}>)", "words ![x]({uri})", "| ![x]({uri}) |\n|---|\n"]
)
def test_a_picture_on_this_computer_is_never_shown(form: str, reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "red.png"
    red = QImage(64, 64, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    assert red.save(str(file))
    reader.show([question("Go"), answer(form.format(uri=file.as_uri(), path=file))])
    shown = reader.look()
    colors = {shown.pixelColor(x, y).name() for x in range(0, shown.width(), 4) for y in range(0, shown.height(), 4)}
    assert "#ff0000" not in colors
    assert len(colors) > 1
