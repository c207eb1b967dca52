"""Card of a server: a header, its problem, and the form when opened. Only widgets and signals."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.ui.cards.card_texts import ServerSummary
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

# Header of a server's card: icon, name, state, facts, a button that opens the card, and a switch.


class ServerHeader(Translated, QWidget):
    """Header. A click anywhere opens or closes the card, like the button at its end."""

    toggle_requested = Signal()
    switched = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._summary: ServerSummary | None = None
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
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addLayout(self._first_line)
        texts.addWidget(self._details)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._tile)
        self._layout.addLayout(texts, 1)
        self._layout.addWidget(self._chevron)
        self._layout.addWidget(self._switch)
        appearance.bind(self._restyle)

    def set_content(self, summary: ServerSummary, *, enabled: bool, can_switch: bool) -> None:
        """Show the state of the server; an unsaved one has no switch."""
        self._summary = summary
        self._tile.set_icon(summary.icon)
        self._name.set_text(summary.name)
        self._tag.set_kind(summary.kind)
        self._tag.set_text(summary.state)
        self._details.set_text(summary.details)
        self._switch.setChecked(enabled)
        self._switch.setVisible(can_switch)
        self._retranslate()

    def set_open(self, *, is_open: bool) -> None:
        """Set the icon and name of the button."""
        self._open = is_open
        self._chevron.set_icon("chevron-up" if is_open else "chevron-down")
        self._retranslate()

    def focus(self) -> None:
        """Focus the button that opens the card."""
        self._chevron.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(theme.length("l"), theme.length("m"), theme.length("l"), theme.length("m"))
        self._layout.setSpacing(theme.length("m"))
        self._first_line.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        if self._summary is None:
            return
        name = self._summary.name
        text = self.tr("Hide details of {server}") if self._open else self.tr("Show details of {server}")
        self._chevron.set_name(text.format(server=name))
        self._switch.setAccessibleName(self.tr("Use {server}").format(server=name))
        self.setAccessibleName(f"{name}, {self._summary.state}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Accept the press, so that the release is delivered here too."""
        event.setAccepted(event.button() is Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.toggle_requested.emit()


class _Tile(QWidget):
    """Square with an icon."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = "server"
        appearance.bind(self._restyle)

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


class ServerCard(Translated, Card):
    """Server card. `body` is shown while the card is open."""

    switched = Signal(bool)
    opened_changed = Signal(bool)
    remedy_requested = Signal()

    def __init__(self, appearance: Appearance, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._summary: ServerSummary | None = None
        self._header = ServerHeader(appearance, self)
        self._header.toggle_requested.connect(lambda: self.set_open(is_open=not self.is_open))
        self._header.switched.connect(self.switched)
        self._problem = Notice(appearance, self, NoticeKind.DANGER)
        self._problem.acted.connect(self.remedy_requested)
        self._problem_layout = QVBoxLayout()
        self._problem_layout.addWidget(self._problem)
        self._body = body
        self._body_layout = QVBoxLayout()
        self._body_layout.addWidget(body)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._header)
        self._layout.addLayout(self._problem_layout)
        self._layout.addLayout(self._body_layout)
        self._open = False
        appearance.changed.connect(self._restyle)
        self._show_parts()

    @property
    def is_open(self) -> bool:
        """Whether the card is open."""
        return self._open

    def set_open(self, *, is_open: bool) -> None:
        """Open or close the card."""
        if is_open != self._open:
            self._open = is_open
            self._show_parts()
            self.opened_changed.emit(is_open)

    def set_content(self, summary: ServerSummary, *, enabled: bool, can_switch: bool = True) -> None:
        """Show the state of the server."""
        self._summary = summary
        self._header.set_content(summary, enabled=enabled, can_switch=can_switch)
        self._show_parts()

    def focus(self) -> None:
        """Focus the card's header."""
        self._header.focus()

    def _show_parts(self) -> None:
        self._header.set_open(is_open=self._open)
        self._body.setVisible(self._open)
        problem = self._summary.problem if self._summary else ""
        self._problem.setVisible(bool(problem) and not self._open)
        if self._summary and problem:
            kind = NoticeKind.DANGER if self._summary.kind is TagKind.DANGER else NoticeKind.WARNING
            self._problem.show_text(problem, self._summary.remedy, kind)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        large, indent = theme.length("l"), theme.length("l") + theme.length("button") + theme.length("m")
        left = indent if self.width() > theme.length("settingsColumn") * 2 // 3 else large
        shown = not self._problem.isHidden()
        self._problem_layout.setContentsMargins(left, 0, large, large if shown else 0)
        opened = self._open
        self._body_layout.setContentsMargins(left, large if opened else 0, large, large if opened else 0)
        self.update()

    def _retranslate(self) -> None:
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remove the indent if there is too little space."""
        super().resizeEvent(event)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._open:
            color = self._appearance.theme.color("borderSubtle")
            draw_line(QPainter(self), QPointF(0, self._header.geometry().bottom() + 1), self.width(), color)
