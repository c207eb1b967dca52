"""A command for a person to run in a terminal: shown whole, copied with a click, never run from here."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_TOLD_MILLISECONDS = 1500


class CommandRow(Card):
    """`system` stands before the command where it is one of several."""

    def __init__(self, appearance: Appearance, command: str, system: str = "", parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="sunken", border="borderSubtle", radius="radius.small")
        self._command = command
        self._system = Label(appearance, "caption", "textTertiary", self, text=system)
        self._system.setVisible(bool(system))
        self._words = Label(appearance, "code", "text", self, text=command, wrap=True, selectable=True)
        self._words.setObjectName("command")
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyCommand")
        self._copy.clicked.connect(self._take)
        self._timer = QTimer(self, singleShot=True, interval=_TOLD_MILLISECONDS)
        self._timer.timeout.connect(lambda: self._copy.set_icon("copy"))
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._system)
        self._layout.addWidget(self._words, 1)
        self._layout.addWidget(self._copy)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._command)
        self._copy.set_icon("check")
        self._timer.start()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        small, hair = theme.length("s"), theme.length("hair")
        self._layout.setContentsMargins(small, hair, hair, hair)
        self._layout.setSpacing(small)

    def _retranslate(self) -> None:
        self._copy.set_name(self.tr("Copy the command"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
