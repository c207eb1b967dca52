"""Citations of documents in answers, such as `[1, p. 12]`: what their brackets say.

Models are asked for this form and write others: that of their training (`[citation:1]`, `【1†source】`), the name instead of the number, or
the words of their language.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.fast_dataclass import dataclass

MAX_LENGTH = 120
"""Maximum length of what is between the brackets, in characters: longer texts are no citations."""
_MAX_TARGETS = 12
"""Maximum number of locations in one pair of brackets."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited location: the sections from `first` to `last` of a document, or its lines. All of it if both are 0."""

    document: int
    """The number of the document in the chat; 0 if only a location is cited."""
    first: int = 0
    last: int = 0
    lines: bool = False
    title: str = ""
    """The title of a sheet or chapter, if that is cited instead of its number."""


class Lack(Enum):
    """Why a citation leads nowhere."""

    NO_DOCUMENT = auto()
    """The chat has no document with this number."""
    NO_SECTION = auto()
    """The document has no such page."""
    NOT_SENT = auto()
    """The page exists, but was not sent before this answer."""


@dataclass(frozen=True, slots=True)
class CitationTarget:
    """A citation with the document that it names. `document` is None if the chat has none with this number."""

    citation: Citation
    document: DocumentPart | None = None
    lack: Lack | None = None
    sections: tuple[int, ...] = ()
    """The numbers of the cited sections that were sent, in order; of all that were sent if the whole document is cited."""


_SECTION_WORDS = (
    r"pages?|pp?g?s?|sheets?|slides?|files?|chapters?|ch(?:ap)?s?|sections?|sec|parts?|tabs?|seiten?|s|folien?|kapitel|blatt|"
    r"p[áa]g(?:ina)?s?|feuilles?|chapitres?|hojas?|cap[íi]tulos?|стр|с|工作表|表格|幻灯片|页码?|頁|章节?|ページ|쪽"
)
_TITLED_WORDS = (
    r"sheets?|tabs?|chapters?|sections?|blatt|kapitel|feuilles?|chapitres?|hojas?|cap[íi]tulos?|工作表|表格|章节?"
)
"""What can have a title."""
_LINE_WORDS = r"lines?|ll?|zeilen?|z|行"
_DOCUMENT_WORDS = r"citation|cite|documents?|docs?|sources?|files?|refs?|references?|文档|文件|来源|引用|资料"
_DASH = r"\s*(?:-|–|—|~|to|至|到)\s*"
_NUMBERS = rf"(?P<first>\d{{1,6}})(?:{_DASH}(?:[a-z]{{1,2}}\.?)?\s*(?P<last>\d{{1,6}}))?"
_MORE = r"(?:\s*ff?)?(?:\s+of\s+\d+)?\s*(?::.*|\([^()]*\))?\.?"
"""A model may add how many pages there are, or the name of a sheet or chapter."""
_LOCATION = re.compile(
    rf"(?:(?P<word>{_SECTION_WORDS}|{_LINE_WORDS})\s*[.:]?\s*(?:no\.?\s*)?{_NUMBERS}"
    rf"|第\s*{_NUMBERS.replace('first', 'nth').replace('last', 'to')}\s*(?P<counter>页|頁|张|章|节|行|个工作表)){_MORE}"
)
_DETAIL = re.compile(
    r"(?:para(?:graph)?s?|absatz|abs|tables?|fig(?:ure)?s?|rows?|columns?|cols?|cells?|(?:foot)?notes?)\b.*|§.*"
    r"|(?:图|圖|表|段|脚注|单元格).*|sec(?:tion)?\.?\s*\d+(?:\.\d+)+"
)
"""What a model may add to a page, and cannot be resolved."""
_NUMBER_WORDS = rf"(?:(?:{_DOCUMENT_WORDS})\s*(?:index|number|no\.?|nr\.?)?\s*[:#]?\s*)?#?"
_NUMBER = re.compile(rf"{_NUMBER_WORDS}(?P<first>\d{{1,3}})")
_TITLED = re.compile(
    rf"(?:{_NUMBER_WORDS}(?P<first>\d{{1,3}})\s*[,;:]?\s*)?(?:{_TITLED_WORDS})\s*[.:]?\s*[\"'“‘「《]?(?P<title>[^\W\d].*?)[\"'”’」》]?",
    re.IGNORECASE,
)
_TRAINED = re.compile(r"(?P<first>\d{1,3})(?::\d{1,3})?\s*†\s*(?P<rest>.*)")
_RANGE = re.compile(rf"(?P<first>\d{{1,6}}){_DASH}(?P<last>\d{{1,6}})")
_LINES = re.compile(r"l(?P<first>\d{1,6})(?:-l?(?P<last>\d{1,6}))?")
_SHORT_LOCATION = re.compile(r"[a-z]\s*\d")
"""A letter with a number is a location only where it follows a document."""
_LINE_WORD = re.compile(_LINE_WORDS)
_SEPARATOR = re.compile(r"\s*(?:[,;、&]|\s(?:and|und|et|y)\s|和|及)\s*")
_AFTER_NUMBER = re.compile(rf"(?<=\d)(?:\s*[:/]\s*|\s+-\s+|\s+)(?=(?:{_SECTION_WORDS}|{_LINE_WORDS})\b[.:]?\s*\d|第)")
"""Between the number of a document and a location that follows without a comma: `[1 p. 12]`, `[1: p. 12]`."""


class _CitationPart(NamedTuple):
    """A part between commas: a location, or a number, which is that of a document or a further location."""

    first: int
    last: int = 0
    is_location: bool = False
    lines: bool = False


def parse_citation(inside: str, names: Mapping[str, int]) -> tuple[Citation, ...]:
    """Return the locations cited between a pair of brackets; empty if the text is no citation.

    `names` are the numbers of documents by their names, as `citation_name` returns them.
    """
    text = citation_name(inside)
    if not text or len(text) > MAX_LENGTH:
        return ()
    if trained := _TRAINED.fullmatch(text):
        return _trained(int(trained["first"]), trained["rest"], names)
    document, text = _named(text, names)
    if document and not text:
        return (Citation(document),)
    begin, *others = _SEPARATOR.split(_AFTER_NUMBER.sub(",", text))
    files_are_documents = not document and begin.startswith("file")
    parsed_parts = [_parsed_part(begin, files_are_documents=not document)]
    parsed_parts += [
        _parsed_part(part, files_are_documents=files_are_documents) for part in others if not _DETAIL.fullmatch(part)
    ]
    found = [parsed for parsed in parsed_parts if parsed is not None]
    if len(found) < len(parsed_parts) or len(found) > _MAX_TARGETS:
        return _titled(inside, document, text)
    citations = _citations(document, found)
    return () if citations and not citations[0].document and _SHORT_LOCATION.match(text) else tuple(citations)


def citation_name(name: str) -> str:
    """Return a name in the form in which names are compared: full-width signs and case do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _named(text: str, names: Mapping[str, int]) -> tuple[int, str]:
    """Return the number of the document by whose name the text begins, and the rest; 0 and all of the text if there is none."""
    for name in sorted((each for each in names if each and text.startswith(each)), key=len, reverse=True):
        rest = text[len(name) :]
        if not rest or rest[0] in " ,;:":
            return names[name], rest.lstrip(" ,;:")
    return 0, text


def _titled(inside: str, document: int, text: str) -> tuple[Citation, ...]:
    """Return what the title of a sheet or chapter cites. `text` is what follows the name of a document in folded form."""
    spelled = " ".join(unicodedata.normalize("NFKC", inside).split())[-len(text) :]
    match = _TITLED.fullmatch(spelled if spelled.casefold() == text else text)
    number = document or (int(match["first"]) if match and match["first"] else 0)
    return (Citation(number, title=match["title"].strip()),) if match and number else ()


def _trained(number: int, rest: str, names: Mapping[str, int]) -> tuple[Citation, ...]:
    """Return what `【1†L3-L5】` and `【4:0†report.pdf】` cite: the number counts unless the name is known."""
    if lines := _LINES.fullmatch(rest):
        return (_range(number, int(lines["first"]), int(lines["last"] or 0), lines=True),) if number else ()
    number = names.get(rest, number)
    return (Citation(number),) if number else ()


def _parsed_part(part: str, *, files_are_documents: bool) -> _CitationPart | None:
    """Return what a part says. `[1, file 2]` cites a file of a folder, `[file 1, file 2]` two documents."""
    number = _NUMBER.fullmatch(part)
    if number and (files_are_documents or not part.startswith("file")):
        return _CitationPart(int(number["first"])) if int(number["first"]) else None
    if more := _RANGE.fullmatch(part):
        return _CitationPart(int(more["first"]), int(more["last"])) if int(more["first"]) else None
    match = _LOCATION.fullmatch(part)
    if not match:
        return None
    first, last = match["first"] or match["nth"], match["last"] or match["to"]
    lines = _LINE_WORD.fullmatch(match["word"] or match["counter"]) is not None
    return _CitationPart(int(first), int(last or 0), is_location=True, lines=lines) if int(first) else None


def _citations(document: int, parsed_parts: Sequence[_CitationPart]) -> list[Citation]:
    """Return what the parts cite; nothing if they make no sense.

    A number is a document where a location follows it, and a further location where one precedes it, or the name of the `document`. Lines
    of a page are ignored: they are not numbered.
    """
    if document:
        parsed_parts = (parsed_parts[0]._replace(is_location=True), *parsed_parts[1:])
    found: list[Citation] = []
    before: _CitationPart | None = None
    for parsed, after in zip(parsed_parts, (*parsed_parts[1:], None), strict=True):
        if parsed.lines and before is not None and before.is_location and not before.lines:
            continue
        if parsed.is_location:
            if before is not None and not before.is_location:
                found.pop()  # the document, which is cited at this location
            found.append(_range(document, parsed.first, parsed.last, lines=parsed.lines))
        elif before is not None and before.is_location and not (after is not None and after.is_location):
            found.append(_range(document, parsed.first, parsed.last, lines=before.lines))
            continue  # the next number is a further location as well
        elif parsed.last:
            return []
        else:
            document = parsed.first
            found.append(Citation(document))
        before = parsed
    return found


def _range(document: int, first: int, last: int, *, lines: bool) -> Citation:
    return Citation(document, first, max(first, last), lines)


# How a citation begins, so that it need not be shown before it is complete.

OPENING, CLOSING = "[【［", "]】］"
_HELD = 48
"""Maximum number of characters that are held back."""
_FIRST_WORDS = (
    *("citation", "cite", "document", "documents", "doc", "docs", "source", "sources", "file", "files", "ref", "refs"),
    *("page", "pages", "p", "pp", "pg", "sheet", "slide", "chapter", "section"),
    *("文档", "文件", "来源", "引用", "资料", "第"),
)
_FIRST_LETTERS = re.compile(r"[^\W\d_]*")


def unfinished_citation(text: str) -> int:
    """Return the position in a growing text from which it may be an unfinished citation; its length if there is none.

    A citation is unfinished until a character follows it: `[1]` may become the link `[1](address)`.
    """
    start = max(text.rfind(sign, max(0, len(text) - _HELD)) for sign in OPENING)
    if start < 0:
        return len(text)
    inside = text[start + 1 :]
    closed = next((at for at, sign in enumerate(inside) if sign in CLOSING), len(inside))
    is_over = closed < len(inside) - 1 or (closed < len(inside) and not any(map(str.isdecimal, inside)))
    may_continue = not is_over and not {"\n", "`"} & set(inside) and _may_begin(inside[:closed])
    return start if may_continue else len(text)


def _may_begin(inside: str) -> bool:
    begun = unicodedata.normalize("NFKC", inside).casefold().lstrip(" #")
    letters = _FIRST_LETTERS.match(begun)
    word = letters[0] if letters else ""
    if word == begun:
        return not word or any(each.startswith(word) or word.startswith("第") for each in _FIRST_WORDS)
    return not word or word in _FIRST_WORDS
