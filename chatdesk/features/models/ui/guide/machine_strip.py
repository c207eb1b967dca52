"""Strip with the machine's graphics, memory and disk, and the Ollama server."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_guide import GuideState
from chatdesk.features.models.ui.guide.guide_texts import disk_text, graphics_text, memory_text
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_ICONS = ("gpu", "memory-stick", "hard-drive", "server")
_STRETCH = (7, 5, 4, 7)


class MachineStrip(Translated, Card):
    """Four facts side by side, or in two rows if there is too little space."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="sunken")
        self._facts = [_Fact(appearance, icon, self) for icon in _ICONS]
        self._grid = QGridLayout(self)
        self._state = GuideState()
        appearance.bind(self._arrange)

    def show_state(self, state: GuideState) -> None:
        """Show the machine and the server of a state."""
        self._state = state
        machine, server = state.machine, state.server
        elsewhere = (
            self.tr("Unknown, because Ollama runs on another computer") if state.is_ready else self.tr("Checking…")
        )
        texts = (graphics_text, memory_text, disk_text)
        headings = (self.tr("Graphics"), self.tr("Memory"), self.tr("Disk"))
        for fact, label, text in zip(self._facts, headings, texts, strict=False):
            fact.show_text(label, text(machine) if machine else elsewhere)
        if server is None:
            words_of_server = self.tr("Not set up")
        elif server.status is None:
            words_of_server = self.tr("Not responding") if server.error else self.tr("Checking…")
        else:
            address = server.server.base_url.partition("://")[2]
            version = server.status.version
            words_of_server = f"{version} · {address}" if version else address
        self._facts[3].show_text(server.server.name if server else "Ollama", words_of_server)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        columns = 4 if self.width() >= theme.length("readingColumn") - theme.length("xxl") else 2
        for number, fact in enumerate(self._facts):
            self._grid.addWidget(fact, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, (_STRETCH[column] if columns == 4 else 1) if column < columns else 0)
        pad = theme.length("m")
        self._grid.setContentsMargins(pad, pad, pad, pad)
        self._grid.setSpacing(pad)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self.show_state(self._state)


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
