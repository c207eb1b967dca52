"""Several presets are selected: what can be done with all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.presets.domain.preset_shelves import Entry
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

_MOST_NAMES = 12


class SeveralView(QWidget):
    """Their names, and a column of buttons."""

    favourite_requested = Signal(bool)
    duplicate_requested = Signal()
    export_requested = Signal()
    delete_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._entries: Sequence[Entry] = ()
        self._title = Label(appearance, "title", "text", self)
        self._title.setObjectName("severalTitle")
        self._names = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._favourite = Button(appearance, "", parent=self, icon="star")
        self._favourite.clicked.connect(lambda: self.favourite_requested.emit(not self._all_favourites))
        self._duplicate = Button(appearance, "", parent=self, icon="copy")
        self._duplicate.clicked.connect(self.duplicate_requested)
        self._export = Button(appearance, "", parent=self, icon="download")
        self._export.clicked.connect(self.export_requested)
        self._delete = Button(appearance, "", parent=self, icon="trash-2", ink="danger")
        self._delete.setObjectName("deleteSeveral")
        self._delete.clicked.connect(self.delete_requested)
        self._layout = QVBoxLayout(self)
        for part in (self._title, self._names, self._favourite, self._duplicate, self._export, self._delete):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self._entries = entries
        self._retranslate()

    @property
    def _all_favourites(self) -> bool:
        return all(entry.state.favourite for entry in self._entries)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._layout.setContentsMargins(side, theme.length("l"), side, side)
        self._layout.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        own = sum(entry.is_own for entry in self._entries)
        self._title.set_text(self.tr("%n presets", "", len(self._entries)))
        names = [entry.preset.name for entry in self._entries[:_MOST_NAMES]]
        self._names.set_text(", ".join(names) + (" …" if len(self._entries) > _MOST_NAMES else ""))
        words = self.tr("Remove from favourites") if self._all_favourites else self.tr("Add to favourites")
        self._favourite.setText(words)
        self._duplicate.setText(self.tr("Duplicate"))
        self._export.setText(self.tr("Export…"))
        self._delete.setText(self.tr("Delete %n of your own", "", own))
        self._delete.setVisible(bool(own))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
