"""Which parts of a document's text are sent with a question."""

from collections import defaultdict
from collections.abc import Sequence

from chatdesk.features.chat.ui.documents.text_column import TextRange
from chatdesk.kernel.chat.message import DocumentPart, PassageRange, SentAs
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, numbers_in
from chatdesk.kernel.documents.passages import joined
from chatdesk.ui_kit.text import utf16


class SentParts:
    """The parts of one text, the document's own or its summary. Sections are numbered from 0 here.

    Nothing is computed before it is needed.
    """

    def __init__(self, document: DocumentPart, text: DocumentText, *, is_summary: bool) -> None:
        self._text = text
        self._numbers: frozenset[int] = frozenset()
        self._passages: dict[int, list[PassageRange]] = defaultdict(list)
        if document.sent_as is SentAs.PASSAGES and not is_summary:
            for passage in joined(document.passages):
                self._passages[passage.section - 1].append(passage)
        elif is_summary or document.sent_as is not SentAs.SUMMARY:
            selected = "" if is_summary else document.selected
            self._numbers = frozenset(number - 1 for number in numbers_in(selected, len(text.sections)))
        self._ranges: dict[int, Sequence[TextRange]] = {}
        self._tokens: dict[int, int] = {}

    def ranges(self, section: int) -> Sequence[TextRange]:
        """Return what is sent of a section, in UTF-16 units and in order."""
        if section in self._numbers:
            return ((0, utf16.units(self._text.sections[section].text)),)
        if section not in self._ranges:
            text = self._text.sections[section].text
            passages = sorted((each.start, each.end) for each in self._passages.get(section, ()))
            self._ranges[section] = [in_units(text, start, end) for start, end in passages]
        return self._ranges[section]

    def tokens(self, section: int) -> int:
        """Return the estimated tokens of what is sent of a section; 0 for nothing."""
        if section not in self._tokens:
            text = self._text.sections[section].text
            parts = (
                [text]
                if section in self._numbers
                else [self._text.passage(each) for each in self._passages.get(section, ())]
            )
            self._tokens[section] = sum(estimate_tokens(part) for part in parts)
        return self._tokens[section]


def first_sent(document: DocumentPart) -> int:
    """Return the number, counted from 1, of the first section of which anything is sent; 1 if that is nothing."""
    passages = document.passages if document.sent_as is SentAs.PASSAGES else ()
    sections = [each.section for each in passages] or numbers_in(document.selected, max(1, document.sections))
    return min(sections, default=1)


def in_units(text: str, start: int, end: int) -> TextRange:
    """Return a range of characters in UTF-16 units."""
    before = utf16.units(text[:start])
    return before, before + utf16.units(text[start:end])


def in_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range in UTF-16 units in characters."""
    if utf16.units(text) == len(text):
        return start, end
    before = len(utf16.cut(text, 0, start))
    return before, before + len(utf16.cut(text, start, end))
