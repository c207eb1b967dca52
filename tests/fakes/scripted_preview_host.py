"""A stage without a web engine: what its page says, asks for and ends of is what the test says."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from chatdesk.features.previews.ui.panel.preview_host import (
    NO_MEMORY,
    ConsoleLine,
    DrawingDone,
    Ending,
    Obstacle,
    PageMemory,
    PreviewEvents,
    Severity,
)
from chatdesk.kernel.chat.stored_items import StoredItems


class ScriptedPreviewHost:
    """See `Stage`. `opened` has the pages that ran, in their order."""

    def __init__(self, parent: QWidget) -> None:
        self.widget: QWidget = _Picture(parent)
        self.events = PreviewEvents(self.widget)
        self.console: list[ConsoleLine] = []
        self.blocked: Mapping[str, int] = {}
        self.opened: list[bytes] = []
        self.memory = NO_MEMORY
        """What the last page was given."""
        self.last_words: StoredItems | None = None
        """What it tells when it is asked before it goes."""
        self.runs = False
        self.paused = False
        self.stopped = False
        self.pointer_granted = False
        self.factor = 1.0

    @property
    def errors(self) -> int:
        return sum(line.times for line in self.console if line.severity is Severity.ERROR)

    def open(self, content: bytes, memory: PageMemory = NO_MEMORY) -> None:
        self.opened.append(content)
        self.memory, self.last_words = memory, None
        self.runs, self.paused = True, False
        self.console, self.blocked = [], {}

    def request_stored_items(self, then: Callable[[], None]) -> None:
        if self.last_words is not None:
            self.events.stored.emit(self.memory.key, self.last_words)
        then()

    def close_page(self) -> None:
        self.runs = False

    def stop(self) -> None:
        self.stopped = True
        self.end(Ending.STOPPED)

    def set_paused(self, *, paused: bool) -> None:
        self.paused = paused

    def set_zoom(self, factor: float) -> None:
        self.factor = factor

    def grant_pointer(self) -> None:
        self.pointer_granted = True

    def clear_console(self) -> None:
        self.console = []

    def picture(self) -> QPixmap:
        return self.widget.grab()

    # What the page does.

    def says(self, *lines: ConsoleLine) -> None:
        self.console += lines
        self.events.console_changed.emit()

    def stores(self, **items: str) -> None:
        """Put something into its storage, and be asked for it."""
        self.events.stored.emit(self.memory.key, tuple(items.items()))

    def asks_for(self, **hosts: int) -> None:
        self.blocked = {host.replace("_", "."): times for host, times in hosts.items()}
        self.events.blocked_changed.emit()

    def end(self, why: Ending) -> None:
        self.runs = False
        self.events.ended.emit(why)


class ScriptedPreviewHosts:
    """See `PreviewHosts`."""

    def __init__(self, obstacle: Obstacle | None = None) -> None:
        self._obstacle = obstacle
        self.made: list[ScriptedPreviewHost] = []
        self.idle_checks: list[Callable[[], bool]] = []
        """What each warming up asks before it stands still."""
        self.warming_stopped = False
        self.drawings: list[tuple[bytes, DrawingDone]] = []
        """The pages that draw a picture, each with what wants it."""
        self.cancelled = 0

    @property
    def host(self) -> ScriptedPreviewHost:
        assert self.made, "no page has run"
        return self.made[-1]

    def obstacle(self) -> Obstacle | None:
        return self._obstacle

    def warm_up(self, _parent: QObject, is_idle: Callable[[], bool]) -> None:
        self.idle_checks.append(is_idle)

    def stop_warm_up(self) -> None:
        self.warming_stopped = True

    def draw(self, content: bytes, max_pixels: int, done: DrawingDone, parent: QObject) -> Callable[[], None]:
        drawing = (content, done)
        self.drawings.append(drawing)

        def cancel() -> None:
            self.cancelled += 1
            self.drawings.remove(drawing)

        return cancel

    def answer_drawing(
        self, width: int = 300, height: int = 120, scale: float = 1.0, reason: str = "", png: bytes = b""
    ) -> None:
        """Give a picture, a blue one without `png`, or a reason for none, to the drawing that has waited longest."""
        _content, done = self.drawings.pop(0)
        if png:
            done(png, scale, "")
            return
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        picture.fill("#2266aa")
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "png")
        done(b"" if reason else data.data(), scale, reason)

    def make(self, parent: QWidget) -> ScriptedPreviewHost:
        self.made.append(ScriptedPreviewHost(parent))
        return self.made[-1]


class _Picture(QWidget):
    """What stands for the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A game, so that pictures of the window look like one."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), "#0c1a14")
        side = min(self.width(), self.height()) * 3 // 4
        board = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter.fillRect(board, "#11261d")
        cell = side // 20
        for x, y in ((8, 12), (8, 11), (8, 10), (9, 10), (10, 10), (11, 10), (12, 10)):
            painter.fillRect(board.x() + x * cell + 1, board.y() + y * cell + 1, cell - 2, cell - 2, "#4cbf74")
        painter.fillRect(board.x() + 16 * cell, board.y() + 10 * cell, cell, cell, "#f2664f")
