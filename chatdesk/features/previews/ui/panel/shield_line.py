"""The line above the page, ours and outside it: that it is generated and has no network, and what it asked for in vain."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class ShieldLine(QWidget):
    """`details_wanted`: which hosts those were."""

    details_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._count = 0
        self._shield = IconLabel(appearance, "shield-check", "textSecondary", self)
        self._words = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._warning = IconLabel(appearance, "triangle-alert", "warning", self)
        self._blocked = Label(appearance, "ui", "warning", self)
        self._blocked.setObjectName("blockedRequests")
        self._details = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._details.setObjectName("blockedDetails")
        self._details.clicked.connect(self.details_wanted)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._shield)
        self._layout.addWidget(self._words, 1)
        for part in (self._warning, self._blocked, self._details):
            self._layout.addWidget(part)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self.show_blocked({})

    def show_blocked(self, hosts: Mapping[str, int]) -> None:
        """Show how many requests were blocked."""
        self._count = sum(hosts.values())
        for part in (self._warning, self._blocked, self._details):
            part.setVisible(bool(self._count))
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where room is short."""
        super().resizeEvent(event)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("codeHeader"))
        self._layout.setContentsMargins(theme.length("l"), 0, theme.length("xs"), 0)
        self._layout.setSpacing(theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("Generated content, no network"))
        roomy = self.width() >= 1.35 * self._appearance.theme.length("previewMin")
        if roomy:
            self._blocked.set_text(self.tr("%n network request(s) blocked", "", self._count))
        else:
            self._blocked.set_text(self.tr("%n blocked", "", self._count))
        self._details.setText(self.tr("Details"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line under it."""
        color = self._appearance.theme.color("borderSubtle")
        draw_line(QPainter(self), QPointF(0, self.height() - 1), self.width(), color)
