"""A run that draws one diagram without showing it, and answers with its picture. What comes from the page is untrusted."""

import json
from base64 import b64decode

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.previews.web_engine.page_source import register_scheme
from chatdesk.features.previews.web_engine.run import End, Processes, Run
from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.ui_kit.pictures.decoding import declared_size

_POLL_MILLISECONDS = 50
_MAX_PROCESSOR_SECONDS = 5.0
_TIMEOUT_MILLISECONDS = 30_000
"""Ends a page that waits. One that draws while a local model uses all processors may take longer than on an idle computer."""
_MAX_ANSWER_LENGTH = 24_000_000
_PREFIX = "data:image/png;base64,"
_SCRIPT = """
(() => {
  const output = document.getElementById("chatdesk-picture");
  return output && output.textContent.length <= %d ? output.textContent : null;
})()
"""


class DiagramRun(QObject):
    """`finished` carries the PNG and the pixels for each of the diagram's own, or no bytes and the reason."""

    finished = Signal(bytes, float, str)

    def __init__(
        self,
        content: bytes,
        shims: str,
        processes: Processes,
        max_pixels: int,
        parent: QObject,
        max_processor_seconds: float = _MAX_PROCESSOR_SECONDS,
        timeout: int = _TIMEOUT_MILLISECONDS,
    ) -> None:
        """`max_processor_seconds` is for the process of the page; `timeout` is in milliseconds. Both count from loading the page."""
        super().__init__(parent)
        register_scheme()
        self._max_pixels = max_pixels
        self._max_processor_seconds = max_processor_seconds
        self._run: Run | None = Run(content, "text/html; charset=utf-8", shims, processes, self)
        self._run.ended.connect(self._on_ended)
        self._timer = QTimer(self, interval=_POLL_MILLISECONDS)
        self._timer.timeout.connect(self._poll)
        self._timeout = QTimer(self, interval=timeout, singleShot=True)
        self._timeout.timeout.connect(lambda: self._finish(b"", 0, ""))

    def begin(self) -> None:
        """Load the page."""
        if self._run:
            self._run.begin()
            self._timer.start()
            self._timeout.start()

    def cancel(self) -> None:
        """End without an answer."""
        self._close()

    def _poll(self) -> None:
        if self._run and self._run.processor_time() > self._max_processor_seconds:
            self._finish(b"", 0, "")
        elif self._run:
            self._run.evaluate(_SCRIPT % _MAX_ANSWER_LENGTH, self._on_answer)

    def _on_answer(self, answer: object) -> None:
        if not self._run or not isinstance(answer, str) or not answer:
            return
        picture, scale, reason = _read(answer, self._max_pixels)
        self._finish(picture, scale, reason)

    def _on_ended(self, _why: End) -> None:
        self._finish(b"", 0, "")

    def _finish(self, picture: bytes, scale: float, reason: str) -> None:
        if self._run:
            self._close()
            self.finished.emit(picture, scale, reason)

    def _close(self) -> None:
        run, self._run = self._run, None
        self._timer.stop()
        self._timeout.stop()
        if run:
            run.close()
            self.deleteLater()


def _read(answer: str, max_pixels: int) -> tuple[bytes, float, str]:
    """Return the picture, its scale and the reason for none in an answer of the page."""
    try:
        values = json.loads(answer)
        reason = values.get("reason", "")
        if reason:
            return b"", 0, str(reason)[:300]
        picture = b64decode(values["picture"].removeprefix(_PREFIX), validate=True)
        return (picture, float(values["scale"]), "") if _is_picture(picture, max_pixels) else (b"", 0, "")
    except (ValueError, TypeError, KeyError, AttributeError):
        return b"", 0, ""


def _is_picture(data: bytes, max_pixels: int) -> bool:
    """Return whether data looks like a PNG within the limit. It is decoded elsewhere."""
    size = declared_size(data) if picture_format(data) == "png" else None
    return size is not None and size.width() * size.height() <= max_pixels
