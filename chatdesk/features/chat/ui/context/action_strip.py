"""A strip above the composer with a sentence and buttons. It decides nothing: what is chosen is emitted as a signal."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class ActionStrip(Card):
    """The strip. `actions` are the names of its buttons in their order; object names are `prefix.action`.

    Buttons that have no space beside the sentence are below it, the best one at the far end.
    """

    chosen = Signal(str)
    """Carries an action."""

    def __init__(
        self, appearance: Appearance, prefix: str, actions: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent, fill="warningSoft", border="", radius="radius.control")
        self._icon = ("triangle-alert", "warning")
        self.setObjectName(f"{prefix}Strip")
        self._label = Label(appearance, "ui", "text", wrap=True)
        self._label.setObjectName(f"{prefix}Words")
        self._bar: ProgressBar | None = None
        self._text_layout = QVBoxLayout()
        self._text_layout.addWidget(self._label)
        self._row = WrappingRow(appearance)
        self._buttons: dict[str, Button] = {}
        for action in actions:
            button = Button(appearance, "", ButtonKind.OUTLINED, small=True)
            button.setObjectName(f"{prefix}.{action}")
            button.clicked.connect(lambda _checked=False, action=str(action): self.chosen.emit(action))
            self._row.add(button)
            self._buttons[action] = button
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.addLayout(self._text_layout, 1)
        self._layout.addWidget(self._row)
        appearance.bind(self._restyle)
        self.hide()

    def button(self, action: str) -> Button:
        """Return the button of an action, as the anchor of popups."""
        return self._buttons[action]

    def name_action(self, action: str, text: str, hint: str = "") -> None:
        """Set the text and the tooltip of a button."""
        self._buttons[action].setText(text)
        self._buttons[action].setToolTip(hint)

    def show_text(
        self,
        text: str,
        actions: Collection[str],
        best: str | None = None,
        *,
        warns: bool = True,
        icon: str = "info",
        share: float | None = None,
    ) -> None:
        """Show a sentence with these actions, `best` filled. Without a warning the strip has an `icon`; `share` is that of a bar."""
        self._icon = ("triangle-alert", "warning") if warns else (icon, "textSecondary")
        self.set_colors(*("warningSoft", "") if warns else ("sunken", "borderSubtle"))
        self._label.set_text(text)
        self.setAccessibleName(text)
        if self._bar is None and share is not None:
            self._bar = ProgressBar(self._appearance, parent=self)
            self._text_layout.addWidget(self._bar)
        if self._bar:
            self._bar.setVisible(share is not None)
            self._bar.setAccessibleName(text)
            self._bar.set_fraction(share or 0.0)
        for action, button in self._buttons.items():
            button.setVisible(action in actions)
            button.set_kind(ButtonKind.FILLED if action == best else ButtonKind.OUTLINED)
        self._row.set_last(self._buttons[best] if best else None)
        self._arrange()
        self.show()

    def _arrange(self) -> None:
        """Put the buttons beside the text if both fit into one line."""
        theme = self._appearance.theme
        margins = self._layout.contentsMargins()
        available_width = self.width() - margins.left() - margins.right() - theme.length("l")
        text_width = QFontMetrics(theme.font("ui")).horizontalAdvance(self._label.text())
        in_one_line = text_width + self._row.sizeHint().width() <= available_width
        direction = QBoxLayout.Direction.LeftToRight if in_one_line else QBoxLayout.Direction.TopToBottom
        if direction is not self._layout.direction():
            self._layout.setDirection(direction)
        policy = self._row.sizePolicy()
        horizontal_policy = QSizePolicy.Policy.Fixed if in_one_line else QSizePolicy.Policy.Preferred
        if policy.horizontalPolicy() is not horizontal_policy:
            policy.setHorizontalPolicy(horizontal_policy)
            self._row.setSizePolicy(policy)
        alignment = Qt.AlignmentFlag.AlignVCenter if in_one_line else Qt.AlignmentFlag(0)
        self._layout.setAlignment(self._row, alignment)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        icon_width = theme.length("m") + theme.length("icon.ui") + theme.length("s")
        pad = theme.length("s")
        self._layout.setContentsMargins(icon_width, pad, pad, pad)
        self._layout.setSpacing(pad)
        self._text_layout.setSpacing(theme.length("xs"))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the height of all lines at the current width: the composer does not shrink below it."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._layout.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._appearance.theme
        icon, color = self._icon
        size = theme.length("icon.ui")
        height = self._label.heightForWidth(self._label.width())
        top = self._label.y() + (self._label.height() - height) / 2
        rect = QRectF(theme.length("m"), top, size, theme.line("ui"))
        if self.isRightToLeft():
            rect.moveRight(self.width() - theme.length("m"))
        draw_icon(QPainter(self), theme, icon, theme.color(color), rect, size)
