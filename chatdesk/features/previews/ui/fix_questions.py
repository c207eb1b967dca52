"""Questions that ask for a fix, placed in the chat that the page is from, which need not be the current one.

`features/previews/domain/fix.py` writes their text.
"""

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.previews.domain.fix import CodeError, FixTexts, fix_question, relevant_part
from chatdesk.features.previews.domain.page import SourceLine
from chatdesk.features.previews.ui.open_tabs import PreviewTab
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.kernel.chat.conversation import joined
from chatdesk.kernel.settings.declarations import FIX_AT_ONCE
from chatdesk.kernel.settings.store import Settings


class PreviewErrors(QObject):
    """Maps console lines of a page to its code, and writes a question that asks for a fix. The tab is passed to each call."""

    def source_of(self, tab: PreviewTab | None, line: ConsoleLine) -> SourceLine | None:
        """Return the position in the code that a console line refers to; None if unknown."""
        return tab.page.source_of(line.line, line.script) if tab and tab.page and line.line else None

    def location_of(self, tab: PreviewTab | None, line: ConsoleLine) -> str:
        """Return the position as text; empty if unknown."""
        source = self.source_of(tab, line)
        return f"{source.file}:{source.line}" if source else ""

    def question(self, tab: PreviewTab, console: tuple[ConsoleLine, ...]) -> str:
        """Return a message that asks to fix the errors, with the relevant part of the code."""
        errors = []
        for line in console:
            if line.severity is Severity.ERROR:
                source = self.source_of(tab, line)
                errors.append(CodeError(line.text, source.file, source.line) if source else CodeError(line.text))
        code = {file.name: file.text for file in tab.shown.artifact.files}
        texts = FixTexts(
            self.tr("The page has these errors. Please fix them and give me the complete code again."),
            self.tr("{file}, line {line}"),
            self.tr("… and {count} more"),
            self.tr("{file}, lines {first} to {last}:"),
        )
        return fix_question(relevant_part(code, errors), texts)


class FixQuestions(QObject):
    """A question for another chat waits until that chat is shown, and is dropped if a different chat is shown instead."""

    chat_requested = Signal(str)

    def __init__(self, page: ChatPage, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._pending = ("", "")
        """The chat ID and the question for that chat."""
        page.transcript.chat_changed.connect(self._chat_changed)

    def ask(self, question: str, chat: str) -> None:
        """Ask in a chat: append to the text in the message input, or send immediately if that setting is on."""
        if chat == self._shown():
            self._insert(question)
        else:
            self._pending = (chat, question)
            self.chat_requested.emit(chat)

    def _shown(self) -> str:
        document = self._page.transcript.document
        return document.message(0).conversation_id if len(document) else ""

    def _chat_changed(self) -> None:
        (chat, question), self._pending = self._pending, ("", "")
        if chat and chat == self._shown():
            self._insert(question)

    def _insert(self, question: str) -> None:
        composer = self._page.composer
        if self._settings.get(FIX_AT_ONCE):
            composer.send_requested.emit(question)
        else:
            composer.set_text(joined(composer.text(), question))
        composer.focus()
