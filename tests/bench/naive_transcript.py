"""What most Qt chat programs do, for comparison: a QTextBrowser a message, and its whole answer set again at every flush."""

import time

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from PySide6.QtWidgets import QApplication, QScrollArea, QTextBrowser, QVBoxLayout, QWidget

from chatdesk.kernel.chat.message import Message, TextPart
from tests.bench.transcript_stage import VIEW


class NaiveTranscript:
    """`as_html`: markdown-it, pygments and setHtml; else Qt's own setMarkdown."""

    def __init__(self, application: QApplication, *, as_html: bool) -> None:
        self.application = application
        self._as_html = as_html
        self._markdown = MarkdownIt("commonmark", {"highlight": _colored}).enable(["table", "strikethrough"])
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._column = QWidget()
        self._layout = QVBoxLayout(self._column)
        self._area.setWidget(self._column)
        self._area.resize(*VIEW)
        self._area.show()
        self._text = ""
        self._last: QTextBrowser | None = None

    def show(self, messages: list[Message]) -> None:
        """Show a chat at its end."""
        for message in messages:
            self._add("".join(part.text for part in message.parts if isinstance(part, TextPart)))
        self.application.processEvents()
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())
        self.application.processEvents()

    def begin(self, text: str) -> None:
        """Show an answer that has come so far."""
        self._text = text
        self._last = self._add(text)
        self.application.processEvents()

    def grow(self, piece: str) -> float:
        """Let the answer grow by a piece and be painted; return the CPU time it took, in milliseconds."""
        assert self._last
        before = time.thread_time()
        self._text += piece
        self._fill(self._last, self._text)
        self.application.processEvents()
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())
        self.application.processEvents()
        return (time.thread_time() - before) * 1000

    def close(self) -> None:
        """Free everything."""
        self._area.close()
        self._area.deleteLater()
        self.application.processEvents()

    def _add(self, text: str) -> QTextBrowser:
        browser = QTextBrowser()
        self._layout.addWidget(browser)
        self._fill(browser, text)
        return browser

    def _fill(self, browser: QTextBrowser, text: str) -> None:
        if self._as_html:
            browser.setHtml(self._markdown.render(text))
        else:
            browser.setMarkdown(text)
        browser.document().setTextWidth(VIEW[0] - 40)
        browser.setFixedHeight(int(browser.document().size().height()) + 8)


def _colored(code: str, language: str, _attributes: str) -> str:
    try:
        return str(highlight(code, get_lexer_by_name(language), HtmlFormatter(nowrap=True, noclasses=True)))
    except ClassNotFound:
        return ""
