"""Puts the question that asks for a fix into the chat the page is from, which need not be the one that is shown.

Its words are `features/previews/domain/fix.py`'s.
"""

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.previews.domain.fix import CodeError, FixTexts, fix_question, relevant_part
from chatdesk.features.previews.domain.page import SourceLine
from chatdesk.features.previews.ui.open_tabs import PreviewTab
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.kernel.chat.question import joined
from chatdesk.kernel.settings.declarations import FIX_AT_ONCE
from chatdesk.kernel.settings.store import Settings

# From the lines of a page's console to its code, and to a question that asks for a fix.


class PreviewErrors(QObject):
    """What it knows of a page is told with each question."""

    def source_of(self, thing: PreviewTab | None, line: ConsoleLine) -> SourceLine | None:
        """Return where in the code a line of the console was written."""
        return thing.page.source_of(line.line, line.script) if thing and thing.page and line.line else None

    def place_of(self, thing: PreviewTab | None, line: ConsoleLine) -> str:
        """Return the same in words; empty if it is not known."""
        source = self.source_of(thing, line)
        return f"{source.file}:{source.line}" if source else ""

    def question(self, thing: PreviewTab, console: tuple[ConsoleLine, ...]) -> str:
        """Return a message that asks for the errors to be fixed, with the part of the code they are about."""
        errors = []
        for line in console:
            if line.severity is Severity.ERROR:
                source = self.source_of(thing, line)
                errors.append(CodeError(line.text, source.file, source.line) if source else CodeError(line.text))
        code = {file.name: file.text for file in thing.shown.artifact.files}
        words = FixTexts(
            self.tr("The page has these errors. Please fix them and give me the complete code again."),
            self.tr("{file}, line {line}"),
            self.tr("… and {count} more"),
            self.tr("{file}, lines {first} to {last}:"),
        )
        return fix_question(relevant_part(code, errors), words)


class FixQuestions(QObject):
    """A question for another chat waits until that is shown; if it is not, the question is forgotten."""

    chat_requested = Signal(str)

    def __init__(self, page: ChatPage, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._waiting = ("", "")
        """A chat, and the question for it."""
        page.transcript.chat_changed.connect(self._chat_changed)

    def ask(self, question: str, chat: str) -> None:
        """Ask in a chat: under what is typed there, or at once if the user has chosen that."""
        if chat == self._shown():
            self._put(question)
        else:
            self._waiting = (chat, question)
            self.chat_requested.emit(chat)

    def _shown(self) -> str:
        document = self._page.transcript.document
        return document.message(0).conversation_id if len(document) else ""

    def _chat_changed(self) -> None:
        (chat, question), self._waiting = self._waiting, ("", "")
        if chat and chat == self._shown():
            self._put(question)

    def _put(self, question: str) -> None:
        composer = self._page.composer
        if self._settings.get(FIX_AT_ONCE):
            composer.send_requested.emit(question)
        else:
            composer.set_text(joined(composer.text(), question))
        composer.focus()
