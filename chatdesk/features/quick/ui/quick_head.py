"""The top of the window for quick questions: what it is, the preset, the model, and the cross. It is what the window is moved by."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label


class QuickHead(QWidget):
    """As high as a title row."""

    preset_pressed = Signal()
    preset_removed = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, picker: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._given_title = ""
        self._preset = ""
        self._title = Label(appearance, "label", "textSecondary", self, elide=True)
        self._title.setObjectName("quickTitle")
        self.preset_chip = Chip(appearance, "", "library", self, accent=True, pressable=True)
        self.preset_chip.setObjectName("presetChip")
        self.preset_chip.pressed.connect(self.preset_pressed)
        self.preset_chip.removed.connect(self.preset_removed)
        self.preset_chip.hide()
        self._cross = IconButton(appearance, "x", self)
        self._cross.setObjectName("closeQuick")
        self._cross.clicked.connect(self.closed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self.preset_chip)
        self._row.addWidget(picker)
        self._row.addWidget(self._cross)
        self.setTabOrder(picker, self._cross)
        appearance.changed.connect(self._arrange)
        self._arrange()
        self._retranslate()

    def set_title(self, title: str) -> None:
        """Show what was asked; an empty title is a new question."""
        self._given_title = title
        self._retranslate()

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset that is asked with; none for an empty name."""
        self._preset = name
        self.preset_chip.set_icon(icon or "library")
        self.preset_chip.setVisible(bool(name))
        self._retranslate()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._row.setContentsMargins(theme.length("l"), 0, theme.length("s"), 0)
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._title.set_text(self._given_title or self.tr("Quick question"))
        self.preset_chip.set_text(self._preset, self.tr("Remove the preset {name}").format(name=self._preset))
        self.preset_chip.set_press_name(self.tr("Preset: {name}").format(name=self._preset))
        self._cross.set_name(self.tr("Close"), shortcut="Esc")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the window, as its title bar would."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.window().windowHandle().startSystemMove()
        event.accept()
