"""A sample of an answer in the current fonts and sizes."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label

_CODE = (
    (("codeKeyword", "def "), ("codeFunction", "future_value"), ("codeText", "(p, r, n, t):")),
    (
        ("codeKeyword", "    return "),
        ("codeText", "p * ("),
        ("codeNumber", "1"),
        ("codeText", " + r / n) ** (n * t)  "),
        ("codeComment", "# 0O 1lI 复利"),
    ),
)
"""Lines of pairs of a colour token and text. The comment has characters that are hard to tell apart in some fonts."""


class ReadingPreview(Translated, Card):
    """A card with a paragraph and a code block."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._text = Label(appearance, "reading", "text", self, wrap=True)
        self._code = _CodeSample(appearance, self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._text)
        self._column.addWidget(self._code)
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(*[theme.length("l")] * 4)
        self._column.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        self._text.set_text(
            self.tr(
                "Compound interest grows on itself: each month, interest is paid on the interest of the month before."
            )
            + " 复利：利息也会生息。"
        )


class _CodeSample(Card):
    """A code block. It is clipped in a narrow window."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent, fill="sunken", radius="radius.control")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.bind(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return QSize(0, len(_CODE) * theme.line("code") + 2 * theme.length("m"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._appearance.theme
        font, height, padding = theme.font("code"), theme.line("code"), theme.length("m")
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for number, line in enumerate(_CODE):
            x = float(padding)
            y = padding + number * height + (height + metrics.ascent() - metrics.descent()) / 2
            for color, text in line:
                painter.setPen(theme.color(color))
                painter.drawText(QPointF(x, y), text)
                x += metrics.horizontalAdvance(text)
