"""Popup with a list of presets, opened at the message input."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.lists.search_popup import Index, SearchPopup, SearchRowDelegate
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button

_MAX_ROWS = 9

Find = Callable[[str], tuple[Preset, ...]]


class PresetPopup(Translated, SearchPopup):
    """`find_presets` returns the presets for a search text, the best matches first."""

    preset_chosen = Signal(str)
    """The key of a preset."""
    library_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, find_presets: Find) -> None:
        self._rows = _PresetRows()
        super().__init__(
            appearance,
            parent,
            self._rows,
            _PresetDelegate(appearance, self._rows),
            kind="preset",
            most_rows=_MAX_ROWS,
            echoes=True,
        )
        self._find_presets = find_presets
        self._library = Button(appearance, "", ButtonKind.PLAIN, self, icon="library", small=True)
        self._library.setObjectName("openLibrary")
        self._library.clicked.connect(self._open_library)
        self.foot.addWidget(self._library)
        self.foot.addStretch(1)
        self._retranslate()
        self._arrange()

    def refresh(self) -> None:
        """Search the presets again."""
        if self.isVisible():
            self.search_again()

    def list_rows(self, text: str) -> QModelIndex:
        """List the presets that match a search text."""
        self._rows.show(self._find_presets(text))
        return self._rows.index(0) if self._rows.rowCount() else QModelIndex()

    def take(self, index: QModelIndex) -> None:
        """Choose a preset."""
        if index.isValid() and self._rows.rowCount():
            self.close()
            self.preset_chosen.emit(self._rows.preset(index).key)

    def empty_text(self, *, searching: bool) -> str:
        """Return the text for an empty list, depending on whether a search is active."""
        return self.tr("No results") if searching else self.tr("No presets yet.")

    def _open_library(self) -> None:
        self.close()
        self.library_requested.emit()

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Presets"), self.tr("Search presets"))
        self._library.setText(self.tr("All presets…"))


class _PresetRows(QAbstractListModel):
    """List model of presets."""

    def __init__(self) -> None:
        super().__init__()
        self._presets: tuple[Preset, ...] = ()

    def show(self, presets: tuple[Preset, ...]) -> None:
        self.beginResetModel()
        self._presets = presets
        self.endResetModel()

    def preset(self, index: Index) -> Preset:
        return self._presets[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._presets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        preset = self._presets[index.row()]
        name, more = plain_line(preset.name), plain_line(preset.description)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (name, more, category_name(preset.category))))
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (name, more)))
            case _:
                return None


class _PresetDelegate(SearchRowDelegate):
    """Shows the name and the description."""

    def __init__(self, appearance: Appearance, rows: _PresetRows) -> None:
        super().__init__(appearance)
        self._rows = rows

    def icon(self, index: Index) -> str:
        preset = self._rows.preset(index)
        return preset_icon(self._appearance.theme, preset.icon, preset.category)

    def words(self, index: Index) -> tuple[str, str]:
        preset = self._rows.preset(index)
        return plain_line(preset.name), plain_line(preset.description)
