"""Conversion of blocks back to Markdown that parses to the same blocks, for copying or saving a message or a part of one.

The original source is returned if it has the same meaning on its own; otherwise the Markdown is generated. Then positions differ, and some
properties are lost that Markdown cannot express, such as a single item of a loose list.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple, assert_never

from chatdesk.rendering.export.plain_text import indentation
from chatdesk.rendering.markdown.blocks import (
    Alert,
    Alignment,
    Block,
    Code,
    Container,
    Description,
    Details,
    Footnote,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Summary,
    Table,
    Term,
    are_tight,
    is_empty_summary,
    is_summary,
    shared_depth,
)
from chatdesk.rendering.markdown.inline_parser import InlineParser
from chatdesk.rendering.markdown.long_texts import joined
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.rendering.markdown.open_blocks.references import References
from chatdesk.rendering.markdown.open_blocks.shapes import shape, spans_shape

# Conversion of spans to inline Markdown.
#
# There are two variants: a readable one that escapes only characters that would have a meaning at their position, and a safe one that
# escapes all punctuation and writes letters and spaces next to emphasis marks as character references.

_ACTIVE = re.compile(r"[\\`*_~\[<&$]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS_BRACKET = re.compile(r"\[[^\[\]^]*\](?![(\[:])")
_BARE_TARGET = re.compile(r"(?:https?|ftp|mailto):[^\s<>\\]+")
_PLAIN_DESTINATION = re.compile(r"[^\s<>()\\&\x00-\x1f]+")
_BACKTICKS = re.compile("`+")
_MARKS = {Style.STRIKE: ("~~", "~~"), Style.STRONG: ("**", "__"), Style.EMPHASIS: ("*", "_")}
"""The usual mark, and its replacement where two marks would be merged."""
_TAGS = {
    Style.UNDERLINE: "u",
    Style.MARK: "mark",
    Style.KEY: "kbd",
    Style.SUBSCRIPT: "sub",
    Style.SUPERSCRIPT: "sup",
}
"""Styles that Markdown has only as HTML."""


def write_spans(spans: Sequence[Span], *, safely: bool) -> str:
    """Return spans as Markdown. White space at its edges and line starts may still have a meaning for blocks."""
    written = ""
    opened: list[_Mark] = []
    for index, span in enumerate(spans):
        wanted = _marks_of(span)
        # A key ends with its span, because the next one may be another key.
        unchanged = sum(1 for _ in takewhile(lambda mark: mark.key in wanted and mark.key is not Style.KEY, opened))  # noqa: B023
        written += "".join(mark.end for mark in reversed(opened[unchanged:]))
        del opened[unchanged:]
        known = {mark.key for mark in opened}
        # Styles that extend further are placed outside.
        for key in sorted((key for key in wanted if key not in known), key=lambda key: -_lasts(key, spans[index:])):
            begin, end = _ends_of(key, written)
            opened.append(_Mark(key, end))
            written += begin
        written += _words(span, safely=safely)
    return written + "".join(mark.end for mark in reversed(opened))


def _ends_of(key: Style | tuple[str, str], written: str) -> tuple[str, str]:
    """Return the start and end of a mark after the given text."""
    if isinstance(key, tuple):
        return "[", f"]({_destination(key[0])}{_title(key[1])})"
    if tag := _TAGS.get(key):
        return f"<{tag}>", f"</{tag}>"
    usual, other = _MARKS[key]
    mark = other if written.endswith(usual[0]) else usual
    return mark, mark


def code_mark(text: str, least: int = 1) -> str:
    """Return a run of backticks that does not occur in a text."""
    lengths = {len(run) for run in _BACKTICKS.findall(text)}
    return "`" * next(length for length in range(least, len(text) + least + 2) if length not in lengths)


def escape_text(text: str, *, safely: bool) -> str:
    """Return text with all Markdown syntax escaped. Its line breaks become hard line breaks."""
    if safely:
        edges = {index for index in (0, len(text) - 1) if text and (text[index].isalnum() or text[index] in " \t")}
        # Escaped brackets would be formulas.
        text = "".join(
            f"&#{ord(character)};" if index in edges or character in "()[]" else _PUNCTUATION.sub(r"\\\g<0>", character)
            for index, character in enumerate(text)
        )
    else:
        text = _ACTIVE.sub(lambda match: _escaped_where_needed(match, text), text)
    return text.replace("\r", "&#13;").replace("\n", "\\\n")


def _escaped_where_needed(match: re.Match[str], text: str) -> str:
    character = match[0]
    if character == "[":
        return "[" if _HARMLESS_BRACKET.match(text, match.start()) else "&#91;"
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    harmless = (
        (character == "_" and before.isalnum() and after.isalnum())
        or (character in "*_~$" and before == " " and after == " ")
        or (character in "&<" and after in (" ", "="))
        or (character == "$" and text.count("$") == 1)
    )
    return character if harmless else "\\" + character


class _Mark(NamedTuple):
    """An open style or link."""

    key: Style | tuple[str, str]
    end: str


def _marks_of(span: Span) -> list[Style | tuple[str, str]]:
    """Return the styles and links around a span. A link whose text is its target needs none."""
    link = (
        [(span.link, "" if span.image else span.title)] if span.link and not span.footnote and not _bare(span) else []
    )
    return [*link, *(style for style in (*_TAGS, *_MARKS) if style in span.style)]


def _lasts(key: Style | tuple[str, str], spans: Sequence[Span]) -> int:
    return sum(1 for _ in takewhile(lambda span: key in _marks_of(span), spans))


def _words(span: Span, *, safely: bool) -> str:
    if bare := _bare(span):
        return f"<{bare}>"
    if span.footnote:
        return f"[^{span.footnote}]"
    if span.formula:
        return span.text
    if span.image:
        return f"![{escape_text(span.text, safely=safely)}]({_destination(span.image)}{_title(span.title)})"
    if Style.CODE in span.style:
        mark = code_mark(span.text)
        needs_space = span.text[0] == "`" or span.text[-1] == "`" or (span.text[0] == span.text[-1] == " ")
        space = " " if needs_space and span.text.strip(" ") else ""
        return f"{mark}{space}{span.text}{space}{mark}"
    return escape_text(span.text, safely=safely)


def _bare(span: Span) -> str:
    """Return the content of an autolink in angle brackets if the link's text is its target; otherwise an empty string."""
    plain = span.style is Style.PLAIN and not span.image and not span.title
    same = span.link in (span.text, "mailto:" + span.text)
    return span.text if plain and same and _BARE_TARGET.fullmatch(span.link) else ""


def _destination(target: str) -> str:
    if _PLAIN_DESTINATION.fullmatch(target):
        return target
    return f"<{_reference_safe(target, '<>')}>"


def _title(title: str) -> str:
    return f' "{_reference_safe(title, chr(34))}"' if title else ""


def _reference_safe(text: str, ends: str) -> str:
    """Escape characters that would end a target or title, and line breaks, which are not allowed in them."""
    text = re.sub(rf"[{ends}&\\]", r"\\\g<0>", text)
    return text.replace("\n", "&#10;").replace("\r", "&#13;")


_DETAILS_ENDS = re.compile(r"(?:\s*</details[ \t]*>)+", re.IGNORECASE)
_LINE_BEGIN = re.compile(r"(?m)^(?:[#>+=:|-]|~~~|(\d{1,9})(?=[.)](?:[ \t]|$)))")
_SPACE_AT_EDGE = re.compile(r"(?m)^[ \t]+|[ \t]+$")
_DELIMITERS = {Alignment.NONE: "---", Alignment.LEFT: ":--", Alignment.CENTER: ":-:", Alignment.RIGHT: "--:"}


def markdown_of(blocks: Sequence[Block], source: str) -> str:
    """Return adjacent blocks of one message as Markdown. Unclosed code and formulas are closed, so that text may follow.

    `source` is the text from which they were parsed. A block may be only a part of the original, cut out by the caller.
    """
    if not blocks:
        return ""
    blocks = [_with_written_citations(block) for block in _without_headless_sections(blocks)]
    start = source.rfind("\n", 0, blocks[0].start) + 1
    ends = _DETAILS_ENDS.match(source, blocks[-1].end)
    written = source[start : ends.end() if ends else blocks[-1].end]
    if not _is_open(blocks[-1]) and shape(parse(written)) == shape(blocks) and not _open_sections(blocks[-1], written):
        return written
    return _written(joined(blocks))


def markdown_of_text(plain: str) -> str:
    """Return plain text as Markdown with the same appearance: lines stay lines, and empty lines separate paragraphs."""
    paragraphs = (part for part in re.split(r"\n[ \t]*(?:\n[ \t]*)*\n|\n[ \t]*\Z|\A[ \t]*\n", plain) if part.strip())
    return "\n\n".join(_running_text((Span(part),)) for part in paragraphs)


def closed_markdown(text: str) -> str:
    """Return Markdown after which other text may follow: with a last unclosed code block or formula, or open sections, closed."""
    blocks = parse(text)
    if blocks and _is_open(blocks[-1]):
        return markdown_of(blocks, text)
    if blocks and (sections := _open_sections(blocks[-1], text)):
        return "\n\n".join((text.rstrip("\n"), *["</details>"] * sections))
    return text


def _with_written_citations(block: Block) -> Block:
    """Return a block with its citations as the model wrote them."""
    match block:
        case Paragraph() | Heading() if any(span.citation for span in block.spans):
            return replace(block, spans=_written_citations(block.spans))
        case Table():
            header, *rows = (tuple(map(_written_citations, row)) for row in (block.header, *block.rows))
            return replace(block, header=header, rows=tuple(rows))
        case _:
            return block


def _written_citations(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if not any(span.citation for span in spans):
        return spans
    found: list[Span] = []
    for span in spans:
        plain = Span(span.citation, span.style) if span.citation else span
        if found and found[-1] == Span(found[-1].text, plain.style) and plain == Span(plain.text, plain.style):
            found[-1] = replace(plain, text=found[-1].text + plain.text)
        else:
            found.append(plain)
    return tuple(found)


def _without_headless_sections(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return blocks without the sections whose heads are not among them: a part of a section stands for itself."""
    heads = {block.containers[-2] for block in blocks if is_summary(block)}

    def kept(containers: tuple[Container, ...]) -> tuple[Container, ...]:
        return tuple(item for item in containers if not isinstance(item, Details) or item in heads)

    return [replace(block, containers=kept(block.containers)) for block in blocks]


def _open_sections(block: Block, written: str) -> int:
    """Return the number of sections to which text after the Markdown of a last block would belong."""
    if not any(isinstance(item, Details) for item in block.containers):
        return 0
    return sum(isinstance(item, Details) for item in parse(written + "\n\n.")[-1].containers)


def _is_open(block: Block) -> bool:
    return isinstance(block, Code | Formula) and not block.closed


def _written(blocks: Iterable[Block]) -> str:
    lines: list[str] = []
    before: tuple[Container, ...] = ()
    marks: dict[int, str] = {}
    for block in blocks:
        shared = shared_depth(before, block.containers)
        prefix = "".join(map(indentation, block.containers[:shared]))
        lines.extend(_section_ends(before, shared))
        if lines and not are_tight(before, block.containers):
            lines.append(prefix.rstrip())
        for depth, item in enumerate(block.containers[shared:], start=shared):
            mark = _mark(item, before[depth] if depth == shared and depth < len(before) else None, marks)
            if isinstance(item, Alert | Details):
                lines.append(prefix + mark)
                prefix = "".join(map(indentation, block.containers[: depth + 1]))
            else:
                prefix += mark
        before = block.containers
        if is_empty_summary(block):
            continue
        others = "".join(map(indentation, block.containers))
        for index, line in enumerate(_block_lines(block)):
            begin = others if index else prefix
            lines.append(begin + line if line or begin.endswith("] ") else begin.rstrip())
    return "\n".join((*lines, *_section_ends(before, 0)))


def _section_ends(containers: tuple[Container, ...], shared: int) -> Iterator[str]:
    """Yield the lines that end the sections among containers, except the outermost `shared` ones."""
    for depth in reversed(range(shared, len(containers))):
        if isinstance(containers[depth], Details):
            prefix = "".join(map(indentation, containers[:depth]))
            yield prefix.rstrip()
            yield f"{prefix}</details>"


def _mark(container: Container, beside: Container | None, marks: dict[int, str]) -> str:
    """Return the start of a container. A list directly after another one of its kind needs different markers, stored in `marks`."""
    match container:
        case Quote():
            return "> "
        case Alert():
            return f"> [!{container.kind.upper()}]"
        case ListItem():
            usual, other = ("-", "*") if container.number is None else (".", ")")
            if container.list_start not in marks:
                is_marker_used = isinstance(beside, ListItem) and marks[beside.list_start] == usual
                marks[container.list_start] = other if is_marker_used else usual
            return _item_mark(container, marks[container.list_start])
        case Term() | Summary():
            return ""
        case Details():
            return "<details open>" if container.open else "<details>"
        case Description():
            return ": "
        case Footnote():
            return f"[^{container.label}]: "
        case _:
            assert_never(container)


def _item_mark(item: ListItem, mark: str) -> str:
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    return f"{'' if item.number is None else item.number}{mark} {box}"


def _block_lines(block: Block) -> list[str]:
    match block:
        case Paragraph() if is_summary(block):
            return [_summary(block.spans)]
        case Paragraph():
            return _running_text(block.spans).split("\n")
        case Heading():
            return _heading(block).split("\n")
        case Code():
            return _code_lines(block)
        case Table():
            return [
                _row(block.header),
                _row_of([_DELIMITERS[each] for each in block.alignments]),
                *map(_row, block.rows),
            ]
        case Rule():
            # Dashes could underline the text above, or be merged with a list marker.
            return ["___" if block.containers else "---"]
        case Formula():
            return [*block.source.split("\n"), *([] if block.closed else [_closing(block.source)])]
        case _:
            assert_never(block)


def _summary(spans: Sequence[Span]) -> str:
    label = _running_text(spans).replace("\\\n", "<br>").replace("</summary", "&lt;/summary")
    return f"<summary>{label}</summary>"


def _running_text(spans: Sequence[Span]) -> str:
    return _first_that_parses([_guarded(write_spans(spans, safely=safely)) for safely in (False, True)], spans)


def _heading(block: Heading) -> str:
    candidates = [_kept_edges(write_spans(block.spans, safely=safely)) for safely in (False, True)]
    if any("\n" in span.text for span in block.spans):
        line = "=" if block.level == 1 else "-"
        return _first_that_parses([f"{_guarded(candidate)}\n{line * 3}" for candidate in candidates], block.spans)
    marks = "#" * block.level
    candidates = [candidate[:-1] + r"\#" if candidate.endswith("#") else candidate for candidate in candidates]
    return _first_that_parses([f"{marks} {candidate}".rstrip() for candidate in candidates], block.spans)


def _first_that_parses(candidates: Sequence[str], spans: Sequence[Span]) -> str:
    """Return the first variant that parses to these spans."""
    wanted = spans_shape(spans)
    for candidate in candidates:
        match parse(candidate):
            case (Paragraph() | Heading() as block,) if spans_shape(block.spans) == wanted:
                return candidate
    return candidates[-1]


def _row(cells: Iterable[Sequence[Span]]) -> str:
    return _row_of([_cell(cell) for cell in cells])


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(spans: Sequence[Span]) -> str:
    parser = InlineParser(References())
    candidates = [_kept_edges(write_spans(spans, safely=safely).replace("\\\n", "<br>")) for safely in (False, True)]
    good = (candidate for candidate in candidates if spans_shape(parser.parse(candidate)) == spans_shape(spans))
    return next(good, candidates[-1]).replace("|", r"\|")


def _code_lines(block: Code) -> list[str]:
    if "`" in block.info:
        longest = max((len(run) for run in re.findall("~+", block.text)), default=0)
        fence = "~" * max(3, longest + 1)
    else:
        fence = code_mark(block.text, 3)
    info = re.sub(r"[\\&]", r"\\\g<0>", block.info)
    return [fence + info, *block.text.split("\n")[:-1], fence]


def _closing(source: str) -> str:
    """Return the delimiter that ends a formula."""
    if environment := re.match(r"\\begin(\{\w+\*?\})", source):
        return r"\end" + environment[1]
    if source.startswith(r"\["):
        return r"\]"
    return "$$" if source.startswith("$$") else source[: len(source) - len(source.lstrip(source[0]))]


def _guarded(text: str) -> str:
    """Escape line starts that look like blocks, and white space at the edges."""

    def guard(match: re.Match[str]) -> str:
        return match[1] + "\\" if match[1] else "\\" + match[0]

    return _LINE_BEGIN.sub(guard, _kept_edges(text))


def _kept_edges(text: str) -> str:
    def kept(match: re.Match[str]) -> str:
        return match[0].replace(" ", "&#32;").replace("\t", "&#9;")

    return _SPACE_AT_EDGE.sub(kept, text)
