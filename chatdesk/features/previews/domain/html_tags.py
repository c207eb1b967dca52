"""Parser for the relevant tags of HTML, with their positions. It follows browsers: no tags inside comments, scripts or attributes.

Runs in linear time for any input: no failed search is repeated from the same position.
"""

import re
from collections.abc import Iterator
from html import unescape

from chatdesk.kernel.fast_dataclass import dataclass

_TOKEN = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    | <[!?][^>]*+(?:>|\Z)
    | <(?P<closing>/?)(?P<name>[A-Za-z][^\s/>]*+)
      (?P<attributes>(?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+)(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?""")
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"})
_SCRIPT_MARK = re.compile(r"<!--|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its source text."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag from `start` to `end`. For elements with raw text content, `content_end` and `close_end` give its end."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()
    content_end: int = 0
    close_end: int = 0

    def value(self, name: str) -> str | None:
        """Return the value of an attribute; None if the tag does not have it."""
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)


def tags(text: str, names: frozenset[str]) -> Iterator[Tag]:
    """Yield the tags with one of these lower-case names in order, except titles inside SVG."""
    position, drawing = 0, 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        if not found["name"] or not found[0].endswith(">"):  # drop an unclosed tag together with everything after it
            continue
        name, closing = found["name"].lower(), bool(found["closing"])
        empty = found["attributes"].endswith("/")
        if name == "svg" and not (empty and not closing):
            drawing = max(0, drawing - 1) if closing else drawing + 1
        raw = not closing and name in _RAW and not (drawing and (empty or name not in {"script", "style"}))
        content_end = close_end = position
        if raw:
            content_end, close_end = _content(text, position, name)
        if name in names and not (drawing and name == "title"):
            yield Tag(name, closing, found.start(), position, _attributes(found["attributes"]), content_end, close_end)
        position = close_end


def _attributes(source: str) -> tuple[Attribute, ...]:
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:-1]
        found.setdefault(match[1].lower(), Attribute(match[1].lower(), unescape(value), match[0]))
    return tuple(found.values())


def _content(text: str, start: int, name: str) -> tuple[int, int]:
    """Return the end of the content of an element, and the end of its closing tag."""
    if name == "script":
        end = _script_end(text, start)
    else:
        found = _end_of(name).search(text, start)
        end = found.start() if found else len(text)
    closed = text.find(">", end)
    return end, (closed + 1 if closed >= 0 else len(text))


def _script_end(text: str, start: int) -> int:
    """Return the end of a script. After `<!--`, an opening `<script` consumes the next `</script`."""
    comment = double = False
    for mark in _SCRIPT_MARK.finditer(text, start):
        match mark[0]:
            case "<!--":
                comment = True
            case "-->":
                comment = double = False
            case _ if not mark[1]:
                double = double or comment
            case _ if double:
                double = False
            case _:
                return mark.start()
    return len(text)


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
