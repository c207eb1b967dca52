"""Link reference definitions: `[label]: target "title"` at the start of a paragraph (CommonMark 0.31, 4.7)."""

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from chatdesk.rendering.markdown.leaves import Definition

_LABEL = re.compile(r"\[(?!\^)((?:[^\\\[\]]|\\.){1,999})\]:", re.DOTALL)
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")


def take_definitions(content: str) -> tuple[list[tuple[str, Definition]], int]:
    """Parse all definitions at the start of `content`.

    Return them with their normalised labels, and the position of the text after them.
    """
    definitions = []
    position = 0
    while parsed := _parse_definition(content, position):
        label, definition, position = parsed
        definitions.append((label, definition))
    return definitions, position


def _parse_definition(content: str, start: int) -> tuple[str, Definition, int] | None:
    """Parse one definition; the number is the start of the next line."""
    head = _LABEL.match(content, start)
    if not head or not (label := normalizeReference(head[1])):
        return None
    target = parseLinkDestination(content, _end(_SPACE, content, head.end()), len(content))
    if not target.ok:
        return None
    before_title = target.pos
    title_start = _end(_SPACE, content, before_title)
    if title_start > before_title:
        title = parseLinkTitle(content, title_start, len(content))
        if title.ok and (line_end := _LINE_END.match(content, title.pos)):
            return label, Definition(target.str, title.str), line_end.end()
    # What looked like a title may be the text of the next line: titles are optional.
    if line_end := _LINE_END.match(content, before_title):
        return label, Definition(target.str), line_end.end()
    return None


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
