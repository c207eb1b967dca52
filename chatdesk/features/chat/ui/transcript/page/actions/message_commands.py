"""The commands of controls: copying, folding, or a signal for those with access to the services."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import WAITING_VERBS, Command, Verb
from chatdesk.features.chat.ui.transcript.diagrams import Diagram, DiagramSource
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.chat.conversation import joined
from chatdesk.kernel.chat.message import Role
from chatdesk.rendering.export.plain_text import spans_text, to_plain_text
from chatdesk.rendering.markdown.blocks import Code, Heading, Span, Table
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language
from chatdesk.ui_kit.text.safe_text import plain_line


class CodeCommands(QObject):
    """The commands for code blocks: wraps and numbers lines, and emits signals for saving and previewing.

    A command identifies the block within its message. `changed` carries the index of a message that has changed.
    """

    changed = Signal(int)
    save_requested = Signal(str, str)
    """Carries the suggested file name and the content."""
    preview_requested = Signal(str, int, int)
    """Carries the id of the message, the part and the index of the block."""
    picture_save_requested = Signal(Span)
    """Carries the picture of a diagram, whose data are in its source."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self.diagrams = DiagramSource()
        """Draws diagrams."""

    def block(self, index: int, command: Command) -> Code | None:
        """Return the block of a command; None if it no longer exists."""
        column = self._document[index].column(command.part)
        block = column.blocks[command.block] if column and command.block < len(column.blocks) else None
        return block if isinstance(block, Code) else None

    def perform(self, index: int, command: Command) -> None:
        """Perform a command on a block of the message at `index`; does nothing if the block no longer exists."""
        if command.verb is Verb.OPEN_PREVIEW:
            self.preview_requested.emit(self._document.message(index).id, command.part, command.block)
            return
        column = self._document[index].column(command.part)
        block = self.block(index, command)
        if column is None or block is None:
            return
        options = column.code_options(command.block)
        match command.verb:
            case Verb.WRAP_CODE:
                column.set_code_options(command.block, replace(options, wrapped=not options.wrapped))
                self.changed.emit(index)
            case Verb.NUMBER_CODE:
                column.set_code_options(command.block, replace(options, numbered=not options.numbered))
                self.changed.emit(index)
            case Verb.SAVE_CODE:
                from chatdesk.rendering.code.code_file_name import suggested_file_name  # noqa: PLC0415 - start-up time

                self.save_requested.emit(suggested_file_name(block), block.text)
            case Verb.PREVIEW_CODE:
                self.preview_requested.emit(self._document.message(index).id, command.part, command.block)
            case Verb.SHOW_DIAGRAM | Verb.SHOW_DIAGRAM_CODE:
                as_code = command.verb is Verb.SHOW_DIAGRAM_CODE
                column.set_code_options(command.block, replace(options, as_code=as_code))
                self.changed.emit(index)
            case _:
                self._perform_on_diagram(block, command.verb)

    def diagram(self, block: Code) -> Diagram | None:
        """Return the diagram of a code block; None if it is none."""
        return self.diagrams.diagram(fence_language(block.info), block.text) if block.closed else None

    def _perform_on_diagram(self, block: Code, verb: Verb) -> None:
        key = fence_language(block.info), block.text
        diagram = self.diagram(block)
        match verb:
            case Verb.DRAW_DIAGRAM:
                self.diagrams.draw(*key)
            case Verb.STOP_DIAGRAM:
                self.diagrams.stop(*key)
            case Verb.COPY_DIAGRAM if diagram and diagram.picture:
                QGuiApplication.clipboard().setImage(diagram.picture)
            case Verb.SAVE_DIAGRAM if diagram and diagram.picture:
                source = f"data:image/png;base64,{b64encode(diagram.png).decode()}"
                self.picture_save_requested.emit(Span("diagram", image=source))


_COPIED_MILLISECONDS = 1_500


class MessageCommands(QObject):
    """The commands for messages. Most signals carry the id of the message; `quote_requested` carries the text to quote.

    `follow` opens a link that has not been validated. `changed` carries the index of a message whose appearance or
    height may have changed.
    """

    regenerate_requested = Signal(str)
    continue_requested = Signal(str)
    sibling_requested = Signal(str, int)
    delete_requested = Signal(str)
    branch_requested = Signal(str)
    instructions_requested = Signal(str)
    quote_requested = Signal(str)
    save_requested = Signal(str)
    word_requested = Signal(str, str)
    """Carries the id of the answer and its first heading, which may be empty."""
    file_requested = Signal(str, object)
    """Carries the suggested name of a file to be saved, and a function that takes a while to return its content."""
    chat_copy_requested = Signal()
    chat_save_requested = Signal()
    action_requested = Signal(str, str)
    edit_requested = Signal(int)
    menu_requested = Signal(int)
    picture_pressed = Signal(int, Command)
    document_pressed = Signal(int, Command)
    picture_copy_requested = Signal(str)
    """Carries the source of the picture of a message without text."""
    border_pressed = Signal(int, Command)
    changed = Signal(int)
    copied = Signal(int)
    link_requested = Signal(int, Command)
    performed = Signal(int, Command)
    """Carries the index of a message and the command that was performed on it."""

    def __init__(self, document: Document, follow: Callable[[Link], object], parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._follow = follow
        self.code = CodeCommands(document, self)
        self.code.changed.connect(self.changed)
        self._message_signals = {
            Verb.REGENERATE: self.regenerate_requested,
            Verb.CONTINUE: self.continue_requested,
            Verb.DELETE: self.delete_requested,
            Verb.BRANCH: self.branch_requested,
            Verb.INSTRUCTIONS: self.instructions_requested,
            Verb.SAVE: self.save_requested,
        }
        self._chat_signals = {
            Verb.COPY_CHAT: self.chat_copy_requested,
            Verb.SAVE_CHAT: self.chat_save_requested,
        }
        self._press_signals = {Verb.OPEN_DOCUMENT: self.document_pressed, Verb.CONTEXT: self.border_pressed}
        self._index_signals = {Verb.EDIT: self.edit_requested, Verb.MENU: self.menu_requested}
        self._just_copied: tuple[int, Command] | None = None
        self._forget_copied = QTimer(self, interval=_COPIED_MILLISECONDS, singleShot=True)
        self._forget_copied.timeout.connect(self._reset_copied)

    @property
    def just_copied(self) -> tuple[int, Command] | None:
        """The control that has just copied something and the index of its message."""
        return self._just_copied

    def forget(self) -> None:
        """Reset the state when other messages are shown."""
        self._forget_copied.stop()
        self._just_copied = None

    def perform(self, index: int, command: Command) -> None:
        """Perform a command on the message at `index`."""
        self._perform(index, command)
        self.performed.emit(index, command)

    def _perform(self, index: int, command: Command) -> None:
        match command.verb:
            case Verb.COPY | Verb.COPY_REASONING | Verb.COPY_CODE | Verb.COPY_PLAIN:
                self._copy(index, command)
            case Verb.EDIT | Verb.MENU:
                self._index_signals[command.verb].emit(index)
            case Verb.REGENERATE | Verb.CONTINUE | Verb.DELETE | Verb.BRANCH | Verb.INSTRUCTIONS | Verb.SAVE:
                self._message_signals[command.verb].emit(self._document.message(index).id)
            case Verb.PREVIOUS_SIBLING | Verb.NEXT_SIBLING:
                step = 1 if command.verb is Verb.NEXT_SIBLING else -1
                self.sibling_requested.emit(self._document.message(index).id, step)
            case Verb.QUOTE:
                self.quote_requested.emit(self._document[index].source(TEXT))
            case Verb.COPY_CHAT | Verb.SAVE_CHAT:
                self._chat_signals[command.verb].emit()
            case Verb.VIEW_PICTURE | Verb.LOAD_PICTURE | Verb.PLAY_PICTURE | Verb.OPEN_DOCUMENT | Verb.CONTEXT:
                self._press_signals.get(command.verb, self.picture_pressed).emit(index, command)
            case Verb.FAILURE_ACTION:
                self.action_requested.emit(self._document.message(index).id, command.action_id)
            case (
                Verb.WRAP_CODE
                | Verb.NUMBER_CODE
                | Verb.SAVE_CODE
                | Verb.PREVIEW_CODE
                | Verb.OPEN_PREVIEW
                | Verb.DRAW_DIAGRAM
                | Verb.STOP_DIAGRAM
                | Verb.SHOW_DIAGRAM
                | Verb.SHOW_DIAGRAM_CODE
                | Verb.COPY_DIAGRAM
                | Verb.SAVE_DIAGRAM
            ):
                self.code.perform(index, command)
            case Verb.SAVE_WORD | Verb.SAVE_TABLE:
                self._save(index, command)
            case Verb.SAVE_DETAILS:
                details = self._document[index].notice_details(command.block)
                self.code.save_requested.emit("details.txt", details)
            case Verb.OPEN_SOURCE | Verb.FOLLOW_LINK:
                self._follow_link(index, command)
            case (
                Verb.FOLD_QUESTION
                | Verb.FOLD_REASONING
                | Verb.FOLD_SECTION
                | Verb.FOLD_SOURCES
                | Verb.ALL_SOURCES
                | Verb.FOLD_SOURCE
                | Verb.FAILURE_DETAILS
                | Verb.MORE_DETAILS
                | Verb.MORE_TEXT
            ):
                self._fold(index, command)
            case _:
                assert_never(command.verb)

    def _save(self, index: int, command: Command) -> None:
        """Request an answer to be saved, or a table of it, unless that no longer exists."""
        if command.verb is Verb.SAVE_WORD:
            headings = (block for block in self._document[index].blocks(TEXT) if isinstance(block, Heading))
            heading = next((spans_text(block.spans) for block in headings), "")
            self.word_requested.emit(self._document.message(index).id, heading)
            return
        from chatdesk.rendering.export.table_files import (  # noqa: PLC0415 - start-up time
            TableFile,
            table_file,
            table_file_name,
        )

        blocks = self._document[index].blocks(command.part)
        table = blocks[command.block] if command.block < len(blocks) else None
        if isinstance(table, Table):
            name, kind = table_file_name(table), TableFile(command.action_id)
            self.file_requested.emit(f"{name}.{kind}", partial(table_file, table, kind, name, datetime.now(UTC)))

    def perform_on_last(self, role: Role, verb: Verb) -> None:
        """Perform a command on the last question or answer, if there is one and the command is possible now."""
        index = self.last(role)
        if index is not None and not (self._document[index].busy and verb in WAITING_VERBS):
            self.perform(index, Command(verb))

    def copy_last_answer(self) -> None:
        """Copy the Markdown of the last answer, if there is one."""
        index = self.last(Role.ASSISTANT)
        if index is not None:
            self._copy(index, Command(Verb.COPY))

    def copy_last_code(self) -> None:
        """Copy the last code block of the last answer that has one."""
        for index in range(len(self._document) - 1, -1, -1):
            if self._document.message(index).role is not Role.ASSISTANT:
                continue
            column = self._document[index].column(TEXT)
            blocks = column.blocks if column else ()
            found = next((number for number in reversed(range(len(blocks))) if isinstance(blocks[number], Code)), None)
            if found is not None:
                self._copy(index, Command(Verb.COPY_CODE, part=TEXT, block=found))
                return

    def put_on_clipboard(self, text: str) -> None:
        """Copy a text unless it is empty."""
        if text:
            QGuiApplication.clipboard().setText(text)

    def _fold(self, index: int, command: Command) -> None:
        if self._document[index].perform(command):
            self.changed.emit(index)

    def _follow_link(self, index: int, command: Command) -> None:
        if command.verb is Verb.FOLLOW_LINK:
            self.link_requested.emit(index, command)
        elif link := self._document[index].source_link(command.block):
            self._follow(link)

    def _copy(self, index: int, command: Command) -> None:
        text, pictures = self._source(index, command), self._document[index].own_pictures
        if pictures and not text and command.verb is Verb.COPY:
            self.picture_copy_requested.emit(pictures[0].image)
        else:
            self.put_on_clipboard(text)
        before = self._just_copied
        self._just_copied = (index, command)
        self._forget_copied.start()
        if before:
            self.changed.emit(before[0])
        self.changed.emit(index)
        self.copied.emit(index)

    def _source(self, index: int, command: Command) -> str:
        """Return what a command copies: for a whole question, with the names of its documents."""
        text = self._text_of(index, command)
        if command.verb not in {Verb.COPY, Verb.COPY_PLAIN}:
            return text
        names = (plain_line(each.name) for each in self._document.message(index).documents)
        return joined("\n".join(names), text)

    def _text_of(self, index: int, command: Command) -> str:
        item = self._document[index]
        if command.verb is Verb.COPY_PLAIN:
            column = item.column(TEXT)
            whole = column is not None and not (item.is_parsing or item.hidden(TEXT))
            return to_plain_text(column.blocks) if column and whole else item.source(TEXT)
        if command.verb is Verb.COPY_CODE:
            code = self.code.block(index, command)
            return code.text if code else ""
        return item.source(REASONING if command.verb is Verb.COPY_REASONING else TEXT)

    def last(self, role: Role) -> int | None:
        """Return the index of the last question or answer; None if there is none."""
        indexes = range(len(self._document) - 1, -1, -1)
        return next((index for index in indexes if self._document.message(index).role is role), None)

    def _reset_copied(self) -> None:
        before, self._just_copied = self._just_copied, None
        if before:
            self.changed.emit(before[0])
