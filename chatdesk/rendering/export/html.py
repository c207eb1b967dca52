"""Conversion of blocks to HTML for the clipboard and for export.

The nesting is restored from the blocks' containers; there is no style sheet.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, assert_never
from urllib.parse import quote

from chatdesk.kernel.links import Verdict, assess_link
from chatdesk.rendering.markdown.blocks import (
    Alert,
    AlertKind,
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
    is_empty_summary,
)
from chatdesk.rendering.markdown.footnotes import footnote_key
from chatdesk.rendering.markdown.long_texts import joined

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import Runs


_SAFE_IN_TARGETS = ";/?:@&=+$,-_.!~*'()#%"


def may_open(target: str) -> bool:
    """Return whether the link policy allows this target to be opened."""
    return assess_link(target).verdict is not Verdict.REFUSE


def no_picture(_source: str) -> bool:
    """Omit all pictures, because a program that shows the HTML would fetch them."""
    return False


def no_math(_latex: str, _displayed: bool) -> str:
    """Keep all formulas as their source."""
    return ""


def to_html(
    blocks: Iterable[Block],
    *,
    keep_link: Callable[[str], bool] = may_open,
    keep_picture: Callable[[str], bool] = no_picture,
    math: Callable[[str, bool], str] = no_math,
    alert_title: Callable[[AlertKind], str] = AlertKind.capitalize,
    code: Callable[[Code], str] | None = None,
    inline_code: str = "<code>",
    table_attributes: str = "",
    first_heading: int = 1,
    name_prefix: str = "",
    with_directions: bool = False,
) -> str:
    """Return blocks as HTML.

    `keep_link` selects the targets that become links, `keep_picture` the sources that become pictures; for others, the text is kept. `math`
    returns trusted HTML for LaTeX, displayed or inline, or an empty string, in which case the source is kept. Referenced footnotes are
    placed at the end. `code`, `inline_code` and `table_attributes` change the appearance of code blocks, inline code and tables.
    `first_heading` is the level of the highest headings. `name_prefix` makes the names of footnotes unique in a page with several texts.
    `with_directions` lets lists, quotes and tables begin at the right if their text does.
    """
    writer = _HtmlWriter(keep_link, keep_picture, math, alert_title, code or _code, inline_code, table_attributes)
    writer.first_heading, writer.name_prefix = first_heading, name_prefix
    writer.direction = ' dir="auto"' * with_directions
    return writer.write(tuple(blocks))


class _Element(NamedTuple):
    """An element to be opened. Elements with an equal `key` are the same one, so adjacent content shares it."""

    key: object
    begin: str
    end: str


class _HtmlWriter:
    def __init__(
        self,
        keep_link: Callable[[str], bool],
        keep_picture: Callable[[str], bool],
        math: Callable[[str, bool], str],
        alert_title: Callable[[AlertKind], str],
        code: Callable[[Code], str],
        inline_code: str,
        table_attributes: str,
    ) -> None:
        self._keep_link = keep_link
        self._keep_picture = keep_picture
        self._math = math
        self._alert_title = alert_title
        self._footnotes: set[str] = set()
        """Keys of the footnotes among the blocks."""
        self._references: Counter[int] = Counter()
        """Number of references so far, by footnote number."""
        self._code = code
        self._inline_code = inline_code
        self._table_attributes = table_attributes
        self.first_heading = 1
        self.name_prefix = ""
        self.direction = ""
        """The attribute of elements with a side where they begin."""

    def write(self, blocks: Iterable[Block]) -> str:
        blocks = [*joined(blocks)]
        self._footnotes = {footnote_key(note.label) for note in map(_footnote_of, blocks) if note}
        text = _nest(
            (self._containers(block.containers), self._block(block))
            for block in blocks
            if not _footnote_of(block) and not is_empty_summary(block)
        )
        notes = [(note, block) for block in blocks if (note := _footnote_of(block))]
        notes.sort(key=lambda pair: pair[0].number)
        return text + (self._notes(notes) if notes else "")

    def _notes(self, notes: Sequence[tuple[Footnote, Block]]) -> str:
        parts: list[tuple[list[_Element], str]] = []
        for note, group in groupby(notes, key=itemgetter(0)):
            item = _Element(note, f'<li id="{self.name_prefix}fn-{note.number}" value="{note.number}">', "</li>\n")
            for _, block in group:
                inside = block.containers[block.containers.index(note) + 1 :]
                parts.append(([item, *self._containers(inside)], self._block(block)))
            parts.append(([item], f'<a href="#{self.name_prefix}fnref-{note.number}">↩</a>\n'))
        return f'<section class="footnotes">\n<ol{self.direction}>\n{_nest(parts)}</ol>\n</section>\n'

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                level = min(6, block.level + self.first_heading - 1)
                return f"<h{level}>{self._spans(block.spans)}</h{level}>\n"
            case Code():
                return self._code(block)
            case Table():
                return self._table(block)
            case Rule():
                return "<hr>\n"
            case Formula():
                return f"<p>{self._math(block.macros + block.latex, True) or escape(block.source)}</p>\n"
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph) -> str:
        text = self._spans(block.spans)
        around = block.containers[-1] if block.containers else None
        bare = (
            not block.spans or isinstance(around, Term) or (isinstance(around, ListItem | Description) and around.tight)
        )
        if isinstance(around, Summary):
            return text
        return f"{text}\n" if bare else f"<p>{text}</p>\n"

    def _table(self, block: Table) -> str:
        head = self._row("th", block.header, block.alignments) if block.header else ""
        body = "".join(self._row("td", row, block.alignments) for row in block.rows)
        written = (f"<thead>\n{head}</thead>\n" if head else "") + (f"<tbody>\n{body}</tbody>\n" if body else "")
        return f"<table{self._table_attributes}{self.direction}>\n{written}</table>\n"

    def _row(self, tag: str, cells: Sequence[tuple[Span, ...]], alignments: Sequence[Alignment]) -> str:
        written = []
        for cell, alignment in zip(cells, alignments, strict=True):
            attribute = f' align="{alignment}"' if alignment else ""
            written.append(f"<{tag}{attribute}>{self._spans(cell)}</{tag}>\n")
        return f"<tr>\n{''.join(written)}</tr>\n"

    def _spans(self, spans: Iterable[Span]) -> str:
        return _nest((self._style_elements(span), self._text(span)) for span in spans)

    def _style_elements(self, span: Span) -> list[_Element]:
        elements = []
        if span.link and not span.footnote and self._keep_link(span.link):
            title = "" if span.image else _title(span)
            elements.append(_Element(span.link, f'<a href="{_target(span.link)}"{title}>', "</a>"))
        elements.extend(
            _Element(
                object() if style is Style.KEY else style,
                self._inline_code if style is Style.CODE else f"<{tag}>",
                f"</{tag}>",
            )
            for style, tag in (
                (Style.STRONG, "strong"),
                (Style.EMPHASIS, "em"),
                (Style.STRIKE, "del"),
                (Style.UNDERLINE, "u"),
                (Style.MARK, "mark"),
                (Style.SUBSCRIPT, "sub"),
                (Style.SUPERSCRIPT, "sup"),
                (Style.KEY, "kbd"),
                (Style.CODE, "code"),
            )
            if style in span.style
        )
        return elements

    def _text(self, span: Span) -> str:
        if span.footnote:
            return self._reference(span)
        if span.formula and (set_formula := self._math(span.macros + span.formula, False)):
            return set_formula
        text = escape(span.text)
        if span.image and self._keep_picture(span.image):
            return f'<img src="{_target(span.image)}" alt="{text}"{_title(span)}>'
        return text.replace("\n", "<br>\n")

    def _reference(self, span: Span) -> str:
        """Return a reference, as a link if its footnote is among the blocks."""
        number = span.text.strip("[]")
        if footnote_key(span.footnote) not in self._footnotes or not number.isdecimal():
            return f"<sup>{escape(span.text)}</sup>"
        self._references[int(number)] += 1
        again = self._references[int(number)]
        name = f"{self.name_prefix}fnref-{number}" + (f"-{again}" if again > 1 else "")
        return f'<sup><a href="#{self.name_prefix}fn-{number}" id="{name}">{number}</a></sup>'

    def _containers(self, containers: Iterable[Container]) -> list[_Element]:
        elements = []
        for container in containers:
            match container:
                case Quote():
                    elements.append(_Element(container, f"<blockquote{self.direction}>\n", "</blockquote>\n"))
                case Alert(kind=kind):
                    title = f"<p><strong>{escape(self._alert_title(kind))}</strong></p>\n"
                    begin = f'<blockquote class="alert-{kind}"{self.direction}>\n{title}'
                    elements.append(_Element(container, begin, "</blockquote>\n"))
                case ListItem():
                    elements.append(_list(container, self.direction))
                    box = (
                        ""
                        if container.checked is None
                        else f'<input type="checkbox"{" checked" * container.checked} disabled> '
                    )
                    elements.append(_Element(container, f"<li>{box}", "</li>\n"))
                case Term():
                    elements.append(_Element(("dl", container.list_start), f"<dl{self.direction}>\n", "</dl>\n"))
                    elements.append(_Element(container, "<dt>", "</dt>\n"))
                case Description():
                    elements.append(_Element(("dl", container.list_start), f"<dl{self.direction}>\n", "</dl>\n"))
                    elements.append(_Element(container, "<dd>", "</dd>\n"))
                case Details():
                    begin = f"<details{' open' * container.open}{self.direction}>\n"
                    elements.append(_Element(container, begin, "</details>\n"))
                case Summary():
                    elements.append(_Element(container, "<summary>", "</summary>\n"))
                case Footnote():
                    pass
                case _:
                    assert_never(container)
        return elements


def _footnote_of(block: Block) -> Footnote | None:
    """Return the footnote that contains a block, if it is referenced."""
    return next((item for item in block.containers if isinstance(item, Footnote) and item.number), None)


def _nest(parts: Iterable[tuple[list[_Element], str]]) -> str:
    """Join parts, each within its elements, opening and closing elements only where they differ from the previous part."""
    written: list[str] = []
    opened: list[_Element] = []
    for elements, content in parts:
        shared = 0
        while shared < min(len(opened), len(elements)) and opened[shared].key == elements[shared].key:
            shared += 1
        written.extend(element.end for element in reversed(opened[shared:]))
        written.extend(element.begin for element in elements[shared:])
        written.append(content)
        opened = elements
    written.extend(element.end for element in reversed(opened))
    return "".join(written)


def _list(item: ListItem, direction: str) -> _Element:
    if item.number is None:
        return _Element(item.list_start, f"<ul{direction}>\n", "</ul>\n")
    start = "" if item.number == 1 else f' start="{item.number}"'
    return _Element(item.list_start, f"<ol{start}{direction}>\n", "</ol>\n")


def _code(block: Code) -> str:
    language = f' class="language-{escape(block.info.split()[0])}"' if block.info.strip() else ""
    return f"<pre><code{language}>{escape(block.text)}</code></pre>\n"


def _target(target: str) -> str:
    return escape(quote(target, safe=_SAFE_IN_TARGETS))


def _title(span: Span) -> str:
    return f' title="{escape(span.title)}"' if span.title else ""


# Conversion of blocks to HTML for pasting into other programs: the result of `to_html` with inline styles that Word and similar programs
# need.
#
# A word processor shows a table without a border attribute without lines, and has no monospace text unless a font is given.

_CODE_FONT = "font-family:Consolas,Menlo,'DejaVu Sans Mono','Liberation Mono',monospace"
_TABLE = ' border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse"'
MAX_COLORED_LINES = 2_000
"""Longer code is not coloured, because it would take seconds, for a paste of forty pages."""


def to_rich_text(blocks: Iterable[Block], colors: Mapping[str, str], math: Callable[[str, bool], str] = no_math) -> str:
    """Return blocks as HTML for pasting.

    `colors` contains a CSS colour for each `TokenKind` of `highlight.py`, suitable for white paper; if empty, code is plain. `math` is that
    of `to_html`.
    """
    return to_html(
        blocks,
        math=math,
        code=code_writer({kind: f'style="color:{color}"' for kind, color in colors.items()}, f' style="{_CODE_FONT}"'),
        inline_code=f'<code style="{_CODE_FONT}">',
        table_attributes=_TABLE,
    )


def code_writer(attributes: Mapping[str, str], pre: str = "") -> Callable[[Code], str]:
    """Return a writer of code blocks for `to_html`, with colours.

    `attributes` has the attribute of the element around code of each `TokenKind`; if empty, code is plain. `pre` are attributes of the
    block.
    """

    def write(block: Code) -> str:
        lines = block.text.removesuffix("\n").split("\n")
        if attributes and block.language and len(lines) <= MAX_COLORED_LINES:
            # A large library: not imported before there is code.
            from chatdesk.rendering.code.highlight import LineHighlighter  # noqa: PLC0415

            highlighter = LineHighlighter(block.language)
            written = "\n".join(_line(highlighter.add(line), attributes) for line in lines)
        else:
            written = escape("\n".join(lines))
        return f"<pre{pre}><code>{written}\n</code></pre>\n"

    return write


def _line(runs: "Runs", attributes: Mapping[str, str]) -> str:
    return "".join(
        escape(text) if kind == "codeText" else f"<span {attributes[kind]}>{escape(text)}</span>" for text, kind in runs
    )
