"""What is said before the first token: what the server is doing, for how long, and how far it is where it tells."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from chatdesk.features.chat.ui.transcript.control_painter import write
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.stream_events import Stage, StageChanged

_BAR_WIDTH = 120
_SILENT_SECONDS = 2
"""Seconds are shown from here on: before, they would only flicker."""


class StageLine:
    """One line, as high as a reasoning strip's head. `seconds` and `turn` are told when it is painted: it has no clock."""

    def __init__(self) -> None:
        self._stage = StageChanged(Stage.CONNECTING)

    @property
    def stage(self) -> Stage:
        """What goes on."""
        return self._stage.stage

    @property
    def name(self) -> str:
        """What the server calls it; empty for nearly all."""
        return self._stage.name

    @property
    def progress(self) -> float | None:
        """How far it is, 0 to 1; None where the server does not tell."""
        done, total = self._stage.done, self._stage.total
        return min(1.0, done / total) if done is not None and total else None

    def change(self, stage: StageChanged) -> None:
        """Take over what the server tells."""
        self._stage = stage

    def words(self, page: PageContext, seconds: int) -> str:
        """Return what it says."""
        if self._stage.seconds is not None:
            return page.words.stage_until(self._stage.stage, self._stage.seconds)
        words = page.words.stage(self._stage.stage, self._stage.name)
        if self.progress is not None:
            return f"{words} {page.words.percent(self.progress)}"
        return f"{words} {page.words.duration(seconds)}" if seconds >= _SILENT_SECONDS else words

    def height(self, page: PageContext) -> int:
        """Return the height in pixels."""
        return page.theme.length("reasoningStrip")

    def paint(self, painter: QPainter, page: PageContext, seconds: int, turn: float) -> None:
        """Paint at the painter's origin. `turn` is where the spinner is, 0 to 1."""
        theme = page.theme
        rect = QRect(0, 0, 1, self.height(page))
        if self.progress is None:
            self._paint_spinner(painter, page, rect, turn)
            x = theme.length("icon.ui") + theme.length("s")
        else:
            x = self._paint_bar(painter, page, rect, self.progress) + theme.length("m")
        font = theme.font("ui")
        words = self.words(page, seconds)
        write(painter, words, font, theme.color("textSecondary"), x, rect)

    def spinner_rect(self, page: PageContext) -> QRect:
        """Return what has to be painted when the spinner turns."""
        size = page.theme.length("icon.ui")
        return QRect(QPoint(0, (self.height(page) - size) // 2), QPoint(size, (self.height(page) + size) // 2))

    def _paint_spinner(self, painter: QPainter, page: PageContext, rect: QRect, turn: float) -> None:
        theme = page.theme
        size, stroke = theme.length("icon.ui"), theme.stroke("icon")
        box = QRectF(0, (rect.height() - size) / 2, size, size).adjusted(stroke, stroke, -stroke, -stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, round(-turn * 360 * 16), 270 * 16)

    def _paint_bar(self, painter: QPainter, page: PageContext, rect: QRect, progress: float) -> int:
        theme = page.theme
        width, height = round(_BAR_WIDTH * theme.scale), theme.length("xs")
        track = QRectF(0, (rect.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("borderDefault"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        painter.setBrush(theme.color("accent"))
        track.setWidth(max(height, width * progress))
        painter.drawRoundedRect(track, height / 2, height / 2)
        return width
