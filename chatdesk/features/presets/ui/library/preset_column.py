"""List column of the library: title, order, view options and list, or a text if the list is empty."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.library_filters import LibraryFilter, Order
from chatdesk.features.presets.ui.library.library_texts import filter_name, order_name, preset_tools
from chatdesk.features.presets.ui.library.preset_list import PresetList
from chatdesk.features.presets.ui.library.preset_rows import PresetRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class PresetColumn(Translated, QWidget):
    """If the filter column is hidden, the filter is chosen from a combo box in the header of this column."""

    filter_chosen = Signal(LibraryFilter)
    order_chosen = Signal(Order)
    dense_chosen = Signal(bool)
    tag_chosen = Signal(str)
    tool_requested = Signal(str)
    """The name of the page of a tool, chosen instead of a filter."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._order = Order.MOST_USED
        self._dense = False
        self._current = -1
        """The index of the current filter in the combo box."""
        self._tags: Sequence[str] = ()
        self.list = PresetList(appearance, self)
        self.list.setObjectName("presetList")
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._title.setObjectName("libraryPlace")
        self._filter_box = QComboBox(self)
        self._filter_box.setObjectName("libraryPlaces")
        self._filter_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._filter_box.activated.connect(self._choose_filter)
        self._filter_box.hide()
        self._sort = Button(appearance, "", ButtonKind.PLAIN, self, icon="chevron-down", small=True)
        self._sort.setObjectName("presetOrder")
        self._sort.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # puts the chevron after the text
        self._sort.clicked.connect(self._choose_order)
        self._tag = IconButton(appearance, "tag", self, size=IconButtonSize.ROW)
        self._tag.setObjectName("presetTags")
        self._tag.clicked.connect(self._choose_tag)
        self._view = IconButton(appearance, "list", self, size=IconButtonSize.ROW)
        self._view.setObjectName("presetView")
        self._view.clicked.connect(lambda: self.dense_chosen.emit(not self._dense))
        self._empty_label = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._empty_label.setObjectName("noPresets")
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._tools = QHBoxLayout()
        self._tools.addStretch(1)
        for part in (self._sort, self._tag, self._view):
            self._tools.addWidget(part)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._filter_box, 1)
        self._head.addLayout(self._tools)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.list, 1)
        self._layout.addWidget(self._empty_label, 1)
        QWidget.setTabOrder(self._filter_box, self._sort)
        QWidget.setTabOrder(self._sort, self._tag)
        QWidget.setTabOrder(self._tag, self._view)
        QWidget.setTabOrder(self._view, self.list)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_rows(self, title: str, rows: Sequence[PresetRow], empty_text: str, *, sorted_by_fit: bool) -> None:
        """Show presets under a title; `empty_text` is the text for an empty list."""
        self._sort.setVisible(not sorted_by_fit)
        self._title.set_text(title)
        self.list.show_rows(rows)
        self._empty_label.set_text(empty_text)
        self.list.setVisible(bool(rows))
        self._empty_label.setVisible(not rows)

    def show_filters(self, counts: Mapping[LibraryFilter, int], current: LibraryFilter | None) -> None:
        """Set the filters in the combo box."""
        self._filter_box.clear()
        for library_filter, count in counts.items():
            self._filter_box.addItem(f"{filter_name(library_filter)} ({count})", library_filter)
            if library_filter == current:
                self._filter_box.setCurrentIndex(self._filter_box.count() - 1)
        self._filter_box.insertSeparator(self._filter_box.count())
        for tool in preset_tools():
            self._filter_box.addItem(tool.name, tool.page)
        self._current = self._filter_box.currentIndex() if current else -1
        self._filter_box.setCurrentIndex(self._current)

    def _choose_filter(self) -> None:
        chosen = self._filter_box.currentData()
        if isinstance(chosen, str):
            self._filter_box.setCurrentIndex(self._current)
            self.tool_requested.emit(chosen)
        else:
            self.filter_chosen.emit(chosen)

    def set_choosing(self, *, choosing: bool) -> None:
        """Show the combo box instead of the title."""
        self._filter_box.setVisible(choosing)
        self._title.setVisible(not choosing)
        self._arrange()

    def set_order(self, order: Order) -> None:
        """Show the order."""
        self._order = order
        self.list.rows.set_movable(movable=order is Order.BY_HAND)
        self._retranslate()

    def set_dense(self, *, dense: bool) -> None:
        """Show rows instead of cards."""
        self._dense = dense
        self.list.set_dense(dense=dense)
        self._view.set_icon("layout-grid" if dense else "list")
        self._retranslate()

    def set_tags(self, tags: Sequence[str]) -> None:
        """Set the tags offered as filters."""
        self._tags = tags
        self._tag.setVisible(bool(tags))

    def _choose_order(self) -> None:
        menu = self._menu()
        group = QActionGroup(menu)
        for order in Order:
            action = menu.addAction(order_name(order))
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked, order=order: self.order_chosen.emit(order))
        self._show_menu(menu, self._sort)

    def _choose_tag(self) -> None:
        menu = self._menu()
        for tag in self._tags:
            menu.addAction(f"#{tag}".replace("&", "&&")).triggered.connect(
                lambda _=0, tag=tag: self.tag_chosen.emit(tag)
            )
        self._show_menu(menu, self._tag)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _show_menu(self, menu: QMenu, button: QWidget) -> None:
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height())))

    def _arrange(self) -> None:
        stacked = not self._filter_box.isHidden() and self.width() < self._appearance.theme.length("previewMin")
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("m"), 0)
        self._head.setSpacing(theme.length("hair"))
        self._tools.setSpacing(theme.length("hair"))
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.length("s"))
        self._empty_label.setContentsMargins(theme.length("l"), theme.length("m"), theme.length("l"), 0)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Presets"))
        self._filter_box.setAccessibleName(self.tr("Collection"))
        self._sort.setText(order_name(self._order))
        self._sort.setToolTip(self.tr("Change order"))
        self._tag.set_name(self.tr("Filter by tag"))
        self._view.set_name(self.tr("Card view") if self._dense else self.tr("List view"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
