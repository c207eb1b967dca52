"""Sidebar: New chat button, search, list of chats, and buttons for the pages.

It knows no services: chats are passed in as values, and requests are emitted as signals. The window decides where it is shown: beside
the chat, or as an overlay in a narrow window.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QMargins, QObject, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.conversations.ui.sidebar.list.conversation_list import ConversationList
from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.kernel.chat.conversation import Conversation, Folder, SearchHit
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.links import linked_chat
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, icon_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground, draw_progress, draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.search_field import SearchField

_CHECK_INTERVAL = 60_000
"""Milliseconds between two checks of the date: a timer for midnight would miss it while the computer sleeps."""


class DayClock(QObject):
    """Detects the start of a new day, so that "Today" stays correct in an open window. `today` returns the local date."""

    day_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.check)
        self._timer.start(_CHECK_INTERVAL)

    def check(self) -> None:
        """Check the date now."""
        if self._today() != self._day:
            self._day = self._today()
            self.day_changed.emit()


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of what is going on behind a page. All texts are empty if there is nothing."""

    percent: str = ""
    fraction: float = 0.0
    details: str = ""
    """What is in progress, and how long it will take."""
    failure: str = ""
    """What failed."""


_NO_PROGRESS = Progress()
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class SidebarButton(RowButton):
    """Button with the keys of its command or a note at the end. `framed` highlights the main button."""

    def __init__(
        self,
        appearance: Appearance,
        icon: str,
        parent: QWidget | None = None,
        *,
        command: str = "",
        framed: bool = False,
    ) -> None:
        self._command = command
        self._note = ""
        self._framed = framed
        self._current = False
        self._progress = _NO_PROGRESS
        super().__init__(appearance, icon, parent)

    def set_current(self, *, current: bool) -> None:
        """Mark the button of the current page."""
        if current != self._current:
            self._current = current
            self._describe()
            self.updateGeometry()
            self.update()

    def set_note(self, note: str) -> None:
        """Show a short note at the end, such as a progress, in place of the shortcut."""
        self._note = note
        self._restyle()

    def _restyle(self) -> None:
        self._end = self._note or self._appearance.shortcuts.shown(self._command)
        self._end_style = ("caption", "accentText" if self._note else "textTertiary")
        super()._restyle()

    def show_progress(self, progress: Progress) -> None:
        """Show progress: a percentage at the end of the row, and a bar and details below, unless its page is shown."""
        self._progress = progress
        self.set_note(progress.percent)
        self._describe()

    def _describe(self) -> None:
        shown = self.tr("Shown") if self._current else ""
        progress = (self._progress.percent, self._progress.details, self._progress.failure)
        self.setAccessibleDescription(listed((shown, *progress)))

    @property
    def _is_tall(self) -> bool:
        return bool(self._progress.details) and not self._current

    def _line_rect(self) -> QRectF:
        rect = super()._line_rect()
        if self._is_tall:
            rect.setHeight(self._appearance.theme.length("rowSidebar"))
        return rect

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle for the focus ring and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    @property
    def _strong(self) -> bool:
        return self._framed

    def _draw_ground(self, painter: QPainter, state: ControlState) -> QColor:
        theme, rect = self._appearance.theme, QRectF(self.rect())
        kind, radius = ButtonKind.OUTLINED if self._framed else ButtonKind.PLAIN, theme.length("radius.control")
        if self._current:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, rect, radius, theme.color("selected"), border)
        draw_button_ground(painter, theme, rect, kind, state, radius)
        return theme.color("accentText") if self._current else icon_color(theme, kind, state)

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        more = theme.length("rowSidebar") if self._is_tall else theme.length("xs") if self._framed else 0
        return super().sizeHint().grownBy(QMargins(0, 0, 0, more))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter, line = self._appearance.theme, QPainter(self), self._line_rect()
        pad = theme.length("s")
        if self._progress.failure and not self._progress.percent:
            size = theme.length("s")
            x = pad if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else line.right() - pad - size
            draw_box(painter, QRectF(x, line.center().y() - size / 2, size, size), size / 2, theme.color("danger"))
        if not self._is_tall:
            return
        height = theme.length("xs")
        bar = QRectF(pad, line.bottom(), line.width() - 2 * pad, height)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        draw_progress(painter, theme, bar, self._progress.fraction, mirrored=mirrored)
        painter.setFont(theme.font("caption"))
        label = QRectF(pad, bar.bottom(), bar.width(), self.height() - bar.bottom())
        text = painter.fontMetrics().elidedText(self._progress.details, Qt.TextElideMode.ElideRight, int(label.width()))
        draw_text(painter, label, text, theme.color("textSecondary"), _START)


_ICONS = {"presets": "library", "models": "cpu", "settings": "settings"}


class PageRows(Translated, QWidget):
    """Buttons for the pages at the bottom of the sidebar. Settings is always present; `pages` lists the others ("presets", "models").

    The button for models shows the progress of downloads, and leads to them while there are any. An import that runs in the background has
    a button of its own.
    """

    page_requested = Signal(str)
    downloads_requested = Signal()
    import_requested = Signal()

    def __init__(self, appearance: Appearance, pages: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._layout = QVBoxLayout(self)
        self._buttons: dict[str, SidebarButton] = {}
        self._has_downloads = False
        self._import: SidebarButton | None = None
        shown = {*pages, "settings"}
        for page, icon in _ICONS.items():
            if page in shown:
                self._buttons[page] = self._add(page, icon)
                self._buttons[page].clicked.connect(partial(self._request, page))
        appearance.bind(self._restyle)
        self._retranslate()

    def set_page(self, page: str) -> None:
        """Mark the current page; "" marks none."""
        for name, button in self._buttons.items():
            button.set_current(current=name == page)

    def show_downloads(self, progress: Progress) -> None:
        """Show the progress of downloads."""
        self._has_downloads = progress != _NO_PROGRESS
        if button := self._buttons.get("models"):
            button.show_progress(progress)

    def show_import(self, progress: Progress) -> None:
        """Show the progress of an import of chats above the other buttons; nothing if there is none."""
        if self._import is None and progress != _NO_PROGRESS:
            self._import = SidebarButton(self._appearance, "download", self)
            self._import.setObjectName("importProgress")
            self._import.clicked.connect(self.import_requested)
            self._layout.insertWidget(0, self._import)
            self._retranslate()
        if self._import:
            self._import.show_progress(progress)
            self._import.setVisible(progress != _NO_PROGRESS)

    def _request(self, page: str) -> None:
        if page == "models" and self._has_downloads:
            self.downloads_requested.emit()
        else:
            self.page_requested.emit(page)

    def _add(self, name: str, icon: str) -> SidebarButton:
        button = SidebarButton(self._appearance, icon, self)
        button.setObjectName(f"{name}Page")
        self._layout.addWidget(button)
        return button

    def _restyle(self) -> None:
        margin = self._appearance.theme.length("s")
        self._layout.setContentsMargins(margin, margin + 1, margin, margin)
        self._layout.setSpacing(0)
        self.update()

    def _retranslate(self) -> None:
        text = {"presets": self.tr("Presets"), "models": self.tr("Models"), "settings": self.tr("Settings")}
        for page, button in self._buttons.items():
            button.setText(text[page])
        if self._import:
            self._import.setText(self.tr("Importing chats"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color("borderSubtle"))


class Sidebar(Translated, QWidget):
    """The sidebar. `pages` lists which of "presets" and "models" exist; `today` returns the date for the date groups."""

    conversation_opened = Signal(str)
    hit_opened = Signal(SearchHit)
    """A message that a search found was opened."""
    link_entered = Signal(str)
    """The link to a chat was pasted into the search field; carries the ID of the chat."""
    new_chat_requested = Signal(str)
    """Start a new chat in this folder; "" for none."""
    rename_requested = Signal(str, str)
    menu_requested = Signal(list, QPoint)
    """Open the menu of these chats at a position on the screen."""
    trash_requested = Signal(list)
    """Move chats to the trash, by ID."""
    search_requested = Signal(str)
    """The search text, whenever it changes; "" ends the search. The receiver calls `show_hits`."""
    more_hits_wanted = Signal()
    """The end of the found messages was reached. The receiver calls `add_hits`."""
    page_requested = Signal(str)
    """"presets", "models", "settings" or "deleted"."""
    undo_requested = Signal()
    """Undo the last change of the list."""
    downloads_requested = Signal()
    import_requested = Signal()
    """Import chats, or show the import that is running."""
    left = Signal()
    """Esc was pressed in the empty search field: the keyboard focus may return to the message input."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        pages: Iterable[str] = (),
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("sidebar")
        self._new_chat = SidebarButton(appearance, "square-pen", self, command=CommandId.NEW_CHAT, framed=True)
        self._new_chat.setObjectName("newChat")
        self._new_chat.clicked.connect(lambda: self.new_chat_requested.emit(""))
        self._search = SearchField(appearance, lambda: self.tr("Search chats"), self, command=CommandId.SEARCH_CHATS)
        self._search.setObjectName("searchChats")
        self._empty_label = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._empty_label.setObjectName("noChats")
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._model = ConversationModel(today, self)
        self._list = ConversationList(appearance, self._model, self)
        self._list.setObjectName("conversationList")
        self.folder_requests = self._list.folder_requests
        """Requests about folders; the results are passed to `set_folders` and the methods after it."""
        self._pages = PageRows(appearance, pages, self)
        self._pages.page_requested.connect(self.page_requested)
        self._pages.downloads_requested.connect(self.downloads_requested)
        self._pages.import_requested.connect(self.import_requested)
        self.folder_requests.import_requested.connect(self.import_requested)
        DayClock(today, self).day_changed.connect(self._model.regroup)
        self._connect_list()
        self._connect_search()
        self._top = QVBoxLayout()
        self._top.addWidget(self._new_chat)
        self._top.addWidget(self._search)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._top)
        self._layout.addWidget(self._empty_label, 1)
        self._layout.addWidget(self._list, 1)
        self._layout.addWidget(self._pages)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def new_chat_button(self) -> QWidget:
        """The button *New chat*."""
        return self._new_chat

    @property
    def foot(self) -> QWidget:
        """Return the part with the buttons for the pages, which must not be covered."""
        return self._pages

    def set_conversations(self, conversations: Iterable[Conversation]) -> None:
        """List these chats, in any order."""
        self._model.set_conversations(conversations)
        self._show_list_or_text()

    def set_folders(self, folders: Iterable[Folder]) -> None:
        """List these folders."""
        self._model.set_folders(folders)
        self._show_list_or_text()

    def folder_changed(self, folder: Folder) -> None:
        """Add or update a folder."""
        self._model.put_folder(folder)
        self._show_list_or_text()

    def folder_removed(self, folder_id: str) -> None:
        """Remove a folder."""
        self._model.remove_folder(folder_id)
        self._show_list_or_text()

    def chats_moved(self, conversations: Sequence[Conversation]) -> None:
        """Update chats that were moved to other folders."""
        self._model.put_all(conversations)

    def rename_folder(self, folder_id: str) -> None:
        """Start editing the name of a folder in its row."""
        self._list.rename_folder(folder_id)

    def mark_folder(self, folder_id: str) -> None:
        """Mark the folder of the new chat that is shown; "" for none."""
        self._model.mark_folder(folder_id)

    def conversation_added(self, conversation: Conversation) -> None:
        """Add a chat."""
        self._model.put(conversation)
        self._show_list_or_text()

    def conversation_changed(self, conversation: Conversation) -> None:
        """Update a chat: its title, pin or position."""
        self.conversation_added(conversation)

    def conversation_removed(self, conversation_id: str) -> None:
        """Remove a chat."""
        self._model.remove(conversation_id)
        self._show_list_or_text()

    def set_current(self, conversation_id: str | None) -> None:
        """Mark the current chat."""
        self._list.set_current(conversation_id or "")

    def set_page(self, page: str) -> None:
        """Mark the page that is shown in place of a chat; "" marks none."""
        self._pages.set_page(page)
        self._list.set_deleted_current(current=page == "deleted")

    def set_deleted(self, count: int) -> None:
        """Show the row for the trash with the number of items; hidden if there are none."""
        self._model.set_trash(count=count)
        self._show_list_or_text()

    def set_undo(self, text: Callable[[], str]) -> None:
        """Set the function that returns the text of the undo command, called whenever a menu opens; empty for no undo."""
        self._list.set_undo(text)

    def show_downloads(self, progress: Progress) -> None:
        """Show the progress of downloads."""
        self._pages.show_downloads(progress)

    def show_import(self, progress: Progress) -> None:
        """Show the progress of an import of chats that runs in the background."""
        self._pages.show_import(progress)

    def set_streaming(self, conversation_id: str, streaming: bool) -> None:
        """Show or hide the spinner of a chat whose answer is being written."""
        self._list.set_streaming(conversation_id, streaming=streaming)

    def tick_if_due(self) -> None:
        """Advance the spinners if they are due, because an answer has grown and is about to be painted."""
        self._list.tick_if_due()

    def show_hits(self, hits: Iterable[SearchHit], *, complete: bool = True) -> None:
        """List the messages found for the text of the last `search_requested`. Unless `complete`, there are more."""
        if self._search.text().strip():
            self._model.set_hits(hits, complete=complete)
            self._show_list_or_text()

    def add_hits(self, hits: Iterable[SearchHit], *, complete: bool) -> None:
        """List further messages."""
        if self._search.text().strip():
            self._model.add_hits(hits, complete=complete)

    @property
    def found_chats(self) -> int:
        """The number of chats listed for their messages."""
        return self._model.found_chats

    def focus_search(self) -> None:
        """Focus the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def end_search(self) -> None:
        """Clear the search field and list all chats."""
        self._search.clear()

    def rename(self, conversation_id: str) -> None:
        """Start editing the title of a chat in its row."""
        self._list.rename(conversation_id)

    def _connect_list(self) -> None:
        self._list.conversation_opened.connect(self.conversation_opened)
        self._list.hit_opened.connect(self.hit_opened)
        self._list.more_hits_wanted.connect(self.more_hits_wanted)
        self._list.rename_requested.connect(self.rename_requested)
        self._list.menu_requested.connect(self.menu_requested)
        self._list.trash_requested.connect(self.trash_requested)
        self._list.deleted_opened.connect(lambda: self.page_requested.emit("deleted"))
        self._list.undo_requested.connect(self.undo_requested)
        self._list.search_ended.connect(self.end_search)
        self.folder_requests.new_chat_requested.connect(self.new_chat_requested)

    def _connect_search(self) -> None:
        self._search.textChanged.connect(self._search_for)
        self._search.confirmed.connect(self._list.open_first)
        self._search.down_pressed.connect(self._list.focus_first)
        self._search.left.connect(self.left)

    def _search_for(self, text: str) -> None:
        if chat := linked_chat(text):
            self._search.clear()
            self.link_entered.emit(chat)
            return
        self._model.set_filter(text)
        self._show_list_or_text()
        self.search_requested.emit(text.strip())

    def _show_list_or_text(self) -> None:
        no_chats = not self._model.lists_chats
        if no_chats:
            self._retranslate()
        empty = self._model.rowCount() == 0
        self._list.setHidden(empty)
        self._empty_label.setVisible(no_chats)
        self._layout.setStretchFactor(self._empty_label, int(empty))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        small, line = theme.length("s"), 1
        self._layout.setContentsMargins(0, 0, line, 0)
        self._layout.setSpacing(0)
        self._top.setContentsMargins(small, small, small, 0)
        self._top.setSpacing(theme.length("xs"))
        self._empty_label.setContentsMargins(2 * small, theme.length("xxl"), small, 0)
        self.update()

    def _retranslate(self) -> None:
        self._new_chat.setText(self.tr("New chat"))
        self._search.setToolTip(self.tr('"Quotes" find a phrase, -word leaves a word out'))
        self._list.setAccessibleName(self.tr("Chats"))
        text = self.tr("No chats found.") if self._model.has_chats else self.tr("Your chats appear here, newest first.")
        self._empty_label.set_text(text)
        self._model.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.theme.color("sidebar"))
        color = self._appearance.theme.color("borderSubtle")
        draw_line(painter, QPointF(self.width() - 1, 0), self.height(), color, vertical=True)
