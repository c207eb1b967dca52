"""The closed list of HTML that answers may use; any other tag, and any tag with other attributes, is shown as written.

Inline: `br`, styles (`sub`, `sup`, `kbd`, `u`, `mark`, `s`, `b`, `strong`, `i`, `em`), pictures and comments. A style counts only if its
tag is closed in the same paragraph, heading or cell. Blocks: `details` with its `summary`, and comments, which `line_parser.py` reads.
"""

import re
from html import unescape
from itertools import islice

from markdown_it.token import Token

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Style

STYLES = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "s": Style.STRIKE,
    "u": Style.UNDERLINE,
    "mark": Style.MARK,
    "kbd": Style.KEY,
    "sub": Style.SUBSCRIPT,
    "sup": Style.SUPERSCRIPT,
}
"""Tags that format text."""

COMMENT = "<!--"

_BREAK = re.compile(r"<br[ \t]*/?>[ \t]*\n?[ \t]*", re.IGNORECASE)
"""A break with the white space after it, including a line end, which would otherwise be a second break."""
_STYLE = re.compile(rf"<(/?)({'|'.join(STYLES)})[ \t]*>", re.IGNORECASE)
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+)"""
_PICTURE = re.compile(rf"<img((?:\s+(?:src|alt|title|width|height)\s*=\s*{_VALUE})+)\s*/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"(\w+)\s*=\s*({_VALUE})")
_PICTURE_SOURCE = re.compile(r"https?://\S+|data:image/\S+", re.IGNORECASE)
_EMPTY_COMMENT = re.compile(r"<!---?>")
_DETAILS = re.compile(
    r"""<details(?:[ \t]+(open)(?:[ \t]*=[ \t]*(?:""|''|"open"|'open'|open))?)?[ \t]*>""", re.IGNORECASE
)
_SUMMARY = re.compile(r"<summary[ \t]*>", re.IGNORECASE)
_SUMMARY_END = re.compile(r"</summary[ \t]*>", re.IGNORECASE)
_DETAILS_END = re.compile(r"</details[ \t]*>", re.IGNORECASE)
_MAX_TAGS_IN_CODE = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """An `img` tag. `source` is an http(s) address or a data URI of a picture."""

    source: str
    description: str
    title: str
    end: int
    """Position after the tag."""


def style_tag(text: str, start: int) -> tuple[str, bool, int] | None:
    """Parse a tag of `STYLES` at a position. Return its name, whether it closes the style, and its end."""
    match = _STYLE.match(text, start)
    return (match[2].lower(), bool(match[1]), match.end()) if match else None


def end_of_break(text: str, start: int) -> int:
    """Return the end of a line break at a position; 0 if there is none."""
    match = _BREAK.match(text, start)
    return match.end() if match else 0


def picture(text: str, start: int) -> Picture | None:
    """Parse an `img` tag with the source of a picture, and without attributes other than those of a picture."""
    match = _PICTURE.match(text, start)
    if not match:
        return None
    values: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(match[1]):
        values.setdefault(name.lower(), unescape(value[1:-1] if value[0] in "\"'" else value))
    source = values.get("src", "")
    if not _PICTURE_SOURCE.fullmatch(source):
        return None
    return Picture(source, values.get("alt", ""), values.get("title", ""), match.end())


def details(text: str) -> tuple[bool, int] | None:
    """Parse a line that begins with `<details>`. Return whether it has the attribute `open`, and the length of the tag."""
    match = _DETAILS.match(text)
    return (match[1] is not None, match.end()) if match else None


def summary(text: str) -> int:
    """Return the length of `<summary>` at the start of a line; 0 if it is not there."""
    match = _SUMMARY.match(text)
    return match.end() if match else 0


def summary_end(text: str) -> tuple[int, int] | None:
    """Return the start and end of the first `</summary>` in a line."""
    match = _SUMMARY_END.search(text)
    return match.span() if match else None


def details_end(text: str) -> int:
    """Return the length of `</details>` at the start of a line; 0 if it is not there."""
    match = _DETAILS_END.match(text)
    return match.end() if match else 0


def details_end_in(text: str) -> tuple[int, int] | None:
    """Return the start and end of the first `</details>` that follows text in a line, and is not inside code."""
    for match in islice(_DETAILS_END.finditer(text, 1), _MAX_TAGS_IN_CODE):
        if text.count("`", 0, match.start()) % 2 == 0:
            return match.span()
    return None


def end_of_comment(text: str, start: int, last: int) -> int:
    """Return the end of the comment that begins at a position; 0 if it is not closed. `last` is the position of the last `-->`, or -1."""
    if match := _EMPTY_COMMENT.match(text, start):
        return match.end()
    begin = start + len(COMMENT)
    return text.find("-->", begin) + 3 if last >= begin else 0


def pair_styles(tokens: list[Token]) -> None:
    """Turn tags without a counterpart into text. Tags of different names may overlap, because styles are independent of each other.

    A `kbd` around others is no key but what is entered with those keys: its tags become empty texts.
    """
    opened: dict[str, list[Token]] = {}
    around_keys: list[Token] = []
    for token in tokens:
        if token.type == "html_open":
            opened.setdefault(token.tag, []).append(token)
        elif token.type == "html_close":
            if starts := opened.get(token.tag):
                start = starts.pop()
                if around_keys and around_keys[-1] is start:
                    around_keys.pop()
                    for tag in (start, token):
                        tag.type, tag.content = "text", ""
                if token.tag == "kbd" and starts and not (around_keys and around_keys[-1] is starts[-1]):
                    around_keys.append(starts[-1])
            else:
                token.type = "text"
    for starts in opened.values():
        for token in starts:
            token.type = "text"
