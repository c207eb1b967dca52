"""Card of a server: a header, its problem, its form, and a foot for advanced options. Only widgets and signals."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.ui.cards.card_texts import ServerSummary
from chatdesk.features.servers.ui.cards.provider_list import initial_of
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch
from chatdesk.ui_kit.widgets.tag import Tag, TagKind


class ServerHeader(Translated, QWidget):
    """Header: tile, name, state and facts; for a saved server a button that removes it, and a switch."""

    switched = Signal(bool)
    remove_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._summary: ServerSummary | None = None
        self._tile = _Tile(appearance, self)
        self._name = Label(appearance, "label", "text", elide=True)
        self._tag = Tag(appearance)
        self._details = Label(appearance, "caption", "textTertiary", elide=True)
        self._remove = IconButton(appearance, "trash-2")
        self._remove.setObjectName("removeServer")
        self._remove.clicked.connect(self.remove_requested)
        self._switch = Switch(appearance, "")
        self._switch.setObjectName("serverSwitch")
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
        self._layout.addWidget(self._remove)
        self._layout.addWidget(self._switch)
        appearance.bind(self._restyle)

    def set_content(self, summary: ServerSummary, *, enabled: bool, is_saved: bool, is_removable: bool) -> None:
        """Show the state of the server; an unsaved one has no switch."""
        self._summary = summary
        self._tile.set_content(summary.icon, initial_of(summary.name))
        self._name.set_text(summary.name)
        self._tag.set_kind(summary.kind)
        self._tag.set_text(summary.state)
        self._tag.setVisible(is_saved)
        self._details.set_text(summary.details)
        self._switch.setChecked(enabled)
        self._switch.setVisible(is_saved)
        self._remove.setVisible(is_saved and is_removable)
        self._retranslate()

    def focus(self) -> None:
        """Focus the switch."""
        self._switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(theme.length("xl"), theme.length("xl"), theme.length("xl"), theme.length("l"))
        self._layout.setSpacing(theme.length("m"))
        self._first_line.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        if self._summary is None:
            return
        name = self._summary.name
        self._remove.set_name(self.tr("Remove {server}").format(server=name))
        self._switch.setAccessibleName(self.tr("Use {server}").format(server=name))
        self.setAccessibleName(f"{name}, {self._summary.state}")


class _Tile(QWidget):
    """Square with the initial of a vendor, or the icon of something on this computer or network."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon, self._letter = "", ""
        appearance.bind(self._restyle)

    def set_content(self, icon: str, letter: str) -> None:
        self._icon, self._letter = icon, letter
        self.update()

    def _restyle(self) -> None:
        side = self._appearance.theme.length("rowProvider")
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        border = theme.color("borderSubtle") if theme.scheme.high_contrast else None
        draw_box(painter, rect, theme.length("radius.control"), theme.color("bubble"), border)
        if self._icon == "globe":
            painter.setFont(theme.font("label", strong=True))
            draw_text(painter, rect, self._letter, theme.color("textSecondary"))
        else:
            draw_icon(painter, theme, self._icon, theme.color("textSecondary"), rect, theme.length("toolbar"))


class ServerCard(Translated, Card):
    """Server card. `body` is shown below the header, and `foot` on a ground of its own at the bottom."""

    switched = Signal(bool)
    remove_requested = Signal()
    remedy_requested = Signal()

    def __init__(
        self, appearance: Appearance, body: QWidget, foot: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._summary: ServerSummary | None = None
        self._header = ServerHeader(appearance, self)
        self._header.switched.connect(self.switched)
        self._header.remove_requested.connect(self.remove_requested)
        self._problem = Notice(appearance, self, NoticeKind.DANGER)
        self._problem.acted.connect(self.remedy_requested)
        self._problem_layout = QVBoxLayout()
        self._problem_layout.addWidget(self._problem)
        self._body_layout = QVBoxLayout()
        self._body_layout.addWidget(body)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._header)
        self._layout.addLayout(self._problem_layout)
        self._layout.addLayout(self._body_layout)
        self._foot: QWidget | None = None
        self._foot_layout = QVBoxLayout()
        if foot:
            self._foot = foot
            self._foot_layout.addWidget(foot)
            self._layout.addLayout(self._foot_layout)
        appearance.bind(self._restyle)

    @property
    def name(self) -> str:
        """The name in the header."""
        return self._summary.name if self._summary else ""

    @property
    def state_text(self) -> str:
        """The state in the header."""
        return self._summary.state if self._summary else ""

    def set_content(
        self, summary: ServerSummary, *, enabled: bool, is_saved: bool = True, is_removable: bool = True
    ) -> None:
        """Show the state of the server."""
        self._summary = summary
        self._header.set_content(summary, enabled=enabled, is_saved=is_saved, is_removable=is_removable)
        self._show_problem()

    def focus(self) -> None:
        """Focus the card's header."""
        self._header.focus()

    def _show_problem(self) -> None:
        problem = self._summary.problem if self._summary else ""
        self._problem.setVisible(bool(problem))
        if self._summary and problem:
            kind = NoticeKind.DANGER if self._summary.kind is TagKind.DANGER else NoticeKind.WARNING
            self._problem.show_text(problem, self._summary.remedy, kind)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._problem_layout.setContentsMargins(side, 0, side, 0 if self._problem.isHidden() else theme.length("l"))
        self._body_layout.setContentsMargins(side, 0, side, side)
        self._foot_layout.setContentsMargins(theme.length("m"), theme.length("s"), side, theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._show_problem()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of the foot, and the border on top."""
        super().paintEvent(event)
        if self._foot is None:
            return
        theme = self._appearance.theme
        top = self._foot.y() - theme.length("s")
        painter = QPainter(self)
        painter.setClipRect(QRectF(0, top, self.width(), self.height() - top))
        border = theme.color("borderSubtle")
        draw_box(painter, QRectF(self.rect()), theme.length("card"), theme.color("sunken"), border)
        draw_line(painter, QPointF(0, top), self.width(), border)
