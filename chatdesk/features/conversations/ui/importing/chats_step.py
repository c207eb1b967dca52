"""Choosing chats one by one or by folder, in the sheet of the import."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.conversations.services.files.chat_imports import ChatState, FoundChat
from chatdesk.features.conversations.ui.importing.import_choices import ImportChoices, is_available
from chatdesk.features.conversations.ui.importing.import_texts import day_text, messages_text
from chatdesk.ui_kit.lists.check_list import CheckItem, CheckList
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.download_texts import join_parts
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated

_MAX_TITLE = 200


class ChatsStep(Translated, QWidget):
    """The list. Shows and changes the choices."""

    def __init__(self, appearance: Appearance, choices: ImportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._list = CheckList(appearance, "importChats", self)
        self._list.changed.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        choices.changed.connect(self._show_choices)
        self._retranslate()

    @property
    def first_field(self) -> QWidget:
        """What has the focus first."""
        return self._list.search

    def _choose(self) -> None:
        self._choices.choose_only(self._list.checked)

    def _show_choices(self) -> None:
        self._list.set_checked(self._choices.chosen)

    def _retranslate(self) -> None:
        texts = _RowTexts()
        self._list.set_items([texts.item(chat) for chat in self._choices.chats], self._choices.chosen)


class _RowTexts(QObject):
    """The words of a row."""

    def item(self, chat: FoundChat) -> CheckItem:
        summary = chat.summary
        folder = plain_line(summary.folder[:_MAX_TITLE])
        facts = join_parts(
            day_text(summary.updated_at or summary.created_at),
            messages_text(summary.messages),
            folder,
            self._state(chat),
        )
        title = plain_line(summary.title[:_MAX_TITLE]) or self.tr("Untitled chat")
        return CheckItem(summary.id, title, facts, folder, is_available(chat))

    def _state(self, chat: FoundChat) -> str:
        match chat.state:
            case ChatState.NEW:
                return ""
            case ChatState.HERE:
                return self.tr("Here already")
            case ChatState.GROWN:
                return counted(lambda count: self.tr("%n new message(s)", "", count), chat.new_messages)
            case ChatState.DELETED:
                return self.tr("In Recently deleted")
