"""Strip with facts about this machine: graphics, memory, disk, and the speed of its network line."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.judgement_texts import disk_text, graphics_text, memory_text
from chatdesk.kernel.models.machine import Machine
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_ICONS = ("gpu", "memory-stick", "hard-drive", "gauge")
_STRETCH = (5, 4, 3, 3)


class MachineStrip(Translated, Card):
    """Facts side by side, or in two rows if there is too little space. The line is not shown before its speed has been measured."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="sunken")
        self._facts = [_Fact(appearance, icon, self) for icon in _ICONS]
        self._grid = QGridLayout(self)
        self._machine: Machine | None = None
        self._line = ""
        self._facts[3].hide()
        appearance.bind(self._arrange)
        self._retranslate()

    def show_machine(self, machine: Machine | None) -> None:
        """Show a machine; None while it is being inspected."""
        self._machine = machine
        for fact, label, text in zip(
            self._facts,
            (self.tr("Graphics"), self.tr("Memory"), self.tr("Disk")),
            (graphics_text, memory_text, disk_text),
            strict=False,
        ):
            fact.show_text(label, text(machine) if machine else self.tr("Checking…"))

    def show_line(self, text: str) -> None:
        """Show the speed of the network line, such as "13 MB/s today"; empty while it is unknown."""
        self._line = text
        self._facts[3].show_text(self.tr("This line"), text)
        self._facts[3].setVisible(bool(text))
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        shown = [index for index in range(len(self._facts)) if index < len(self._facts) - 1 or self._line]
        wide = self.width() >= theme.length("readingColumn") - theme.length("xxl")
        columns = len(shown) if wide else 2
        for number, index in enumerate(shown):
            self._grid.addWidget(self._facts[index], number // columns, number % columns)
        for column in range(len(self._facts)):
            self._grid.setColumnStretch(column, (_STRETCH[column] if wide else 1) if column < columns else 0)
        side, pad = theme.length("l"), theme.length("m")
        self._grid.setContentsMargins(side, pad - 2, side, pad - 2)
        self._grid.setHorizontalSpacing(side)
        self._grid.setVerticalSpacing(pad)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self.show_machine(self._machine)
        self.show_line(self._line)


class _Fact(QWidget):
    """Icon with a heading and a value."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._value = Label(appearance, "ui", "text", self, elide=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(appearance.theme.length("s"))
        row.addWidget(IconLabel(appearance, icon, "textSecondary", self))
        row.addLayout(column, 1)

    def show_text(self, label: str, text: str) -> None:
        """Set heading and value."""
        self._label.set_text(label)
        self._value.set_text(text)
        self.setAccessibleName(f"{label}: {text}")
