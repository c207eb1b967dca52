"""The search of hubs: a field, the hub that is asked, and a sentence that says where the words go."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.catalogue.card_texts import hub_name
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

_MAX_TEXT_LENGTH = 500


class SearchBar(Translated, QWidget):
    """The field. `changed` is emitted for every change of the text or the hub; `host_of` returns the host name of a hub."""

    changed = Signal()
    confirmed = Signal()
    down_pressed = Signal()

    def __init__(
        self, appearance: Appearance, host_of: Callable[[HubKind], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._host_of = host_of
        self._field = TextField(appearance, "", self, icon="search")
        self._field.setFocusProxy(None)  # type: ignore[arg-type]  # Qt allows None: screen readers would see the focus twice
        self._field.edit.setObjectName("hubSearch")
        self._field.edit.setMaxLength(_MAX_TEXT_LENGTH)
        self._field.edit.setClearButtonEnabled(True)
        self._field.edit.installEventFilter(self)
        self._field.changed.connect(self.changed)
        self._field.submitted.connect(self.confirmed)
        self._hub = QComboBox(self)
        self._hub.setObjectName("searchedHub")
        for hub in HubKind:
            self._hub.addItem(hub_name(hub), hub.value)
        self._hub.activated.connect(self._change_hub)
        self._caption = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._caption.setObjectName("searchCaption")
        row = QHBoxLayout()
        row.setSpacing(appearance.theme.length("s"))
        row.addWidget(self._field, 1)
        row.addWidget(self._hub)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.theme.length("xs"))
        column.addLayout(row)
        column.addWidget(self._caption)
        self._retranslate()

    @property
    def text(self) -> str:
        """The text without spaces around it."""
        return self._field.text().strip()

    @property
    def hub(self) -> HubKind:
        """The hub that is asked."""
        return HubKind(self._hub.currentData())

    def set_hub(self, hub: HubKind) -> None:
        """Choose the hub."""
        self._hub.setCurrentIndex(self._hub.findData(hub.value))
        self._retranslate()

    def focus(self) -> None:
        """Focus the field."""
        self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self, text: str) -> None:
        """Enter a text, and focus the field."""
        self._field.set_text(text)
        self.focus()

    def clear(self) -> None:
        """Empty the field."""
        self._field.edit.clear()

    def _change_hub(self) -> None:
        self._retranslate()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Clear the field with Esc, and move to the results with ↓."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._field.text():
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.down_pressed.emit()
                return True
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        host = self._host_of(self.hub)
        if self.hub is HubKind.OLLAMA:
            placeholder = self.tr("Name such as qwen3:14b, a model page address, or a terminal command")
            caption = self.tr("Ollama's library cannot be searched. {host} is asked for the model with this name.")
        else:
            placeholder = self.tr("Search {host}, such as “coder 7b”")
            caption = self.tr("What you type here goes to {host}, and nowhere else.")
        self._field.set_placeholder(placeholder.format(host=host))
        self._field.set_name(placeholder.format(host=host))
        self._caption.set_text(caption.format(host=host))
        self._hub.setAccessibleName(self.tr("Model source to search"))
