"""Warm-up of the preview engine while an answer is being written; steps that block the UI run only while the user is idle."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor, QGuiApplication

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.previews.ui.kind_names import VISUAL_LANGUAGES
from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts
from chatdesk.kernel.chat.message import MessageState
from chatdesk.rendering.markdown.blocks import Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language

_IDLE_SECONDS = 0.6
_MAX_BLOCKS = 3
"""Number of blocks at the end of an answer to check whenever it grows: several can arrive at once, and the cost must stay constant."""


class PreviewWarmUp(QObject):
    """Watches streaming answers until one contains code with a visual result: `code_started`."""

    code_started = Signal()

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
        self._activity: object = None
        self._since = clock()
        self._is_watching = True
        transcript.message_changed.connect(self._on_message_changed)

    def stop(self) -> None:
        """Start no warm-up and stop a running one."""
        self._stop_watching()
        self._preview_hosts.stop_warm_up()

    def _on_message_changed(self, index: int) -> None:
        document = self._transcript.document
        item = document.loaded_item(index)
        if item is None or document.message(index).state is not MessageState.STREAMING:
            return
        newest = item.blocks(TEXT)[-_MAX_BLOCKS:]
        if any(isinstance(block, Code) and fence_language(block.info) in VISUAL_LANGUAGES for block in newest):
            self._stop_watching()
            self._preview_hosts.warm_up(self, self._is_user_idle)
            self.code_started.emit()

    def _stop_watching(self) -> None:
        if self._is_watching:
            self._is_watching = False
            self._transcript.message_changed.disconnect(self._on_message_changed)

    def _is_user_idle(self) -> bool:
        """Return whether the user has not typed or moved the mouse for a while. Must be called repeatedly."""
        activity = self._composer.text(), QCursor.pos().toTuple(), QGuiApplication.mouseButtons()
        if activity != self._activity:
            self._activity, self._since = activity, self._clock()
        return self._clock() - self._since >= _IDLE_SECONDS
