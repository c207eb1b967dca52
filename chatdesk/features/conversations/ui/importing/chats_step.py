"""Choosing chats one by one: a list with check boxes and a search field, in the sheet of the import."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from chatdesk.features.conversations.services.files.chat_imports import ChatState, FoundChat
from chatdesk.features.conversations.ui.importing.import_choices import ImportChoices, is_available
from chatdesk.features.conversations.ui.importing.import_texts import day_text, messages_text
from chatdesk.kernel.finding.folding import fold
from chatdesk.ui_kit.lists.row_list import CountedRows, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_check_box, draw_text
from chatdesk.ui_kit.style.painting import draw_focus_ring, draw_lit_row
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.download_texts import join_parts
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.search_field import SearchField

_MAX_ROWS = 9
_MAX_TITLE = 200
_CHAT_ROLE = Qt.ItemDataRole.UserRole
_FACTS_ROLE = Qt.ItemDataRole.UserRole + 1


class _Rows(CountedRows):
    """The chats that are listed, with their checks."""

    def __init__(self, choices: ImportChoices, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._folded = [fold(f"{chat.summary.title}\n{chat.summary.folder}") for chat in choices.chats]
        self.shown: Sequence[FoundChat] = choices.chats
        self.set_count(len(self.shown))

    def filter(self, text: str) -> None:
        """List the chats whose title or folder contains all words."""
        words = fold(text).split()
        self.shown = [
            chat
            for chat, folded in zip(self._choices.chats, self._folded, strict=True)
            if all(word in folded for word in words)
        ]
        self.set_count(len(self.shown))

    def toggle(self, row: int) -> None:
        """Choose a chat, or leave it out."""
        chat = self.shown[row]
        self._choices.choose((chat,), chosen=not self._choices.is_chosen(chat))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        chat = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain_line(chat.summary.title[:_MAX_TITLE]) or self.tr("Untitled chat")
            case Qt.ItemDataRole.CheckStateRole if is_available(chat):
                return Qt.CheckState.Checked if self._choices.is_chosen(chat) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join((str(self.data(index)), self._facts(chat)))
            case int(role) if role == _CHAT_ROLE:
                return chat
            case int(role) if role == _FACTS_ROLE:
                return self._facts(chat)
        return None

    def _facts(self, chat: FoundChat) -> str:
        summary = chat.summary
        state = {
            ChatState.NEW: "",
            ChatState.HERE: self.tr("Here already"),
            ChatState.GROWN: counted(lambda count: self.tr("%n new message(s)", "", count), chat.new_messages),
            ChatState.DELETED: self.tr("In Recently deleted"),
        }[chat.state]
        return join_parts(
            day_text(summary.updated_at or summary.created_at),
            messages_text(summary.messages),
            plain_line(summary.folder[:_MAX_TITLE]),
            state,
        )


class _Delegate(RowDelegate[RowList]):
    """Paints a row: check box, title, and facts below it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = self._appearance.theme
        return QSize(0, theme.line("ui") + theme.line("caption") + theme.length("s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, state = self._appearance.theme, RowState.of(option, self._view)
        painter.save()
        rect = QRectF(option.rect)
        if state.hovered or (state.selected and state.focused):
            draw_lit_row(painter, theme, rect)
        pad, size, gap = theme.length("m"), theme.length("icon.ui"), theme.length("m")
        inner = rect.adjusted(pad, 0, -pad, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        box = QRectF(inner.right() - size if mirrored else inner.left(), inner.center().y() - size / 2, size, size)
        if check is not None:
            draw_check_box(painter, theme, box, ControlState(checked=check == Qt.CheckState.Checked), partly=False)
        words = inner.adjusted(0, 0, -(size + gap), 0) if mirrored else inner.adjusted(size + gap, 0, 0, 0)
        lines = (
            (str(index.data()), "ui", "text" if check is not None else "textSecondary"),
            (str(index.data(_FACTS_ROLE)), "caption", "textTertiary"),
        )
        top = rect.top() + theme.length("xs")
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        for text, role, color in lines:
            line = QRectF(words.left(), top, words.width(), theme.line(role))
            painter.setFont(theme.font(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
            draw_text(painter, line, shown, theme.color(color), start)
            top += theme.line(role)
        if state.focused:
            reach = theme.stroke("focus") + theme.stroke("focusOffset")
            draw_focus_ring(
                painter, theme, rect.adjusted(reach, reach, -reach, -reach), theme.length("radius.control") - reach
            )
        painter.restore()


class _List(RowList):
    """The list: Space and clicks check a row."""

    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._use_keyboard(used=True)
            self.toggled.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.toggled.emit(index.row())


class ChatsStep(Translated, QWidget):
    """The list. Shows and changes the choices."""

    def __init__(self, appearance: Appearance, choices: ImportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._choices = choices
        self.search = SearchField(appearance, lambda: self.tr("Search by title or folder"), self)
        self.search.setObjectName("importSearch")
        self.search.textChanged.connect(self._filter)
        self.search.down_pressed.connect(self._enter_list)
        self._all = QCheckBox(self)
        self._all.setObjectName("importShown")
        self._all.clicked.connect(self._toggle_all)
        self._sum = Label(appearance, "ui", "textTertiary", self)
        self._rows = _Rows(choices, self)
        self._list = _List(appearance, self)
        self._list.setObjectName("importChats")
        self._list.setUniformItemSizes(True)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(_Delegate(appearance, self._list))
        self._list.toggled.connect(self._rows.toggle)
        self._none = Label(appearance, "ui", "textTertiary", self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        self._head = QHBoxLayout()
        self._head.addWidget(self._all, 1)
        self._head.addWidget(self._sum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.search)
        self._column.addLayout(self._head)
        self._column.addWidget(Rule(appearance, self))
        self._column.addWidget(self._list)
        self._column.addWidget(self._none)
        choices.changed.connect(self._show_choices)
        appearance.bind(self._restyle)
        self._retranslate()

    def _filter(self, text: str) -> None:
        self._rows.filter(text)
        self._list.setVisible(bool(self._rows.shown))
        self._none.setVisible(not self._rows.shown)
        self._list.scrollToTop()
        self._show_choices()

    def _enter_list(self) -> None:
        if self._rows.shown:
            self._list.setCurrentIndex(self._rows.index(0))
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle_all(self) -> None:
        shown = [chat for chat in self._rows.shown if is_available(chat)]
        chosen = sum(map(self._choices.is_chosen, shown))
        self._choices.choose(shown, chosen=chosen < len(shown))

    def _show_choices(self) -> None:
        shown = [chat for chat in self._rows.shown if is_available(chat)]
        chosen = sum(map(self._choices.is_chosen, shown))
        partly = Qt.CheckState.PartiallyChecked if chosen else Qt.CheckState.Unchecked
        self._all.setCheckState(Qt.CheckState.Checked if shown and chosen == len(shown) else partly)
        self._all.setEnabled(bool(shown))
        locale = QLocale()
        text = self.tr("{count} of {total} chosen")
        self._sum.set_text(
            text.format(count=locale.toString(self._choices.count), total=locale.toString(len(self._choices.chats)))
        )
        self._list.viewport().update()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._head.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        row = theme.line("ui") + theme.line("caption") + theme.length("s")
        height = min(max(len(self._choices.chats), 1), _MAX_ROWS) * row
        self._list.setFixedHeight(height)
        self._none.setFixedHeight(height)
        self._list.setPalette(make_palette(theme, "raised"))

    def _retranslate(self) -> None:
        self._all.setText(self.tr("All that are listed"))
        self._list.setAccessibleName(self.tr("Chats"))
        self._none.set_text(self.tr("No results"))
        self._show_choices()
