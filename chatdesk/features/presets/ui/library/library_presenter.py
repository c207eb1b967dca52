"""Presenter for the library: lists the presets, shows the selected one, and performs the actions.

`edit_presenter.py` handles the editing of the selected preset.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cmp_to_key

from PySide6.QtCore import QCollator, QEvent, QLocale, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.presets.domain.library_filters import (
    LibraryEntry,
    LibraryFilter,
    LibraryFilterKind,
    Order,
    counts,
    matches_filter,
    sort_entries,
)
from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.features.presets.domain.search import PresetQuery, PresetSearch, tags_of
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.presets.ui.editor.edit_presenter import EditPresenter
from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.features.presets.ui.library.library_page import LibraryPage
from chatdesk.features.presets.ui.library.library_texts import filter_name
from chatdesk.features.presets.ui.library.preset_actions import PresetActions
from chatdesk.features.presets.ui.library.preset_rows import PresetRow
from chatdesk.kernel.errors.preset_errors import BrokenPreset
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.settings.declarations import PRESET_ORDER, PRESET_ROWS
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.text.safe_text import plain_line


class LibraryMenu(QMenu):
    """Context menu of the list, deleted on close. For several presets, it offers only the commands that apply to all of them.

    `reset_chosen`: replace a user copy by its built-in preset again.
    """

    use_chosen = Signal()
    favourite_chosen = Signal(bool)
    batch_chosen = Signal()
    rename_chosen = Signal()
    duplicate_chosen = Signal()
    versions_chosen = Signal()
    export_chosen = Signal()
    folder_chosen = Signal()
    reset_chosen = Signal()
    delete_chosen = Signal()

    def __init__(self, appearance: Appearance, entries: list[LibraryEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("libraryMenu")
        own = [entry for entry in entries if entry.is_own]
        if len(entries) == 1:
            self._add("message-square", self.tr("New chat"), "Return").triggered.connect(self.use_chosen)
            self._add("layers", self.tr("Run as batch…")).triggered.connect(self.batch_chosen)
        all_favourites = all(entry.state.favourite for entry in entries)
        star, text = (
            ("star", self.tr("Remove from favourites"))
            if all_favourites
            else ("star-filled", self.tr("Add to favourites"))
        )
        self._add(star, text, "*").triggered.connect(lambda: self.favourite_chosen.emit(not all_favourites))
        if len(entries) == 1:
            self._add("pencil", self.tr("Rename"), "F2").triggered.connect(self.rename_chosen)
        self._add("copy", self.tr("Duplicate")).triggered.connect(self.duplicate_chosen)
        self._add("download", self.tr("Export…")).triggered.connect(self.export_chosen)
        if len(entries) == 1 and own:
            self._add("history", self.tr("Versions")).triggered.connect(self.versions_chosen)
            self._add("folder-open", self.tr("Show in folder")).triggered.connect(self.folder_chosen)
        if not own:
            return
        self.addSeparator()
        if len(entries) == 1 and own[0].preset.replaces:
            self._add("undo-2", self.tr("Reset to built-in preset")).triggered.connect(self.reset_chosen)
        self._add_delete(len(own), len(entries))

    def _add_delete(self, own: int, count: int) -> None:
        text = self.tr("Delete") if count == 1 else self.tr("Delete %n of my presets", "", own)
        delete = self._add("trash-2", text, "Del", "danger")
        delete.setProperty(DANGER_PROPERTY, True)
        delete.triggered.connect(self.delete_chosen)

    def _add(self, icon: str, text: str, keys: str = "", ink: str = "textSecondary") -> QAction:
        action = self.addAction(live_icon(self._appearance, icon, ink), text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        return action


_MAX_TAGS = 30


class LibraryPresenter(QObject):
    """`used` carries the key of a preset to start a chat with."""

    used = Signal(str)
    export_requested = Signal(list)
    batch_requested = Signal(str)
    """The key of a preset to run as a batch over many inputs."""
    undo_offered = Signal(str, object)
    """The description of what was done, and the callback that undoes it."""

    def __init__(
        self,
        appearance: Appearance,
        presets: Presets,
        settings: Settings,
        edits: EditPresenter,
        actions: PresetActions,
        page: LibraryPage,
    ) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._presets = presets
        self._settings = settings
        self._edits = edits
        self._page = self.page = page
        self._actions = actions
        self._filter = LibraryFilter()
        self._entries: dict[str, LibraryEntry] = {}
        self._ranks: dict[str, int] = {}
        """Rank of each name in the collation of the language."""
        self._search_index = PresetSearch(category_name)
        self._row_cache: dict[str, tuple[Preset, PresetState, Preset | None, PresetRow]] = {}
        """Cached rows by key, with the values they were created from."""
        self._selection_timer = QTimer(self, singleShot=True, interval=0)
        """Defers updating the detail column during typing, so that the list is updated first."""
        self._selection_timer.timeout.connect(lambda: self._select(page.column.list.selected_keys()))
        self._connect()
        page.installEventFilter(self)
        self._apply_settings()
        self.destroyed.connect(presets.changes.subscribe(lambda _change: self.refresh()))
        self.refresh()

    def refresh(self) -> None:
        """Update the view from the library."""
        presets = self._presets.all()
        self._entries = {preset.key: LibraryEntry(preset, self._presets.state(preset.key)) for preset in presets}
        self._rank_names({preset.name for preset in presets})
        filter_counts = dict(counts(list(self._entries.values())))
        if broken := len(self._presets.broken()):
            filter_counts = _with_broken(filter_counts, broken)
        if self._filter not in filter_counts:
            self._filter = LibraryFilter()
        current = None if self._query else self._filter
        self._page.header.set_count(len(presets))
        self._page.filters.show_counts(filter_counts)
        self._page.filters.show_current(current)
        self._page.column.show_filters(filter_counts, current)
        self._page.column.set_tags(tags_of(presets)[:_MAX_TAGS])
        self._show_list()

    def end(self) -> None:
        """Store unsaved edits."""
        self._selection_timer.stop()
        self._edits.save_drafts()

    def show_preset(self, key: str) -> None:
        """Select and show a preset."""
        if self._query:
            self._page.header.set_text("")
        entry = self._entries.get(key)
        if entry is None:
            return
        if not matches_filter(entry, self._filter):
            self._set_filter(LibraryFilter())
        self._page.column.list.select_keys([key])
        self._select([key])
        self._page.show_detail()

    @property
    def _query(self) -> PresetQuery:
        return PresetQuery.of(self._page.header.text())

    def _connect(self) -> None:
        page, header, column, rows = self._page, self._page.header, self._page.column, self._page.column.list
        header.searched.connect(self._search)
        header.down_pressed.connect(rows.focus_list)
        header.confirmed.connect(self._use_first)
        header.new_requested.connect(self._create)
        page.new_requested.connect(self._create)
        page.search_requested.connect(header.focus_search)
        page.rename_requested.connect(lambda: self._rename(""))
        page.save_requested.connect(self._edits.save)
        page.filters.chosen.connect(self._set_filter)
        column.filter_chosen.connect(self._set_filter)
        column.order_chosen.connect(lambda order: self._settings.set(PRESET_ORDER, order.value))
        column.dense_chosen.connect(lambda dense: self._settings.set(PRESET_ROWS, dense))
        column.tag_chosen.connect(lambda tag: header.set_text(f"#{tag}"))
        self.destroyed.connect(self._settings.changes.subscribe(lambda _change: self._apply_settings()))
        rows.selected.connect(self._select)
        rows.used.connect(self.used)
        rows.favourite_requested.connect(lambda keys, on: self._actions.mark(keys, favourite=on))
        rows.rename_requested.connect(self._rename)
        rows.delete_requested.connect(self._delete)
        rows.menu_requested.connect(self._show_menu)
        rows.ordered.connect(self._actions.set_order)
        self._edits.drafts_changed.connect(self._show_list)
        self._edits.saved_as.connect(self.show_preset)
        self._edits.used.connect(self.used)
        self._edits.undo_offered.connect(self.undo_offered)
        self._actions.undo_offered.connect(self.undo_offered)
        self._actions.created.connect(self._show_created)
        self._actions.restored.connect(self.show_preset)
        detail = page.detail
        detail.used.connect(self.used)
        detail.menu_requested.connect(self._show_menu)
        detail.several.favourite_requested.connect(lambda on: self._actions.mark(rows.selected_keys(), favourite=on))
        detail.several.duplicate_requested.connect(
            lambda: self._actions.duplicate(self._entries_of(rows.selected_keys()))
        )
        detail.several.export_requested.connect(lambda: self.export_requested.emit(rows.selected_keys()))
        detail.several.delete_requested.connect(lambda: self._delete(rows.selected_keys()))

    def _apply_settings(self) -> None:
        order = self._order
        self._page.column.set_order(order)
        self._page.column.set_dense(dense=self._settings.get(PRESET_ROWS))
        if self._entries:
            self._show_list()

    @property
    def _order(self) -> Order:
        try:
            return Order(self._settings.get(PRESET_ORDER))
        except ValueError:
            return Order.MOST_USED

    def _set_filter(self, library_filter: LibraryFilter) -> None:
        self._filter = library_filter
        if self._page.header.text():
            self._page.header.set_text("")
        else:
            self.refresh()
        self._page.show_list()

    def _search(self) -> None:
        current = None if self._query else self._filter
        self._page.filters.show_current(current)
        self._page.show_list()
        self._page.column.list.select_keys([])
        self._list()
        self._selection_timer.start()

    # The list

    def _show_list(self) -> None:
        self._list()
        self._select(self._page.column.list.selected_keys())

    def _list(self) -> None:
        column, query = self._page.column, self._query
        rows = self._search_rows(query) if query else self._filtered_rows()
        title = self.tr("%n found", "", len(rows)) if query else filter_name(self._filter)
        column.show_rows(title, rows, self._empty_text(query), sorted_by_fit=bool(query))
        if not column.list.selected_keys() and rows and not self._edits.shows_new:
            column.list.select_keys([rows[0].key])

    def _filtered_rows(self) -> list[PresetRow]:
        if self._filter.filter_kind is LibraryFilterKind.BROKEN:
            return [self._broken_row(broken) for broken in self._presets.broken()]
        order = Order.RECENT if self._filter.filter_kind is LibraryFilterKind.RECENT else self._order
        filtered = [entry for entry in self._entries.values() if matches_filter(entry, self._filter)]
        return [self._row(entry) for entry in sort_entries(filtered, order, self._ranks.__getitem__)]

    def _search_rows(self, query: PresetQuery) -> list[PresetRow]:
        entries = sort_entries(self._entries.values(), Order.MOST_USED, self._ranks.__getitem__)
        presets, search = [entry.preset for entry in entries], self._search_index
        found = search.ranked(presets, query) or search.ranked(presets, query, mistakes=True)
        return [self._row(self._entries[preset.key]) for _, preset in found]

    def _rank_names(self, names: set[str]) -> None:
        if names == self._ranks.keys():
            return
        collator = QCollator(QLocale())
        collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        collator.setNumericMode(True)
        ordered = sorted(names, key=cmp_to_key(collator.compare))
        self._ranks = {name: rank for rank, name in enumerate(ordered)}

    def _row(self, entry: LibraryEntry) -> PresetRow:
        """Return the cached or new row of a preset: every typed character of a search requests a thousand rows."""
        draft = self._edits.draft(entry.key)
        known = self._row_cache.get(entry.key)
        if known and known[0] is entry.preset and known[1] is entry.state and known[2] is draft:
            return known[3]
        shown = (
            replace(entry, preset=replace(draft, id=entry.preset.id, origin=entry.preset.origin)) if draft else entry
        )
        icon = preset_icon(self._appearance.theme, shown.preset.icon, shown.preset.category)
        row = PresetRow.of(shown, icon, unsaved=draft is not None)
        self._row_cache[entry.key] = entry.preset, entry.state, draft, row
        return row

    def _broken_row(self, broken: BrokenPreset) -> PresetRow:
        text = self.tr("Line {number}").format(number=broken.line) if broken.line else ""
        return PresetRow(broken.file, plain_line(broken.file), text, "triangle-alert", broken=True)

    def _empty_text(self, query: PresetQuery) -> str:
        if query:
            keys = self._appearance.shortcuts.shown(CommandId.NEW_CHAT)
            text = self.tr("No results. Press {keys} to create a preset.") if keys else self.tr("No results")
            return text.format(keys=keys)
        match self._filter.filter_kind:
            case LibraryFilterKind.FAVOURITES:
                return self.tr("Presets you mark with a star appear here.")
            case LibraryFilterKind.RECENT:
                return self.tr("Presets you have used appear here, most recent first.")
            case LibraryFilterKind.OWN:
                return self.tr("Presets you create or edit appear here.")
            case _:
                return self.tr("No presets yet. Select New preset to create one.")

    # The selected presets

    def _entries_of(self, keys: Sequence[str]) -> list[LibraryEntry]:
        return [self._entries[key] for key in keys if key in self._entries]

    def _select(self, keys: Sequence[str]) -> None:
        if not keys and self._edits.shows_new:
            return
        entries = self._entries_of(keys)
        broken = next((each for each in self._presets.broken() if [each.file] == list(keys)), None)
        if broken:
            self._edits.show_broken(broken, lambda: self._page.column.list.selected_keys() == [broken.file])
        elif len(entries) == 1:
            self._edits.show(entries[0])
        elif entries:
            self._page.detail.show_several(entries)
        else:
            self._page.detail.show_nothing()

    def _show_menu(self, keys: Sequence[str], position: QPoint) -> None:
        entries = self._entries_of(keys)
        if not entries:
            return
        menu = LibraryMenu(self._appearance, entries, self._page)
        first = entries[0].key
        menu.use_chosen.connect(lambda: self.used.emit(first))
        menu.batch_chosen.connect(lambda: self.batch_requested.emit(first))
        menu.favourite_chosen.connect(lambda on: self._actions.mark(keys, favourite=on))
        menu.rename_chosen.connect(lambda: self._rename(first))
        menu.duplicate_chosen.connect(lambda: self._actions.duplicate(entries))
        menu.versions_chosen.connect(self._edits.show_versions)
        menu.export_chosen.connect(lambda: self.export_requested.emit(list(keys)))
        menu.folder_chosen.connect(lambda: open_folder(self._presets.folder))
        menu.reset_chosen.connect(lambda: self._delete([first]))
        menu.delete_chosen.connect(lambda: self._delete(keys))
        menu.popup(position)

    def _use_first(self) -> None:
        keys = self._page.column.list.selected_keys()
        if len(keys) == 1 and keys[0] in self._entries:
            self.used.emit(keys[0])

    def _rename(self, key: str) -> None:
        if key:
            self._page.column.list.select_keys([key])
            self._select([key])
        self._page.show_detail()
        self._page.detail.rename()

    def _show_created(self, key: str) -> None:
        self.refresh()
        self.show_preset(key)
        self._page.detail.rename()

    def _create(self) -> None:
        """Show an empty preset; nothing is written until it is saved."""
        self._page.column.list.select_keys([])
        self._edits.show_new(self._filter.category)
        self._page.show_detail()
        self._page.detail.rename()

    def _delete(self, keys: Sequence[str]) -> None:
        entries = self._entries_of(keys)
        own = [entry.key for entry in entries if entry.is_own]
        if after := self._neighbour(own):
            self._page.column.list.select_keys([after])
            self._select([after])
        self._actions.delete(entries)

    def _neighbour(self, deleted_keys: Sequence[str]) -> str:
        """Return the key to select after these presets are deleted: the one after them, or else the one before."""
        keys = self._page.column.list.rows.keys()
        positions = [keys.index(key) for key in deleted_keys if key in keys]
        if not positions:
            return ""
        after = [key for key in keys[max(positions) :] if key not in deleted_keys]
        before = [key for key in keys[: min(positions)] if key not in deleted_keys]
        return after[0] if after else before[-1] if before else ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._search_index.forget()
            self._ranks.clear()
            self.refresh()
        return False


def _with_broken(filter_counts: dict[LibraryFilter, int], count: int) -> dict[LibraryFilter, int]:
    """Return the filters with that for broken files after the other fixed filters."""
    filters = {
        library_filter: number
        for library_filter, number in filter_counts.items()
        if library_filter.filter_kind is not LibraryFilterKind.CATEGORY
    }
    return {**filters, LibraryFilter(LibraryFilterKind.BROKEN): count, **filter_counts}
