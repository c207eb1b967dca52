"""Numbered steps of a form: a badge with the number or a check mark, a title, and the content below it."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label


class StepState(Enum):
    """Progress of a step."""

    DONE = auto()
    DUE = auto()
    """The user's next step."""
    LATER = auto()


class Step(Translated, QWidget):
    """A step. A line leads to the next one unless it is the last."""

    def __init__(self, appearance: Appearance, number: int, content: QWidget, *, is_last: bool = False) -> None:
        super().__init__()
        self._appearance = appearance
        self._number = number
        self._is_last = is_last
        self._state = StepState.LATER
        self._title = Label(appearance, "ui", "text", strong=True, wrap=True)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addWidget(content)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def state(self) -> StepState:
        """The current state."""
        return self._state

    def set_title(self, title: str) -> None:
        """Set the title."""
        self._title.set_text(title)
        self._retranslate()

    def set_state(self, state: StepState) -> None:
        """Set the state."""
        if state is not self._state:
            self._state = state
            self._retranslate()
            self.update()

    def _retranslate(self) -> None:
        number = f"{self._number}. {self._title.text()}"
        done = self.tr("{step}, done").format(step=number)
        self.setAccessibleName(done if self._state is StepState.DONE else number)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        bottom = 0 if self._is_last else theme.length("l")
        self._layout.setContentsMargins(theme.length("xxl") + theme.length("l"), 0, 0, bottom)
        self._layout.setSpacing(theme.length("xs"))
        self._title.setMinimumHeight(theme.length("xxl"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        side, gap = theme.length("xxl"), theme.length("xs")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        badge = QRectF(0, 0, side, side)
        if self._state is StepState.DONE:
            border = theme.color("success") if theme.scheme.high_contrast else None
            draw_box(painter, badge, side / 2, theme.color("successSoft"), border)
            draw_icon(painter, theme, "check", theme.color("success"), badge, theme.length("icon.small"))
        else:
            is_due = self._state is StepState.DUE
            width = theme.stroke("focus" if is_due else "border")
            draw_box(painter, badge, side / 2, None, theme.color("accent" if is_due else "borderControl"), width)
            painter.setFont(theme.font("caption", strong=True))
            draw_text(
                painter,
                badge,
                str(self._number),
                theme.color("accentText" if is_due else "textSecondary"),
                Qt.AlignmentFlag.AlignCenter,
            )
        if not self._is_last:
            start = QPointF(side / 2, side + gap)
            draw_line(painter, start, self.height() - start.y() - gap, theme.color("borderDefault"), vertical=True)
