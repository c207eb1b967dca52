"""Popup with a list of presets, opened at the message input."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.features.presets.ui.library.library_texts import PresetTool, preset_tools
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.lists.search_popup import Index, SearchPopup, SearchRowDelegate
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.counts import listed
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
    page_requested = Signal(str)
    """The name of the page of a tool."""

    def __init__(self, appearance: Appearance, parent: QWidget, find_presets: Find, *, tools: bool = False) -> None:
        """With `tools`, the pages that work with presets are listed after them."""
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
        self._has_tools = tools
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
        tools = tuple(tool for tool in preset_tools() if tool.matches(text)) if self._has_tools else ()
        self._rows.show((*self._find_presets(text), *tools))
        return self._rows.index(0) if self._rows.rowCount() else QModelIndex()

    def choose_index(self, index: QModelIndex) -> None:
        """Choose a preset."""
        if index.isValid() and self._rows.rowCount():
            entry = self._rows.entry(index)
            self.close()
            if isinstance(entry, PresetTool):
                self.page_requested.emit(entry.page)
            else:
                self.preset_chosen.emit(entry.key)

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
    """List model of presets, and of tools after them."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Preset | PresetTool, ...] = ()

    def show(self, entries: tuple[Preset | PresetTool, ...]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, index: Index) -> Preset | PresetTool:
        return self._entries[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        name, more = _words(entry)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                category = category_name(entry.category) if isinstance(entry, Preset) else ""
                return listed((name, more, category))
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
        entry = self._rows.entry(index)
        if isinstance(entry, PresetTool):
            return entry.icon
        return preset_icon(self._appearance.theme, entry.icon, entry.category)

    def words(self, index: Index) -> tuple[str, str]:
        return _words(self._rows.entry(index))


def _words(entry: Preset | PresetTool) -> tuple[str, str]:
    return plain_line(entry.name), plain_line(entry.description)
