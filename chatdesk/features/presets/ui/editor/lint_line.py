"""List of hints below a prompt editor. A click or Enter on a hint moves the cursor to its position."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.lint import Hint, HintKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.wrapped_text import WrappedText
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label


def hint_text(hint: Hint) -> str:
    """Return the sentence for a hint, with advice if it helps."""
    translate = QCoreApplication.translate
    match hint.kind:
        case HintKind.EMPTY_SECTION:
            text = translate("PromptHints", "“{section}” is empty.")
        case HintKind.SECTION_TWICE:
            text = translate("PromptHints", "“{section}” occurs twice.")
        case HintKind.NO_STEPS:
            text = translate("PromptHints", "“{section}” has no steps. Write one step per line.")
        case HintKind.TWO_LANGUAGES:
            text = translate("PromptHints", "The prompt asks for answers in two languages: {name}, and here {other}.")
        case HintKind.LONG:
            text = translate(
                "PromptHints", "The prompt is very long. Models with a small context may forget part of it."
            )
        case HintKind.MISSPELT_VARIABLE:
            text = translate("PromptHints", "The variable “{name}” is not declared. Did you mean “{other}”?")
        case HintKind.UNUSED_VARIABLE:
            text = translate("PromptHints", "The variable “{name}” is not used.")
        case HintKind.REQUIRED_UNUSED:
            text = translate("PromptHints", "“{name}” is required, but is not used.")
        case HintKind.NO_CHOICES:
            text = translate("PromptHints", "“{name}” is a choice variable without choices.")
        case _:
            assert_never(hint.kind)
    details = dict(zip(("name", "other"), hint.detail, strict=False))
    return text.format(section=hint.section, **details)


_MAX_SHOWN = 5


class LintLine(Translated, QWidget):
    """Takes no space without hints. `chosen` carries the `Hint`; a hint without a position is about a variable or the whole prompt."""

    chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hints: tuple[Hint, ...] = ()
        self._rows: list[_HintRow] = []
        self._more = Label(appearance, "caption", "textTertiary", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)
        self.hide()
        appearance.bind(self._restyle)
        self._retranslate()

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show the first of these hints. The keyboard focus is kept as long as there is a row."""
        if tuple(hints) == self._hints:
            return
        self._hints = tuple(hints)
        shown = self._hints[:_MAX_SHOWN]
        while len(self._rows) > len(shown):
            row = self._rows.pop()
            if row.hasFocus() and self._rows:
                self._rows[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(shown):
            row = _HintRow(self._appearance, self)
            row.chosen.connect(self.chosen)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, hint in zip(self._rows, shown, strict=True):
            row.show_hint(hint)
        self._show_more()
        self.setVisible(bool(shown))

    def _show_more(self) -> None:
        left = len(self._hints) - _MAX_SHOWN
        self._more.set_text(self.tr("%n more hint(s)", "", left) if left > 0 else "")
        self._more.setVisible(left > 0)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._more.setContentsMargins(theme.length("s") + theme.length("icon.small") + theme.length("s"), 0, 0, 0)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Hints about the prompt"))
        for row in self._rows:
            row.show_hint(row.hint)
        self._show_more()


class _HintRow(QAbstractButton):
    """An icon and a sentence, wrapped to as many lines as needed."""

    chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.hint: Hint
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: self.chosen.emit(self.hint))
        appearance.changed.connect(self.updateGeometry)

    def show_hint(self, hint: Hint) -> None:
        """Show a hint."""
        self.hint = hint
        self.setText(hint_text(hint))
        self.updateGeometry()
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle for the focus ring and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.small")

    @property
    def _inset(self) -> int:
        theme = self._appearance.theme
        return theme.length("s") + theme.length("icon.small") + theme.length("s")

    def _lines(self, width: int) -> WrappedText:
        theme = self._appearance.theme
        available = width - self._inset - theme.length("s")
        alignment = self.style().visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        return WrappedText(self.text(), theme.font("caption"), theme.line("caption"), available, alignment)

    def sizeHint(self) -> QSize:
        """Return a small width, because the sentence wraps."""
        least = self._appearance.theme.length("sidebarMin")
        return QSize(least, self.heightForWidth(least))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped lines with their margins."""
        return self._lines(width).height + 2 * self._appearance.theme.length("xs")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter like a click."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        if overlay := overlay_color(theme, state):
            draw_box(painter, QRectF(self.rect()), theme.length("radius.small"), overlay)
        size, above = theme.length("icon.small"), theme.length("xs")
        sign = QRectF(theme.length("s"), above, size, theme.line("caption"))
        text_rect = QRectF(self.rect()).adjusted(self._inset, above, -theme.length("s"), -above)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            sign.moveRight(self.width() - theme.length("s"))
            text_rect.moveLeft(theme.length("s"))
        draw_icon(painter, theme, "lightbulb", theme.color("warning"), sign, size)
        self._lines(self.width()).draw(painter, text_rect, theme.color("textSecondary"))
