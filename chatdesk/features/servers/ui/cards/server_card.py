"""A server's card: its head, what is wrong with it, and, when opened, what can be changed. Draws and signals only."""

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.servers.ui.cards.card_words import ServerFace
from chatdesk.features.servers.ui.cards.server_header import ServerHeader
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.tag import TagKind


class ServerCard(Card):
    """`body` is shown while the card is open."""

    switched = Signal(bool)
    opened_changed = Signal(bool)
    remedy_requested = Signal()

    def __init__(self, appearance: Appearance, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._face: ServerFace | None = None
        self._header = ServerHeader(appearance, self)
        self._header.toggle_requested.connect(lambda: self.set_open(is_open=not self.is_open))
        self._header.switched.connect(self.switched)
        self._problem = Notice(appearance, self, NoticeKind.DANGER)
        self._problem.acted.connect(self.remedy_requested)
        self._problem_place = QVBoxLayout()
        self._problem_place.addWidget(self._problem)
        self._body = body
        self._body_place = QVBoxLayout()
        self._body_place.addWidget(body)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._header)
        self._layout.addLayout(self._problem_place)
        self._layout.addLayout(self._body_place)
        self._open = False
        appearance.changed.connect(self._restyle)
        self._show_parts()

    @property
    def is_open(self) -> bool:
        """Whether what can be changed is shown."""
        return self._open

    def set_open(self, *, is_open: bool) -> None:
        """Open or close it."""
        if is_open != self._open:
            self._open = is_open
            self._show_parts()
            self.opened_changed.emit(is_open)

    def set_face(self, face: ServerFace, *, enabled: bool, can_switch: bool = True) -> None:
        """Show what is known of the server."""
        self._face = face
        self._header.set_face(face, enabled=enabled, can_switch=can_switch)
        self._show_parts()

    def focus(self) -> None:
        """Put the keyboard on the card's head."""
        self._header.focus()

    def _show_parts(self) -> None:
        self._header.set_open(is_open=self._open)
        self._body.setVisible(self._open)
        problem = self._face.problem if self._face else ""
        self._problem.setVisible(bool(problem) and not self._open)
        if self._face and problem:
            kind = NoticeKind.DANGER if self._face.kind is TagKind.DANGER else NoticeKind.WARNING
            self._problem.show_words(problem, self._face.remedy, kind)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        large, indent = theme.length("l"), theme.length("l") + theme.length("button") + theme.length("m")
        left = indent if self.width() > theme.length("settingsColumn") * 2 // 3 else large
        shown = not self._problem.isHidden()
        self._problem_place.setContentsMargins(left, 0, large, large if shown else 0)
        opened = self._open
        self._body_place.setContentsMargins(left, large if opened else 0, large, large if opened else 0)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_parts()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the indent where there is no room for it."""
        super().resizeEvent(event)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between head and body."""
        super().paintEvent(event)
        if self._open:
            color = self._appearance.theme.color("borderSubtle")
            draw_line(QPainter(self), QPointF(0, self._header.geometry().bottom() + 1), self.width(), color)
