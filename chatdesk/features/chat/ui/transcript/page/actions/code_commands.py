"""What can be done with one code block: wrapping and numbering it happens here, saving and previewing is asked of others."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.rendering.markdown.blocks import Code


class CodeCommands(QObject):
    """Commands say which block of a message they are about. `changed` tells the order of a message that looks different now."""

    changed = Signal(int)
    save_requested = Signal(str, str)
    """The name to offer for the file, and what is to be in it."""
    preview_requested = Signal(str, int, int)
    """The block's message, its part there and its order in that."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    def block(self, index: int, command: Command) -> Code | None:
        """Return the block a command is about, if it is still there."""
        column = self._document[index].column(command.part)
        block = column.blocks[command.block] if column and command.block < len(column.blocks) else None
        return block if isinstance(block, Code) else None

    def perform(self, index: int, command: Command) -> None:
        """Do what a command says with a block of the message at `index`; nothing if it is gone."""
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
