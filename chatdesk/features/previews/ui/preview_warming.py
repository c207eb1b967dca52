"""Has the preview's engine started while a page is still being written, and stands still for it only when nobody is busy."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor, QGuiApplication

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.previews.ui.kind_names import DRAWN_LANGUAGES
from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts
from chatdesk.kernel.chat.message import MessageState
from chatdesk.rendering.markdown.blocks import Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language

_CALM_SECONDS = 0.6
_NEWEST = 3
"""Blocks at the end of an answer that are looked at each time it grows: several may come at once, and nothing here may grow with it."""


class PreviewWarming(QObject):
    """Looks at answers that stream, until one has code that somebody will want to see: `code_begins`."""

    code_begins = Signal()

    def __init__(
        self,
        preview_hosts: PreviewHosts,
        transcript: TranscriptView,
        composer: Composer,
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._preview_hosts = preview_hosts
        self._transcript = transcript
        self._composer = composer
        self._clock = clock
        self._doings: object = None
        self._since = clock()
        self._looking = True
        transcript.message_changed.connect(self._look)

    def stop(self) -> None:
        """Begin nothing any more, and let nothing go on."""
        self._end_looking()
        self._preview_hosts.stop_warming()

    def _look(self, index: int) -> None:
        document = self._transcript.document
        item = document.known(index)
        if item is None or document.message(index).state is not MessageState.STREAMING:
            return
        newest = item.blocks(TEXT)[-_NEWEST:]
        if any(isinstance(block, Code) and fence_language(block.info) in DRAWN_LANGUAGES for block in newest):
            self._end_looking()
            self._preview_hosts.warm_up(self, self._is_calm)
            self.code_begins.emit()

    def _end_looking(self) -> None:
        if self._looking:
            self._looking = False
            self._transcript.message_changed.disconnect(self._look)

    def _is_calm(self) -> bool:
        """Whether for a while nobody has typed or moved the mouse. To be asked again and again."""
        doings = self._composer.text(), QCursor.pos().toTuple(), QGuiApplication.mouseButtons()
        if doings != self._doings:
            self._doings, self._since = doings, self._clock()
        return self._clock() - self._since >= _CALM_SECONDS
