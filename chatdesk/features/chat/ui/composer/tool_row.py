"""The row below the text: attachments, presets, reasoning, and the buttons to send and stop."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import NOTHING, ThinkingChoices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text.thinking_texts import thinking_word
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.chip import ToggleChip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label

_SWITCH = {Thinking.OFF, Thinking.ON}


class ThinkChip(Translated, ToggleChip):
    """The reasoning button. Hidden without choices; a toggle if the model has only on and off, otherwise a menu."""

    chosen = Signal(str)
    """Carries a `Thinking` value."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, "", "lightbulb", parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the text
        self._choices = NOTHING
        self._thinking = Thinking.AUTO
        self.clicked.connect(self._pressed)
        self.show_choices(NOTHING, Thinking.AUTO)

    def show_choices(self, choices: ThinkingChoices, thinking: Thinking) -> None:
        """Show the choices of the model and the current one."""
        self._choices, self._thinking = choices, choices.nearest(thinking)
        self._retranslate()
        self.setVisible(bool(choices.choices))

    def activate(self) -> None:
        """Toggle or open the menu, as a click does. Does nothing if the button is hidden or disabled."""
        if self.isVisible() and self.isEnabled():
            self.click()

    @property
    def _is_switch(self) -> bool:
        return self._choices.sure and set(self._choices.choices) == _SWITCH

    def _pressed(self) -> None:
        self._retranslate()  # undo the toggling by the click: the button shows the current choice
        if self._is_switch:
            self._choose(Thinking.ON if self._thinking is Thinking.OFF else Thinking.OFF)
        else:
            self._open_menu()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("thinkMenu")
        menu.setAccessibleName(self.tr("Reason before answering"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for choice in (Thinking.AUTO, *self._choices.choices):
            action = menu.addAction(thinking_word(choice))
            action.setData(choice.value)
            action.setCheckable(True)
            action.setChecked(choice is self._thinking)
            action.triggered.connect(self._chooser(choice))
            group.addAction(action)
            if choice is self._thinking:
                menu.setActiveAction(action)
        # Above the button: the window ends below it.
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _chooser(self, choice: Thinking) -> Callable[[], None]:
        return lambda: self._choose(choice)

    def _choose(self, thinking: Thinking) -> None:
        self.show_choices(self._choices, thinking)
        self.chosen.emit(thinking.value)

    def _retranslate(self) -> None:
        always, switch = self._choices.always, self._is_switch
        if always:
            text, tip = (
                self.tr("Always reasons"),
                self.tr("This model always reasons before it answers"),
            )
        elif switch:
            text, tip = self.tr("Reasoning"), self.tr("Let the model reason before it answers")
        else:
            text = self.tr("Reasoning: {how}").format(how=thinking_word(self._thinking))
            tip = self.tr("How much the model reasons before it answers")
        if not self._choices.sure:
            tip = self.tr("It is not known whether this model supports reasoning. If not, the setting is not sent.")
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.setEnabled(not always)
        quiet = {Thinking.OFF} if switch else {Thinking.OFF, Thinking.AUTO}
        self.setChecked(not always and self._thinking not in quiet)
        self.set_opens(opens=not always and not switch)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class StopButton(QAbstractButton):
    """The button that stops an answer: a filled square and a label in a clear border."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle of the focus ring and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(2 * theme.length("m") + self._square + theme.length("s") + text, theme.length("button"))

    @property
    def _square(self) -> int:
        theme = self._appearance.theme
        return theme.length("icon.small") - theme.length("xs")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius, side = QRectF(self.rect()), theme.length("radius.control"), self._square
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        draw_box(painter, rect, radius, border=theme.color("borderControl"), width=theme.stroke("border"))
        square = QRectF(theme.length("m"), (rect.height() - side) / 2, side, side)
        text = rect.adjusted(square.right() + theme.length("s"), 0, -theme.length("m"), 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            square.moveRight(rect.right() - theme.length("m"))
            text.moveLeft(theme.length("m"))
        draw_box(painter, square, theme.length("mark"), fill=theme.color("text"))
        painter.setFont(self.font())
        draw_text(painter, text, self.text(), theme.color("text"), _LEFT)


class ToolRow(Translated, QWidget):
    """The row of tools, 44 px high. `attachments` and `presets` determine whether their buttons exist."""

    send_clicked = Signal()
    stop_clicked = Signal()
    attach_clicked = Signal()
    folder_clicked = Signal()
    """The user wants to attach a folder: it is in the menu of the button for files."""
    presets_clicked = Signal()
    thinking_chosen = Signal(str)
    """Carries a `Thinking` value."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, attachments: bool, presets: bool
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._streaming = False
        self._reason = ""
        self._attach = IconButton(appearance, "paperclip", self)
        self._attach.setObjectName("attachButton")
        self._attach.setVisible(attachments)
        self._attach.clicked.connect(self.attach_clicked)
        self._attach.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._attach.customContextMenuRequested.connect(self._open_attach_menu)
        self._presets = IconButton(appearance, "square-slash", self)
        self._presets.setObjectName("presetsButton")
        self._presets.setVisible(presets)
        self._presets.clicked.connect(self.presets_clicked)
        self._think = ThinkChip(appearance, self)
        self._think.setObjectName("think")
        self._think.chosen.connect(self.thinking_chosen)
        self._escape = Label(appearance, "caption", "textTertiary", self)
        self._stop = StopButton(appearance, self)
        self._stop.setObjectName("stopButton")
        self._stop.clicked.connect(self.stop_clicked)
        self._send = IconButton(appearance, "arrow-up", self, kind=ButtonKind.FILLED)
        self._send.setObjectName("sendButton")
        self._send.clicked.connect(self.send_clicked)
        self._has_buttons = attachments or presets
        self._left, self._right, self._row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        for at_left in (self._attach, self._presets, self._think):
            self._left.addWidget(at_left)
        for at_right in (self._escape, self._stop, self._send):
            self._right.addWidget(at_right)
        self._row.addLayout(self._left)
        self._row.addStretch(1)
        self._row.addLayout(self._right)
        appearance.bind(self._restyle)
        self._retranslate()
        self.set_state(streaming=False, sendable=False)

    def set_state(self, *, streaming: bool, sendable: bool, reason: str = "") -> None:
        """Show the available actions: while an answer streams, messages are queued instead of sent.

        `reason` says why nothing can be sent.
        """
        self._streaming = streaming
        self._reason = reason
        self._escape.setVisible(streaming)
        self._stop.setVisible(streaming)
        self._send.setEnabled(sendable)
        self._send.set_icon("list-plus" if streaming else "arrow-up")
        self._name_send()

    def add_meter(self, meter: QWidget) -> None:
        """Add a widget before the buttons to stop and send."""
        self._right.insertWidget(0, meter)
        self.setTabOrder(self._think, meter)

    def show_thinking(self, choices: ThinkingChoices, thinking: Thinking) -> None:
        """Show the thinking choices of the model and the current one."""
        self._think.show_choices(choices, thinking)

    def change_thinking(self) -> None:
        """Do what a click on the reasoning button does."""
        self._think.activate()

    def _name_send(self) -> None:
        self._send.set_name(self.tr("Queue") if self._streaming else self.tr("Send"))
        if self._reason:
            self._send.setToolTip(self._reason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge = theme.length("s") + 1
        height = theme.length("button") + theme.length("m")
        self.setFixedHeight(height)
        # The icon of a button, or the edge of a chip, is aligned with the first letter of the text.
        left = edge if self._has_buttons else theme.length("l")
        self._row.setContentsMargins(left, height - edge - theme.length("button"), edge, edge)
        self._left.setSpacing(theme.length("xs"))
        self._right.setSpacing(theme.length("s"))
        self._escape.setContentsMargins(0, 0, theme.length("xs"), 0)

    def _open_attach_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("attachMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Attach files…")).triggered.connect(self.attach_clicked)
        menu.addAction(self.tr("Attach a folder…")).triggered.connect(self.folder_clicked)
        menu.popup(self._attach.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _retranslate(self) -> None:
        self._attach.set_name(self.tr("Attach files"))
        self._presets.set_name(self.tr("Use preset"), shortcut="/")
        self._stop.setText(self.tr("Stop"))
        self._escape.set_text(self.tr("Esc"))
        self._name_send()
