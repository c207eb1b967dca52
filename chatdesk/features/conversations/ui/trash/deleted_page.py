"""Page for deleted items: its header, the list in a card, or a deleted chat. `deleted_presenter.py` acts on it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.conversations.ui.trash.deleted_chat import DeletedChat
from chatdesk.features.conversations.ui.trash.deleted_list import DeletedList
from chatdesk.features.conversations.ui.trash.deleted_rows import DeletedRows, size_text
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.trash import Trashed
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader


class DeletedHeader(Translated, PageHeader):
    """Header with the commands for all items and the sidebar button; while a chat is shown, only a button back to the list."""

    sidebar_toggled = Signal()
    back_requested = Signal()
    delete_all_requested = Signal()
    restore_all_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._chat_title, self._compact, self._has_items = "", False, False
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("deletedSidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("deletedBack")
        self._back.clicked.connect(self.back_requested)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._delete = Button(appearance, "", ButtonKind.PLAIN, self, ink="danger")
        self._delete.setObjectName("deleteAllNow")
        self._delete.clicked.connect(self.delete_all_requested)
        self._restore = Button(appearance, "", ButtonKind.OUTLINED, self, icon="archive-restore")
        self._restore.setObjectName("restoreAll")
        self._restore.clicked.connect(self.restore_all_requested)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._back)
        self._layout.addWidget(self._toggle)
        self._layout.addWidget(self._title, 1)
        self._layout.addWidget(self._delete)
        self._layout.addWidget(self._restore)
        appearance.bind(self._restyle)
        self._show()

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Update the icon of the sidebar button."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def set_chat_title(self, title: str) -> None:
        """Show the title of the deleted chat; empty if the list is shown."""
        self._chat_title = title
        self._show()

    def set_has_items(self, *, has_items: bool) -> None:
        """Show the commands for all items if there are any."""
        self._has_items = has_items
        self._show()

    def set_compact(self, *, compact: bool) -> None:
        """Show icons instead of text."""
        if compact != self._compact:
            self._compact = compact
            self._show()

    def _show(self) -> None:
        self._back.setVisible(bool(self._chat_title))
        self._toggle.setVisible(not self._chat_title)
        self._title.set_text(self._chat_title or self.tr("Recently deleted"))
        self._toggle.set_name(self.tr("Show or hide sidebar"), command=CommandId.TOGGLE_SIDEBAR)
        self._back.set_name(self.tr("Back to the list"))
        buttons = (
            (self._delete, self.tr("Delete all permanently…"), "trash-2"),
            (self._restore, self.tr("Restore all"), ""),
        )
        for button, name, icon in buttons:
            button.setVisible(self._has_items and not self._chat_title)
            button.setText("" if self._compact else name)
            button.setAccessibleName(name)
            button.setToolTip(name if self._compact else "")
            button.set_icon((icon if self._compact else "") if button is self._delete else "archive-restore")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._show()


_MIN_ROWS_FOR_SEARCH = 10
"""Minimum number of rows for showing the search field."""
_MAX_SEARCH_LENGTH = 200
_COMPACT_BELOW = 520
_Modifier = Qt.KeyboardModifier


class DeletedPage(Translated, QWidget):
    """`make_chat` creates the view for a deleted chat on first use. `closed`: Esc was pressed in the list."""

    closed = Signal()
    chat_left = Signal()

    def __init__(
        self,
        appearance: Appearance,
        now: Callable[[], datetime],
        make_chat: Callable[[], DeletedChat],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("deletedPage")
        self._appearance = appearance
        self._now = now
        self._make_chat = make_chat
        self._chat: DeletedChat | None = None
        self._size: int | None = None
        self.header = DeletedHeader(appearance, self)
        self.header.back_requested.connect(self.leave_chat)
        self.rows = DeletedRows(now, self)
        self._intro = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._empty_label = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._footer = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._search = TextField(appearance, "", self, icon="search")
        self._search.edit.setObjectName("searchDeleted")
        self._search.edit.setMaxLength(_MAX_SEARCH_LENGTH)
        self._search.edit.installEventFilter(self)
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search.changed.connect(self._set_filter)
        self._card = Card(appearance, self)
        self.list = DeletedList(appearance, self.rows, self._card)
        self.list.setObjectName("deletedList")
        self.list.up_pressed.connect(self._focus_search)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self._column = QVBoxLayout()
        for part in (self._intro, self._search, self._empty_label, self._card, self._footer):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._listing = QWidget(self)
        self._across = QHBoxLayout(self._listing)
        self._across.addLayout(self._column, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._listing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.header)
        layout.addWidget(self._stack, 1)
        self.setAutoFillBackground(True)
        appearance.changed.connect(self._arrange)
        self._retranslate()

    @property
    def read(self) -> Trashed | None:
        """The deleted chat that is shown; None while the list is shown."""
        return self._chat.item if self._chat else None

    def begin(self) -> None:
        """Show the list and focus it."""
        self._search.set_text("")
        self.show_list()
        self.list.focus_row(0)

    def show_items(self, items: Sequence[Trashed]) -> None:
        """List these items. The keyboard focus stays at its row."""
        row, had = self.list.currentIndex().row(), self._has_keyboard
        self.rows.show(items)
        self._size = None
        self.header.set_has_items(has_items=bool(items))
        self._arrange()
        if had:
            self.list.focus_row(max(row, 0))

    def show_size(self, size: int) -> None:
        """Show the total size in bytes."""
        self._size = size
        self._retranslate()

    def show_chat(self, item: Trashed, messages: Sequence[Message]) -> None:
        """Show a deleted chat."""
        if self._chat is None:
            self._chat = self._make_chat()
            self._stack.addWidget(self._chat)
        self._stack.setCurrentWidget(self._chat)
        self.header.set_chat_title(self.rows.texts.name(item))
        self._chat.show_chat(item, messages, self._now())

    def show_list(self) -> None:
        """Show the list."""
        if self._chat:
            self._chat.leave()
        self._stack.setCurrentWidget(self._listing)
        self.header.set_chat_title("")

    def leave_chat(self) -> None:
        """Return to the list and focus its last row."""
        row = self.list.currentIndex().row()
        self.show_list()
        self.list.focus_row(max(row, 0))

    @property
    def _has_keyboard(self) -> bool:
        return any(part.hasFocus() for part in (self.list, *self.list.viewport().findChildren(QWidget)))

    def _set_filter(self, text: str) -> None:
        self.rows.set_filter(text)
        self._arrange()

    def _focus_search(self) -> None:
        if self._search.isVisible():
            self._search.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        count, listed = len(self.rows.items), self.rows.rowCount()
        width = min(theme.length("settingsColumn"), self.width() - 2 * theme.length("columnMarginNarrow"))
        side = max(0, (self.width() - width) // 2)
        self._across.setContentsMargins(side, theme.length("xxl"), side, theme.length("l"))
        self._column.setSpacing(theme.length("l"))
        self.header.set_compact(compact=self.width() < _COMPACT_BELOW * theme.scale)
        self._search.setVisible(count >= _MIN_ROWS_FOR_SEARCH)
        self._intro.setVisible(count > 0)
        self._empty_label.setVisible(listed == 0)
        for part in (self._card, self._footer):
            part.setVisible(listed > 0)
        self._card.setMaximumHeight(self.list.full_height + 2)
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._column.setStretchFactor(self._card, 1_000_000)
        self._retranslate()

    def _retranslate(self) -> None:
        self._intro.set_text(self.tr("Deleted chats are kept here for 30 days, then permanently deleted."))
        self._search.set_name(self.tr("Search deleted chats"))
        self._search.set_placeholder(self.tr("Search deleted chats"))
        self.list.setAccessibleName(self.tr("Recently deleted"))
        empty = not self.rows.items
        self._empty_label.set_text(
            self.tr("No deleted chats. Chats are kept here for 30 days after you delete them.")
            if empty
            else self.tr("No results")
        )
        read = self.tr("Select a chat to read it.")
        size = self.tr("Space used: {size}.").format(size=size_text(self._size)) if self._size else ""
        self._footer.set_text(f"{read} {size}".rstrip() if size else read)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Esc (back or close), and the commands for searching and for the sidebar."""
        command = self._appearance.shortcuts.command_of(event)
        if event.key() == Qt.Key.Key_Escape and self.read:
            self.leave_chat()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif command == CommandId.FIND and not self.read:
            self._focus_search()
        elif command == CommandId.TOGGLE_SIDEBAR:
            self.header.sidebar_toggled.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down move from the search field to the list, and Esc clear the search."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.rows.rowCount():
                self.list.focus_row(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self._search.text():
                self._search.set_text("")
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
