"""The list that opens below the picker: search, models under their servers, and the way to more of both."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QWidget

from chatdesk.domain.model import ModelRef
from chatdesk.ui.models.model_list import ModelRow, ServerGroup, rows_of
from chatdesk.ui.models.model_rows import ModelRowDelegate, ModelRows
from chatdesk.ui.models.rule import Rule
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.palette import make_palette
from chatdesk.ui.theme.popup import Popup
from chatdesk.ui.theme.text_field import TextField

_MOST_ROWS = 11
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class ModelPopup(Popup):
    """The keyboard stays in the search field: letters filter, arrows choose, Enter takes, Esc closes."""

    model_chosen = Signal(ModelRef)
    refresh_requested = Signal()
    add_server_requested = Signal()
    given_up = Signal(str)
    """Escape after something was typed to open it: that and what followed are the person's, and belong into the message."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self._groups: tuple[ServerGroup, ...] = ()
        self._typed = ""
        self._search = TextField(appearance, "", self, icon="search")
        self._search.edit.setObjectName("modelSearch")
        self._search.edit.installEventFilter(self)
        self._search.changed.connect(self._filter)
        self._search.submitted.connect(self._take_current)
        self._rows = ModelRows()
        self._delegate = ModelRowDelegate(appearance, self._rows)
        self._list = QListView(self)
        self._list.setObjectName("modelList")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._take)
        self._nothing = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._refresh = Button(appearance, "", ButtonKind.PLAIN, self, icon="refresh-cw", small=True)
        self._refresh.setObjectName("refreshModels")
        self._refresh.clicked.connect(self.refresh_requested)
        self._add = Button(appearance, "", ButtonKind.PLAIN, self, icon="plus", small=True)
        self._add.setObjectName("addServerFromPicker")
        self._add.clicked.connect(self._ask_for_server)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._search)
        self._foot.addWidget(self._refresh)
        self._foot.addStretch(1)
        self._foot.addWidget(self._add)
        self.content.addLayout(self._head)
        self.content.addWidget(self._list)
        self.content.addWidget(self._nothing)
        self.content.addWidget(Rule(appearance, self))
        self.content.addLayout(self._foot)
        appearance.changed.connect(self._arrange)
        self._retranslate()
        self._arrange()

    def set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Show these servers; the words searched for and the row chosen stay."""
        if groups == self._groups:
            return  # servers are asked again and again; the list must not jump under the reader's eyes
        self._groups = groups
        chosen = self._list.currentIndex()
        row = self._rows.row(chosen) if chosen.isValid() else None
        self._show(row.ref if isinstance(row, ModelRow) else self._rows.current)

    def set_current(self, ref: ModelRef | None) -> None:
        """Mark the model that is asked now."""
        self._rows.current = ref
        self._list.viewport().update()

    def open_for(self, anchor: QWidget, typed: str = "") -> None:
        """Open below the picker, all models shown, the current one chosen. `typed` is what was typed to open it."""
        self._typed = typed
        self._search.set_text("")
        self._show(self._rows.current)
        self.open_below(anchor, align_end=True)
        self._search.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _filter(self) -> None:
        self._show(self._rows.current)

    def _show(self, chosen: ModelRef | None) -> None:
        self._rows.show(rows_of(self._groups, self._search.text()))
        self._list.setCurrentIndex(self._rows.position(chosen))
        has_rows = self._rows.rowCount() > 0
        self._list.setVisible(has_rows)
        self._nothing.setVisible(not has_rows)
        self._say_nothing()
        self._arrange()

    def _take_current(self) -> None:
        self._take(self._list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        row = self._rows.row(index) if index.isValid() else None
        if isinstance(row, ModelRow):
            self.close()
            self.model_chosen.emit(row.ref)

    def _ask_for_server(self) -> None:
        self.close()
        self.add_server_requested.emit()

    def _step(self, step: int) -> None:
        """Go to the next model in a direction, over heads. The keyboard stays in the field, so a screen reader must be told."""
        row = self._list.currentIndex().row()
        last = self._rows.rowCount() - 1
        target = min(max(row + step, 0), last)
        direction = 1 if step > 0 else -1
        while 0 <= target <= last and not isinstance(self._rows.row(self._rows.index(target)), ModelRow):
            target += direction
        if 0 <= target <= last:
            index = self._rows.index(target)
            self._list.setCurrentIndex(index)
            words = self._rows.data(index, Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._search.edit, str(words)))

    def _say_nothing(self) -> None:
        searching = bool(self._search.text().strip())
        self._nothing.set_text(self.tr("No model with this name.") if searching else self.tr("No models yet."))

    def _arrange(self) -> None:
        theme = self._appearance.theme
        small, pad = theme.length("xs"), theme.length("s")
        self._head.setContentsMargins(pad, pad, pad, small)
        self._foot.setContentsMargins(pad, small, pad, pad)
        heights = sum(self._list.sizeHintForRow(row) for row in range(min(self._rows.rowCount(), _MOST_ROWS)))
        self._list.setFixedHeight(heights + small)
        self._nothing.setContentsMargins(pad, pad, pad, pad)
        self.setFixedWidth(theme.length("paletteWidth") * 3 // 4)
        self._list.setPalette(make_palette(theme, "raised"))
        if self.isVisible():
            self.adjustSize()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Models"))
        self._search.set_name(self.tr("Search models"))
        self._search.set_placeholder(self.tr("Search models"))
        self._list.setAccessibleName(self.tr("Models"))
        self._say_nothing()
        self._refresh.setText(self.tr("Refresh"))
        self._add.setText(self.tr("Add a server…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list while the keyboard is in the search field."""
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step:
                self._step(step)
                return True
            if event.key() == Qt.Key.Key_Escape and self._typed:
                given_up = self._typed + self._search.text()
                self.close()
                self.given_up.emit(given_up)
                return True
        return super().eventFilter(watched, event)
