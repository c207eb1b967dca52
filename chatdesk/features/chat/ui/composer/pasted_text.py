"""Long pasted texts: the strip that offers to turn one into an attachment, and the name of the attachment."""

import csv
import json
import re
from collections.abc import Callable, Collection, Sequence
from itertools import count

from PySide6.QtCore import QLocale
from PySide6.QtGui import QTextCursor

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.kernel.chat.message import Attachment
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import ATTACH_LONG_TEXT
from chatdesk.kernel.settings.store import Settings
from chatdesk.rendering.code.code_file_name import file_ending
from chatdesk.rendering.code.language_guess import guess_language
from chatdesk.ui_kit.forms.folded_lines import length, whole_text
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.translations import Translated

AttachText = Callable[[str, str, Callable[[Attachment], bool]], object]
"""Stores a text under a name. Once it is stored, the function is asked whether the attachment is still wanted."""


class _Range:
    """The part of a document that was pasted. Text typed at its edges does not belong to it."""

    def __init__(self, selected: QTextCursor) -> None:
        self.document = selected.document()
        self._start, self._end = QTextCursor(self.document), QTextCursor(self.document)
        self._start.setPosition(selected.selectionStart())
        self._end.setPosition(selected.selectionEnd())
        self._end.setKeepPositionOnInsert(True)

    @property
    def is_empty(self) -> bool:
        return self._start.position() >= self._end.position()

    def cursor(self) -> QTextCursor:
        """Return a cursor that selects the range."""
        cursor = QTextCursor(self._start)
        cursor.setPosition(self._end.position(), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @property
    def length(self) -> int:
        """Approximate number of characters; faster than creating `text`."""
        return length(self.document, self._start.position(), self._end.position())

    def text(self) -> str:
        return "" if self.is_empty else whole_text(self.document, self._start.position(), self._end.position())


@dataclass(slots=True, eq=False)
class _Extracted:
    """A text that was removed from the message because it is attached.

    `steps` and `characters` are the number of steps that can be undone and the length of the rest of the message right after that.
    """

    attachment: Attachment
    steps: int
    characters: int
    is_undone: bool = False


class PastedText(Translated, Notice):
    """The strip. It offers to turn the text pasted last into an attachment, or does so at once if the user has set it.

    The text stays in the message until the attachment is stored. Undo brings it back and removes the attachment.
    """

    def __init__(
        self,
        page: ChatView,
        settings: Settings,
        attach: AttachText,
        change: Callable[[Sequence[Attachment]], object],
    ) -> None:
        super().__init__(page.appearance, page)
        self._composer = page.composer
        self._settings = settings
        self._attach = attach
        self._change = change
        self._pasted: _Range | None = None
        self._extracted: list[_Extracted] = []
        self.setObjectName("pastedText")
        self.acted.connect(self._attach_pasted)
        self.other_acted.connect(self._keep_as_text)
        self.hide()
        self._composer.set_strip(self, StripRank.HINT)

    def offer(self, pasted: QTextCursor) -> None:
        """Offer to attach a pasted text."""
        if self._pasted is None:
            pasted.document().contentsChanged.connect(self._on_text_changed)
        self._pasted = _Range(pasted)
        if self._settings.get(ATTACH_LONG_TEXT):
            self._attach_pasted()
        else:
            self._retranslate()
            self.show()

    def _retranslate(self) -> None:
        if self._pasted:
            text = counted(lambda number: self.tr("You pasted %n character(s).", "", number), self._pasted.length)
            self.show_text(text, self.tr("Turn into an attachment"), other=self.tr("Keep as text"))

    def _keep_as_text(self) -> None:
        self.hide()
        self._composer.focus()

    def _attach_pasted(self) -> None:
        pasted = self._pasted
        self.hide()
        self._composer.focus()
        if pasted and (text := pasted.text()).strip():
            used_names = {each.name for each in self._composer.attachments()}
            self._attach(
                text,
                free_name(self.tr("Pasted text"), file_ending_of(text), used_names),
                lambda attachment: self._extract(pasted, text, attachment),
            )

    def _extract(self, pasted: _Range, text: str, attachment: Attachment) -> bool:
        """Remove the text from the message; return whether it is still there as it was pasted."""
        if pasted.text() != text:
            return False
        self._composer.remove_attached_text(pasted.cursor())
        steps, characters = pasted.document.availableUndoSteps(), pasted.document.characterCount()
        self._extracted.append(_Extracted(attachment, steps, characters))
        return True

    def _on_text_changed(self) -> None:
        """Hide the strip without its text, and follow the user who undoes or redoes the removal of a text."""
        if self._pasted and self._pasted.is_empty:
            self.hide()
        for extracted in tuple(self._extracted):
            self._follow(extracted)

    def _follow(self, extracted: _Extracted) -> None:
        if self._pasted is None:
            return
        document, shown = self._pasted.document, self._composer.attachments()
        is_back = document.availableUndoSteps() < extracted.steps
        if is_back is extracted.is_undone:
            return
        if is_back and document.isRedoAvailable():
            extracted.is_undone = True
            self._change([each for each in shown if each != extracted.attachment])
        elif extracted.is_undone and document.characterCount() == extracted.characters:
            extracted.is_undone = False
            self._change([*shown, extracted.attachment])
        else:  # the message is another one now, or something else was typed after the text was brought back
            self._extracted.remove(extracted)


# Names of pasted texts.

_BEGINNING = 4_000
_MAX_JSON = 200_000
_LINES = 20
_HEADING = re.compile(r"#{1,6} \S")
_MARKDOWN = re.compile(r"#{1,6} \S|[-*] \S|\d+\. \S|```|> \S|\|.*\|$|.*(?:\*\*\S.*\*\*|\[[^\]]+\]\(\S+\))")
_AS_PLAIN_TEXT = frozenset({"html", "htm", "xhtml", "vue", "svg"})
"""Of a file with this ending only the readable text is sent; what was pasted is the source."""


def file_ending_of(text: str) -> str:
    """Return the file extension that suits a text: that of code, tables and Markdown if they are recognised, else `txt`."""
    lines = text[:_BEGINNING].split("\n")
    if len(text) > _BEGINNING:
        lines.pop()  # it may be cut
    lines = [line for line in lines if line.strip()][:_LINES]
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return "json"
    if delimiter := _delimiter(lines):
        return "tsv" if delimiter == "\t" else "csv"
    language = guess_language(text[:_BEGINNING])
    if language:
        ending = file_ending(language)
        return "txt" if ending in _AS_PLAIN_TEXT else ending
    headings = sum(_HEADING.match(line) is not None for line in lines)
    signs = sum(_MARKDOWN.match(line) is not None for line in lines)
    return "md" if headings and signs > 1 else "txt"


def _is_json(text: str) -> bool:
    if len(text) > _MAX_JSON:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _delimiter(lines: Sequence[str]) -> str:
    """Return what separates the cells of a table; empty if the lines are none."""
    if len(lines) < 3:
        return ""
    for delimiter, fewest in (("\t", 2), (";", 3), (",", 3)):
        widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
        if len(widths) == 1 and widths.pop() >= fewest:
            return delimiter
    return ""


def free_name(stem: str, ending: str, used_names: Collection[str]) -> str:
    """Return a file name that is not taken, with a number if necessary."""
    numbered = (
        f"{stem}.{ending}" if number == 1 else f"{stem} {QLocale().toString(number)}.{ending}" for number in count(1)
    )
    return next(name for name in numbered if name not in used_names)
