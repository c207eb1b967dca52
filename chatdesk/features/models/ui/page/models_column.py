"""Left column of *On this computer*: the model list with its count, search, filters and sort order, and the help shown when it is empty."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_list import ModelFilter, ModelOrder
from chatdesk.features.models.ui.page.models_list import ModelsList, row_height
from chatdesk.features.models.ui.page.row_texts import order_text
from chatdesk.kernel.models.model import Capability
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.chip import ToggleChip
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MAX_SEARCH_LENGTH = 200
_ABILITIES = (
    ("thinking", Capability.THINKING, "lightbulb"),
    ("tools", Capability.TOOLS, "wrench"),
    ("vision", Capability.VISION, "image"),
)


_MIN_ROWS = 3
ALL_PROVIDERS = "all"
"""Choice of the models of all providers; an empty one means those on this computer."""


class ModelsColumn(Translated, QWidget):
    """The model list with its heading, and folded away below it the search and the filters. `model_filter` is the current filter.

    `filter_changed` is emitted when the filter changes, `order_chosen` with order and direction (True for descending).
    """

    filter_changed = Signal()
    order_chosen = Signal(ModelOrder, bool)
    grouped_chosen = Signal(bool)
    step_requested = Signal(str)
    """A button below the message for an empty list was clicked; its key."""
    get_more_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._order, self._descending, self._grouped = ModelOrder.NAME, False, True
        self._servers: Sequence[tuple[str, str]] = ()
        self._server = ""
        self._shows_hidden = False
        self._has_many = False
        self._filters = QWidget(self)
        self.search = TextField(appearance, "", self._filters, icon="search")
        self.search.edit.setObjectName("searchModels")
        self.search.edit.setMaxLength(_MAX_SEARCH_LENGTH)
        self.search.edit.installEventFilter(self)
        self.search.changed.connect(self.filter_changed)
        self._title = Label(appearance, "label", "text", self)
        self._unfold = IconButton(appearance, "search", self, size=IconButtonSize.ROW)
        self._unfold.setObjectName("filterModels")
        self._unfold.setCheckable(True)
        self._unfold.toggled.connect(self._on_unfolded)
        self._sort = IconButton(appearance, "sliders-horizontal", self, size=IconButtonSize.ROW)
        self._sort.setObjectName("sortModels")
        self._sort.clicked.connect(self._choose_order)
        self._chips = WrappingRow(appearance, self._filters)
        self._server_chip = ToggleChip(appearance, "", "server", self._chips)
        self._server_chip.setObjectName("filterServer")
        self._server_chip.set_opens(opens=True)
        self._server_chip.clicked.connect(self._choose_server)
        self._chips.add(self._server_chip)
        self._abilities = {ability: self._chip(name, icon) for name, ability, icon in _ABILITIES}
        self._loaded = self._chip("loaded", "memory-stick")
        self._favourites = self._chip("favourites", "star")
        self._count = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._count.setObjectName("modelsCount")
        self._card = Card(appearance, self)
        self.list = ModelsList(appearance, self._card)
        self.list.setObjectName("modelsList")
        self.list.resized.connect(self._fit)
        self.foot = QVBoxLayout()
        """Rows below the list, inside its card."""
        self._get_more = Button(appearance, "", ButtonKind.PLAIN, self, icon="plus", ink="accentText")
        self._get_more.setObjectName("getMoreModels")
        self._get_more.clicked.connect(self.get_more_requested)
        self._is_stacked = False
        self._empty = QWidget(self._card)
        self._empty_label = Label(appearance, "ui", "textTertiary", self._empty, wrap=True)
        self._empty_label.setObjectName("noModels")
        self._steps = WrappingRow(appearance, self._empty)
        self._step_buttons: dict[str, Button] = {}
        self._lay_out()
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def provider(self) -> str:
        """ID of the provider whose models are shown; empty for all on this computer, `ALL_PROVIDERS` for all."""
        return self._server

    @property
    def model_filter(self) -> ModelFilter:
        """The current filter."""
        return ModelFilter(
            self.search.text(),
            "" if self._server == ALL_PROVIDERS else self._server,
            frozenset(ability for ability, chip in self._abilities.items() if chip.isChecked()),
            self._loaded.isChecked(),
            self._favourites.isChecked(),
            self._shows_hidden,
        )

    def clear_filter(self) -> None:
        """Reset all filters except the one for hidden models."""
        for chip in (*self._abilities.values(), self._loaded, self._favourites):
            chip.setChecked(False)
        self._server = ""
        self.search.set_text("")
        self._retranslate()
        self.filter_changed.emit()

    def focus_search(self) -> None:
        """Show the search, with its text selected for overwriting."""
        self._unfold.setChecked(True)
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def set_many(self, *, many: bool) -> None:
        """Set whether there are so many models that the search is always shown."""
        if many != self._has_many:
            self._has_many = many
            self._show_filters()

    def set_stacked(self, *, stacked: bool) -> None:
        """Set whether other content follows below. The list is then as high as its rows, and the page scrolls instead."""
        self._is_stacked = stacked
        self._fit()

    def _fit(self) -> None:
        rows = self.list.rows.rowCount()
        least = rows if self._is_stacked else min(rows, _MIN_ROWS)
        self.list.setMinimumHeight(least * row_height(self._appearance.theme))

    def _on_unfolded(self, unfolded: bool) -> None:
        self._show_filters()
        if unfolded:
            self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.model_filter.is_narrow or self._server:
            self.clear_filter()

    def _show_filters(self) -> None:
        self._filters.setVisible(self._has_many or self._unfold.isChecked())
        self._unfold.setVisible(not self._has_many)

    def set_order(self, order: ModelOrder, *, descending: bool, grouped: bool) -> None:
        """Set the displayed sort order and grouping."""
        self._order, self._descending, self._grouped = order, descending, grouped
        self._retranslate()

    def set_servers(self, servers: Sequence[tuple[str, str]]) -> None:
        """Set the servers (ID and name) to filter by."""
        if servers != self._servers:
            self._servers = servers
            if self._server not in {ALL_PROVIDERS, *dict(servers)}:
                self._server = ""
            self._server_chip.setVisible(len(servers) > 1)
            self._retranslate()

    def set_count(self, text: str) -> None:
        """Set the text for the number of models."""
        self._count.set_text(text)

    def show_empty_message(self, text: str, steps: Sequence[tuple[str, str]] = ()) -> None:
        """Show a message in place of an empty list, with buttons that help (key and label). An empty message shows the list."""
        self._empty_label.set_text(text)
        for key, button in self._step_buttons.items():
            button.setVisible(key in {step for step, _ in steps})
        for key, label in steps:
            button = self._step_buttons.get(key) or self._add_step(key)
            button.setText(label)
            button.show()
        self._steps.arrange()
        self.list.setVisible(not text)
        self._empty.setVisible(bool(text))

    def _add_step(self, key: str) -> Button:
        button = self._step_buttons[key] = Button(self._appearance, "", ButtonKind.OUTLINED, self._steps)
        button.setObjectName(f"modelsStep.{key}")
        button.clicked.connect(lambda: self.step_requested.emit(key))
        self._steps.add(button)
        return button

    def _chip(self, name: str, icon: str) -> ToggleChip:
        chip = ToggleChip(self._appearance, "", icon, self._chips)
        chip.setObjectName(f"filter.{name}")
        chip.toggled.connect(self.filter_changed)
        self._chips.add(chip)
        return chip

    def _choose_server(self) -> None:
        self._server_chip.setChecked(bool(self._server))
        menu = self._menu()
        group = QActionGroup(menu)
        for server, name in (
            ("", self.tr("On this computer")),
            (ALL_PROVIDERS, self.tr("All providers")),
            *self._servers,
        ):
            action = menu.addAction(plain_line(name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(server == self._server)
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked, server=server: self._set_server(server))
        menu.popup(self._server_chip.mapToGlobal(QPoint(0, self._server_chip.height())))

    def _set_server(self, server: str) -> None:
        self._server = server
        self._retranslate()
        self.filter_changed.emit()

    def _choose_order(self) -> None:
        menu = self._menu()
        menu.setObjectName("sortMenu")
        orders, directions = QActionGroup(menu), QActionGroup(menu)
        for order in ModelOrder:
            action = menu.addAction(order_text(order))
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.setActionGroup(orders)
            begins = order.begins_descending
            action.triggered.connect(lambda _checked, order=order, begins=begins: self.order_chosen.emit(order, begins))
        menu.addSeparator()
        for text, descending in ((self.tr("Ascending"), False), (self.tr("Descending"), True)):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(descending is self._descending)
            action.setActionGroup(directions)
            action.triggered.connect(lambda _checked, down=descending: self.order_chosen.emit(self._order, down))
        menu.addSeparator()
        grouped = menu.addAction(self.tr("Group by provider"))
        grouped.setCheckable(True)
        grouped.setChecked(self._grouped)
        grouped.triggered.connect(self.grouped_chosen)
        hidden = menu.addAction(self.tr("Show hidden models"))
        hidden.setCheckable(True)
        hidden.setChecked(self._shows_hidden)
        hidden.triggered.connect(self._show_hidden)
        menu.popup(self._sort.mapToGlobal(QPoint(self._sort.width() - menu.sizeHint().width(), self._sort.height())))

    def _show_hidden(self, shown: bool) -> None:
        self._shows_hidden = shown
        self.filter_changed.emit()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._count, 1)
        self._head.addWidget(self._unfold)
        self._head.addWidget(self._sort)
        self._top = QVBoxLayout(self._filters)
        self._top.addWidget(self.search)
        self._top.addWidget(self._chips)
        self._inside = QVBoxLayout(self._empty)
        self._inside.addWidget(self._empty_label)
        self._inside.addWidget(self._steps)
        self._rows = QVBoxLayout(self._card)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.list)
        self._rows.addWidget(self._empty)
        self._rows.addLayout(self.foot)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._filters)
        self._layout.addWidget(self._card)
        self._layout.addWidget(self._get_more, 0, Qt.AlignmentFlag.AlignLeading)
        self._layout.addStretch(1)
        self._empty.hide()
        self._show_filters()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._layout.setSpacing(theme.length("s"))
        self._top.setContentsMargins(0, 0, 0, theme.length("xs"))
        self._top.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("s"))
        self._rows.setContentsMargins(1, theme.length("s"), 1, 1)  # inside the border and its rounded corners
        self._inside.setContentsMargins(side, theme.length("m"), side, theme.length("m"))
        self._inside.setSpacing(theme.length("m"))
        self.list.setPalette(make_palette(theme, "raised"))
        self._fit()

    def _retranslate(self) -> None:
        text = self.tr("Search models")
        self._title.set_text(self.tr("Models"))
        self._get_more.setText(self.tr("Get more"))
        self._unfold.set_name(self.tr("Search and filter"), command=CommandId.FIND)
        self.search.set_placeholder(text)
        self.search.set_name(text)
        self.search.edit.setToolTip(self.tr("Search name, provider, size or quantisation"))
        order = order_text(self._order)
        self._sort.set_name(
            self.tr("Sorted by {order}, descending").format(order=order)
            if self._descending
            else self.tr("Sorted by {order}, ascending").format(order=order)
        )
        names = {"": self.tr("On this computer"), ALL_PROVIDERS: self.tr("All providers"), **dict(self._servers)}
        self._server_chip.setText(plain_line(names.get(self._server, "")))
        self._server_chip.setChecked(bool(self._server))
        for ability, label in (
            (Capability.THINKING, self.tr("Reasoning")),
            (Capability.TOOLS, self.tr("Tools")),
            (Capability.VISION, self.tr("Vision")),
        ):
            self._abilities[ability].setText(label)
        self._loaded.setText(self.tr("Loaded"))
        self._favourites.setText(self.tr("Favourites"))
        for chip in (self._server_chip, *self._abilities.values(), self._loaded, self._favourites):
            chip.updateGeometry()
        self._chips.arrange()
        self.list.setAccessibleName(self.tr("Models"))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down or event.key() in _ENTER:
                if self.list.isVisible():
                    self.list.focus_list()
                return True
            if event.key() == Qt.Key.Key_Escape and (self.search.text() or self._unfold.isChecked()):
                if self.search.text():
                    self.search.set_text("")
                else:
                    self._unfold.setChecked(False)
                    self.list.focus_list()
                return True
        return False
