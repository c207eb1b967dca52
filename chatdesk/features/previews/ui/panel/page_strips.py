"""Strips above the page, each shown when needed. The host area acts on them.

The page does not respond, slows down the computer, requests the pointer, shows a message, or needs graphics or a dialog that are
unavailable.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.previews.ui.panel.preview_host import PreviewEvents
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class Strip(Translated, QWidget):
    """Message above the page with an optional button (`accepted`). The close button only hides the strip.

    If declining is a choice of its own, a second button replaces the close button: `declined`.
    """

    accepted = Signal()
    declined = Signal()

    def __init__(self, appearance: Appearance, icon: str, color: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ground = f"{color}Soft" if color in {"warning", "danger"} else "accentSoft"
        self._icon = IconLabel(appearance, icon, color, self)
        self._label = Label(appearance, "ui", "text", self, wrap=True)
        self._decline_button = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._decline_button.clicked.connect(self._decline)
        self._button = Button(appearance, "", parent=self, small=True)
        self._button.clicked.connect(self._accept)
        self._cross = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._cross.clicked.connect(self.hide)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._message_row, self._button_row = QHBoxLayout(), QHBoxLayout()
        self._message_row.addWidget(self._icon)
        self._message_row.addWidget(self._label, 1)
        self._button_row.addStretch(1)
        for part in (self._decline_button, self._button, self._cross):
            self._button_row.addWidget(part)
        self._layout.addLayout(self._message_row, 1)
        self._layout.addLayout(self._button_row)
        self.hide()
        appearance.bind(self._restyle)
        self._retranslate()

    def show_text(self, text: str, button: str = "", decline: str = "") -> None:
        """Show a message with the labels of the button and of the button that declines. An empty label hides its button."""
        self._label.set_text(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._decline_button.setText(decline)
        self._decline_button.setVisible(bool(decline))
        self._cross.setVisible(not decline)
        self._restyle()
        self.setAccessibleName(text)
        self.show()

    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("xs")
        # The close button is larger than its visible icon.
        end = margin if self._cross.isVisibleTo(self) else theme.length("m")
        height = theme.length("s") if self._decline_button.isVisibleTo(self) else margin
        self._layout.setContentsMargins(theme.length("l"), height, end, height)
        for layout in (self._layout, self._message_row, self._button_row):
            layout.setSpacing(theme.length("s"))
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        """Move the two buttons below the text if the text beside them would need more than two lines."""
        margins = self._layout.contentsMargins()
        beside = self._button_row.sizeHint().width() + self._icon.sizeHint().width() + 3 * self._layout.spacing()
        available = self.width() - beside - margins.left() - margins.right()
        text_width = QFontMetrics(self._appearance.theme.font("ui")).horizontalAdvance(self._label.text())
        below = self._decline_button.isVisibleTo(self) and 2 * available < text_width
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)

    def _retranslate(self) -> None:
        self._cross.set_name(self.tr("Close"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(self._ground))
        painter.setPen(theme.color("borderSubtle"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


_MAX_MESSAGE_LENGTH = 200


class PageStrips(QWidget):
    """All strips of one page, hidden until needed."""

    stop_requested = Signal()
    pointer_granted = Signal()
    storage_consent_given = Signal(bool)
    """Whether the user lets the page keep its stored data."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._unresponsive = Strip(appearance, "triangle-alert", "warning", self)
        self._unresponsive.setObjectName("unresponsiveStrip")
        self._unresponsive.accepted.connect(self.stop_requested)
        self._high_load = Strip(appearance, "triangle-alert", "warning", self)
        self._high_load.setObjectName("greedyStrip")
        self._high_load.accepted.connect(self.stop_requested)
        self._graphics = Strip(appearance, "triangle-alert", "warning", self)
        self._graphics.setObjectName("graphicsStrip")
        self._dialog = Strip(appearance, "info", "accentText", self)
        self._dialog.setObjectName("dialogStrip")
        self._pointer = Strip(appearance, "info", "accentText", self)
        self._pointer.setObjectName("pointerStrip")
        self._pointer.accepted.connect(self.pointer_granted)
        self._message = Strip(appearance, "message-square", "accentText", self)
        self._message.setObjectName("spokenStrip")
        self._restarted = Strip(appearance, "info", "accentText", self)
        self._restarted.setObjectName("restartedStrip")
        self._storage = Strip(appearance, "hard-drive", "accentText", self)
        self._storage.setObjectName("keepStrip")
        self._storage.accepted.connect(lambda: self.storage_consent_given.emit(True))
        self._storage.declined.connect(lambda: self.storage_consent_given.emit(False))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._all = (
            self._unresponsive,
            self._high_load,
            self._graphics,
            self._dialog,
            self._pointer,
            self._message,
            self._restarted,
            self._storage,
        )
        for strip in self._all:
            layout.addWidget(strip)

    def connect_events(self, events: PreviewEvents) -> None:
        """Show a strip for these events."""
        events.unresponsive.connect(self._show_unresponsive)
        events.high_load.connect(self._show_greedy)
        events.graphics_missing.connect(self._show_graphics_missing)
        events.dialog_refused.connect(self._show_dialog_refused)
        events.message_shown.connect(self._show_message)
        events.pointer_requested.connect(self._show_pointer_request)

    def show_restarted(self) -> None:
        """Say that the page was unloaded and has been restarted."""
        self._restarted.show_text(self.tr("The page was unloaded to save memory, and has been restarted."))

    def ask_storage_consent(self) -> None:
        """Ask whether the page may keep its stored data."""
        self._storage.show_text(
            self.tr("This page wants to save data, such as a high score."),
            self.tr("Keep on this computer"),
            self.tr("Not now"),
        )

    def hide_all(self) -> None:
        """Hide all strips because another page runs, or none."""
        for strip in self._all:
            strip.hide()

    def _show_unresponsive(self, unresponsive: bool) -> None:
        self._unresponsive.hide()
        if unresponsive:
            self._high_load.hide()  # both have the same meaning
            self._unresponsive.show_text(self.tr("The page is not responding."), self.tr("Stop"))

    def _show_greedy(self, high_load: bool) -> None:
        self._high_load.hide()
        if high_load and self._unresponsive.isHidden():
            self._high_load.show_text(self.tr("The page is slowing down the computer."), self.tr("Stop"))

    def _show_graphics_missing(self) -> None:
        self._graphics.show_text(
            self.tr(
                "The page needs WebGL (3D graphics), which is not available because no supported graphics card was "
                "found."
            )
        )

    def _show_dialog_refused(self) -> None:
        self._dialog.show_text(
            self.tr("The page tried to open a dialog, such as a colour picker. Previews cannot open dialogs.")
        )

    def _show_message(self, message: str) -> None:
        shown = " ".join(message.split())[:_MAX_MESSAGE_LENGTH]
        self._message.show_text(self.tr("The page says: “{text}”").format(text=shown))

    def _show_pointer_request(self) -> None:
        self._pointer.show_text(
            self.tr("The page wants to lock the mouse pointer. Press Esc to release it."), self.tr("Allow")
        )
