"""The head of a server's card: icon tile, name, state, facts, a button that opens the card, and the switch."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.ui.cards.card_words import ServerFace
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch
from chatdesk.ui_kit.widgets.tag import Tag


class ServerHeader(QWidget):
    """A click anywhere on it opens or closes the card, as the button at its end does."""

    toggle_requested = Signal()
    switched = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._face: ServerFace | None = None
        self._open = False
        self._tile = _Tile(appearance, self)
        self._name = Label(appearance, "label", "text", elide=True)
        self._tag = Tag(appearance)
        self._details = Label(appearance, "caption", "textTertiary", elide=True)
        self._chevron = IconButton(appearance, "chevron-down")
        self._chevron.setObjectName("serverDetails")
        self._switch = Switch(appearance, "")
        self._switch.setObjectName("serverSwitch")
        self._chevron.clicked.connect(self.toggle_requested)
        self._switch.clicked.connect(self.switched)

        self._first_line = QHBoxLayout()
        self._first_line.addWidget(self._name)
        self._first_line.addWidget(self._tag)
        self._first_line.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(self._first_line)
        words.addWidget(self._details)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._tile)
        self._layout.addLayout(words, 1)
        self._layout.addWidget(self._chevron)
        self._layout.addWidget(self._switch)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def set_face(self, face: ServerFace, *, enabled: bool, can_switch: bool) -> None:
        """Show what is known of the server; one that is not saved yet has no switch."""
        self._face = face
        self._tile.set_icon(face.icon)
        self._name.set_text(face.name)
        self._tag.set_kind(face.kind)
        self._tag.set_text(face.state)
        self._details.set_text(face.details)
        self._switch.setChecked(enabled)
        self._switch.setVisible(can_switch)
        self._retranslate()

    def set_open(self, *, is_open: bool) -> None:
        """Show what the button will do."""
        self._open = is_open
        self._chevron.set_icon("chevron-up" if is_open else "chevron-down")
        self._retranslate()

    def focus(self) -> None:
        """Put the keyboard on the button that opens the card."""
        self._chevron.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(theme.length("l"), theme.length("m"), theme.length("l"), theme.length("m"))
        self._layout.setSpacing(theme.length("m"))
        self._first_line.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        if self._face is None:
            return
        name = self._face.name
        words = self.tr("Hide the details of {server}") if self._open else self.tr("Show the details of {server}")
        self._chevron.set_name(words.format(server=name))
        self._switch.setAccessibleName(self.tr("Use {server}").format(server=name))
        self.setAccessibleName(f"{name}, {self._face.state}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that its release comes here too."""
        event.setAccepted(event.button() is Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open or close the card."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.toggle_requested.emit()


class _Tile(QWidget):
    """A square with an icon."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = "server"
        appearance.changed.connect(self._restyle)
        self._restyle()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def _restyle(self) -> None:
        side = self._appearance.theme.length("button")
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        border = theme.color("borderSubtle") if theme.scheme.high_contrast else None
        draw_box(painter, rect, theme.length("radius.small"), theme.color("bubble"), border)
        draw_icon(painter, theme, self._icon, theme.color("textSecondary"), rect, theme.length("icon.ui"))
