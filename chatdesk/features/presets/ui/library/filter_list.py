"""Filter column of the library: fixed filters, and the categories that have presets."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.library_filters import LibraryFilter, LibraryFilterKind
from chatdesk.features.presets.ui.library.library_texts import filter_icon, filter_name, preset_tools
from chatdesk.kernel.languages import language_of
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label


class LibraryFilterList(Translated, QScrollArea):
    """Only the current filter is in the tab order, following the widget `after`; arrow keys move between filters."""

    chosen = Signal(LibraryFilter)
    tool_requested = Signal(str)
    """The name of the page of a tool."""

    def __init__(self, appearance: Appearance, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._after = after
        self._counts: Mapping[LibraryFilter, int] = {}
        self._buttons: dict[LibraryFilter, RowButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # during a search, no filter is checked
        self._content = QWidget()
        self._head = Label(appearance, "caption", "textTertiary", self._content, strong=True)
        self._tools_head = Label(appearance, "caption", "textTertiary", self._content, strong=True)
        self._tools = {
            tool.page: RowButton(appearance, tool.icon, self._content, quiet=True) for tool in preset_tools()
        }
        self._layout = QVBoxLayout(self._content)
        self._language_note = Label(appearance, "caption", "textTertiary", self._content, wrap=True)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self._tools_head)
        for page, button in self._tools.items():
            button.setObjectName(f"tool.{page}")
            button.clicked.connect(lambda _checked=False, page=page: self.tool_requested.emit(page))
            self._layout.addWidget(button)
        self._layout.addStretch(1)
        self._layout.addWidget(self._language_note)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_counts(self, counts: Mapping[LibraryFilter, int]) -> None:
        """Show these filters with their counts, in this order."""
        self._counts = counts
        for library_filter in self._buttons.keys() - counts.keys():
            button = self._buttons.pop(library_filter)
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._layout.removeWidget(self._head)
        categories = False
        for number, library_filter in enumerate(counts):
            if library_filter.filter_kind is LibraryFilterKind.CATEGORY and not categories:
                self._layout.insertWidget(number, self._head)
                categories = True
            button = self._buttons.get(library_filter) or self._add(library_filter)
            self._layout.removeWidget(button)
            self._layout.insertWidget(number + categories, button)
        before = self._after
        for library_filter in counts:  # tab order is the visual order, not that of creation
            QWidget.setTabOrder(before, self._buttons[library_filter])
            before = self._buttons[library_filter]
        for button in self._tools.values():
            QWidget.setTabOrder(before, button)
            before = button
        self._head.setVisible(categories)
        self._retranslate()

    def show_current(self, library_filter: LibraryFilter | None) -> None:
        """Mark the current filter; None marks none."""
        for each, button in self._buttons.items():
            button.setAutoExclusive(False)  # or none could be marked
            button.setChecked(each == library_filter)
            button.setAutoExclusive(True)  # screen readers announce one of several, not a check box
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus
                if each == library_filter or (library_filter is None and each.filter_kind is LibraryFilterKind.ALL)
                else Qt.FocusPolicy.ClickFocus
            )

    def _add(self, library_filter: LibraryFilter) -> RowButton:
        button = self._buttons[library_filter] = RowButton(
            self._appearance, filter_icon(library_filter), self._content, quiet=True
        )
        button.setCheckable(True)
        button.setObjectName(f"shelf.{library_filter.category or library_filter.filter_kind}")
        button.clicked.connect(lambda: self.chosen.emit(library_filter))
        self._group.addButton(button)
        button.show()
        return button

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("s")
        self._layout.setContentsMargins(side, theme.length("m"), side, theme.length("m"))
        self._layout.setSpacing(0)
        for head in (self._head, self._tools_head):
            head.setContentsMargins(side, theme.length("l"), side, theme.length("xs"))
        self._language_note.setContentsMargins(side, side, side, 0)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Collections"))
        self._head.set_text(self.tr("Categories"))
        self._tools_head.set_text(self.tr("Tools"))
        for tool in preset_tools():
            self._tools[tool.page].set_labels(tool.name)
        window_language = language_of(self._appearance.language)
        of_presets = language_of(window_language.preset_language)
        self._language_note.setVisible(of_presets is not window_language)
        self._language_note.set_text(
            self.tr("The built-in presets are in {language}.").format(language=of_presets.name)
        )
        for library_filter, button in self._buttons.items():
            name, count = filter_name(library_filter), self._counts.get(library_filter, 0)
            button.set_labels(name, str(count))
            button.setAccessibleName(f"{name}, {count}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the Up and Down keys."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        library_filters = list(self._counts)
        here = next(
            (
                number
                for number, library_filter in enumerate(library_filters)
                if self._buttons[library_filter].hasFocus()
            ),
            None,
        )
        if not step or here is None or not 0 <= here + step < len(library_filters):
            event.ignore()
            return
        library_filter = library_filters[here + step]
        self.chosen.emit(library_filter)
        self._buttons[library_filter].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self._buttons[library_filter])
