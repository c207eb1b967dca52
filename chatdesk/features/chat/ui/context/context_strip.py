"""The strip above the composer for a chat that does not fit: the available context, what would be left out, and the options.

It decides nothing: the choice is emitted as a signal.
"""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from chatdesk.features.chat.ui.context.context_texts import (
    anyway_text,
    ask_text,
    left_out_text,
    summary_text,
    too_long_text,
)
from chatdesk.kernel.context.context_plan import ContextChoice, ContextPlan
from chatdesk.ui_kit.errors.context_wordings import size_name
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label


class ContextAction(StrEnum):
    """The actions of the strip's buttons, in order of preference."""

    ENOUGH = "enough"
    """Use the smallest sufficient context size."""
    LEAVE_OUT = ContextChoice.LEAVE_OUT.value
    SUMMARISE = ContextChoice.SUMMARISE.value
    MODEL = "model"
    """Choose a model with a larger context, because none of this one is sufficient."""
    MORE = "more"
    """Choose a larger context size."""
    SEND_ANYWAY = ContextChoice.SEND_ANYWAY.value
    READ = "read"
    """View, edit or remove the summary."""
    CHANGE = "change"
    """Change the choice."""


_ICONS = {True: ("triangle-alert", "warning"), False: ("info", "textSecondary")}


class ContextStrip(Translated, Card):
    """The context strip, hidden while the chat fits."""

    chosen = Signal(str)
    """Carries a `ContextAction`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="warningSoft", border="", radius="radius.control")
        self._plan = ContextPlan.nothing()
        self._model = ""
        self._offers_more = False
        self._is_warning = True
        self.setObjectName("contextStrip")
        self._label = Label(appearance, "ui", "text", wrap=True)
        self._label.setObjectName("contextWords")
        self._row = WrappingRow(appearance)
        self._buttons: dict[ContextAction, Button] = {}
        for action in ContextAction:
            button = Button(appearance, "", ButtonKind.OUTLINED, small=True)
            button.setObjectName(f"context.{action.value}")
            button.clicked.connect(lambda _checked=False, action=action: self.chosen.emit(action.value))
            self._row.add(button)
            self._buttons[action] = button
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.addWidget(self._label, 1)
        self._layout.addWidget(self._row)
        appearance.bind(self._restyle)
        self._retranslate()
        self.hide()

    def show_plan(self, plan: ContextPlan, model: str, *, offers_more: bool) -> None:
        """Show the plan for this model; `offers_more` is whether a larger context can be chosen."""
        self._plan, self._model, self._offers_more = plan, model, offers_more
        self._show()

    def button(self, action: ContextAction) -> Button:
        """Return the button of a way, as the anchor of popups."""
        return self._buttons[action]

    def _show(self) -> None:
        if self._plan.fit.fits:
            self.hide()
            return
        text, actions = self._text_and_actions()
        self._is_warning = self._plan.needs_decision or not self._plan.fit.can_fit
        self.set_colors(*("warningSoft", "") if self._is_warning else ("sunken", "borderSubtle"))
        self._label.set_text(text)
        self.setAccessibleName(text)
        self._buttons[ContextAction.ENOUGH].setText(self._enough_text())
        best = min(actions, key=list(ContextAction).index) if self._is_warning else None
        for action, button in self._buttons.items():
            button.setVisible(action in actions)
            button.set_kind(ButtonKind.FILLED if action is best else ButtonKind.OUTLINED)
        self._row.set_last(self._buttons[best] if best else None)
        self._arrange()
        self.show()

    def _text_and_actions(self) -> tuple[str, set[ContextAction]]:
        """Return the current text and the available ways."""
        plan, model = self._plan, self._model
        more = {ContextAction.MORE} if self._offers_more else set()
        choice = plan.policy.choice
        if choice is ContextChoice.SEND_ANYWAY:
            return anyway_text(plan.fit), {ContextAction.CHANGE}
        enough = {ContextAction.ENOUGH} if plan.enough else set()
        if not plan.fit.can_leave_out:
            return too_long_text(plan.fit, model), (enough or {ContextAction.MODEL}) | more | {
                ContextAction.SEND_ANYWAY
            }
        if choice is ContextChoice.LEAVE_OUT:
            return left_out_text(plan), {ContextAction.CHANGE}
        if choice is ContextChoice.SUMMARISE:
            has_summary = plan.policy.summary is not None
            return summary_text(plan), {ContextAction.CHANGE, ContextAction.READ} if has_summary else {
                ContextAction.CHANGE
            }
        return ask_text(plan.fit, model), enough | more | {
            ContextAction.LEAVE_OUT,
            ContextAction.SUMMARISE,
            ContextAction.SEND_ANYWAY,
        }

    def _enough_text(self) -> str:
        return self.tr("Use a {size} context").format(size=size_name(self._plan.enough or 0))

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
        icon_room = theme.length("m") + theme.length("icon.ui") + theme.length("s")
        pad = theme.length("s")
        self._layout.setContentsMargins(icon_room, pad, pad, pad)
        self._layout.setSpacing(pad)
        self._arrange()

    def _retranslate(self) -> None:
        labels = {
            ContextAction.LEAVE_OUT: (
                self.tr("Leave out"),
                self.tr("They stay in the chat, but are not sent to the model"),
            ),
            ContextAction.SUMMARISE: (
                self.tr("Summarise"),
                self.tr("The model writes a summary, which is sent in their place"),
            ),
            ContextAction.SEND_ANYWAY: (
                self.tr("Send anyway"),
                self.tr("The server may refuse the request or drop part of it"),
            ),
            ContextAction.ENOUGH: (self._enough_text(), self.tr("The model uses more memory")),
            ContextAction.MORE: (self.tr("Larger context…"), self.tr("The model uses more memory")),
            ContextAction.MODEL: (self.tr("Choose a larger model…"), ""),
            ContextAction.READ: (self.tr("View summary…"), ""),
            ContextAction.CHANGE: (self.tr("Change…"), self.tr("Choose what to do when the chat does not fit")),
        }
        for action, (text, hint) in labels.items():
            self._buttons[action].setText(text)
            self._buttons[action].setToolTip(hint)
        self._show()

    def minimumSizeHint(self) -> QSize:
        """Return the height of all lines at the current width: the composer does not shrink below it."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._layout.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._appearance.theme
        icon, color = _ICONS[self._is_warning]
        size = theme.length("icon.ui")
        height = self._label.heightForWidth(self._label.width())
        top = self._label.y() + (self._label.height() - height) / 2
        rect = QRectF(theme.length("m"), top, size, theme.line("ui"))
        if self.isRightToLeft():
            rect.moveRight(self.width() - theme.length("m"))
        draw_icon(QPainter(self), theme, icon, theme.color(color), rect, size)
