"""Blocks as paragraphs and tables of Word.

The nesting of blocks becomes indents, because Word has no boxes around paragraphs: the line beside a quotation is the left border of each
of its paragraphs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.column_widths import column_widths
from chatdesk.rendering.export.html import MAX_COLORED_LINES
from chatdesk.rendering.export.office.word_parts import BULLETS, HANGING, INDENT, WordParts
from chatdesk.rendering.export.office.word_properties import (
    border,
    cell_properties,
    paragraph_properties,
    run_properties,
    table_properties,
    w,
)
from chatdesk.rendering.export.office.word_runs import (
    DrawFormula,
    NoteReference,
    RunWriter,
    is_right_to_left,
)
from chatdesk.rendering.export.office.word_styles import MAX_HEADING
from chatdesk.rendering.export.office.xml_text import element
from chatdesk.rendering.export.paper_colors import paper_color
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
    are_tight,
    is_empty_summary,
)
from chatdesk.rendering.markdown.footnotes import footnote_key, notes_of
from chatdesk.rendering.markdown.long_texts import joined
from chatdesk.rendering.markdown.table_numbers import shown_alignments

_QUOTE_INDENT = 240
_MAX_BORDER_SPACE = 31
"""In points: Word knows no larger space between a text and its border."""
_MIN_WIDTH = 1_440
"""Width that remains for a text, however deeply it is nested, in twentieths of a point."""
_MAX_COLUMNS = 60
"""Of one table. Word refuses files with more than 63."""
_MEASURED_ROWS = 200
_NARROWEST, _WIDEST, _WIDEST_WORD = 3, 48, 16
"""Of a column and of its longest word, in characters, for the width that it gets."""
_LETTER = 125
"""About the width of a wide letter or a figure of 10 points, in twentieths of a point."""
_CELL_MARGINS = 240
_WORDS = re.compile("[^\\s\\u2e80-\\uffef-]+-?|[\\u2e80-\\uffef]")
"""What no line ends in: words, and single Chinese characters."""
_ALERT_COLORS = {
    AlertKind.NOTE: "accent",
    AlertKind.TIP: "success",
    AlertKind.IMPORTANT: "codeKeyword",
    AlertKind.WARNING: "warning",
    AlertKind.CAUTION: "danger",
}
_SHORT_CODE = 30
"""Lines of code that are kept on one page."""
_TABLE_LOOK = w(
    "tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="0", noVBand="1"
)


@dataclass(frozen=True, slots=True)
class BlockOptions:
    """How blocks are written."""

    available_width: int
    """Width of the text, in twentieths of a point."""
    first_heading: int = 1
    """Level that the highest heading among the blocks gets."""
    style: str = ""
    """Style of paragraphs that are nothing else; empty for the normal one."""
    alert_title: Callable[[AlertKind], str] = AlertKind.capitalize


@dataclass(frozen=True, slots=True)
class _BlockFormat:
    """Where a block stands in its containers."""

    indent: int = 0
    hanging: int = 0
    bar: str = ""
    """Colour of the line beside it; empty for none."""
    bar_at: int = 0
    style: str = ""
    numbering: str = ""


class _NoteNumbers:
    """The footnotes of a text by their keys."""

    def __init__(self) -> None:
        self.in_file: dict[str, int] = {}
        """The numbers of those that have been written."""
        self.references: Counter[str] = Counter()


class BlockWriter:
    """Writes the blocks of one message. `draw` draws formulas that are no equations."""

    def __init__(
        self, parts: WordParts, options: BlockOptions, draw: DrawFormula, notes: "_NoteNumbers | None" = None
    ) -> None:
        """Create the writer of a text, or of a footnote of a text with these notes."""
        self._parts = parts
        self._options = options
        self._draw = draw
        self._in_note = notes is not None
        relationships = parts.footnotes if notes else parts.document
        self._runs = RunWriter(parts, relationships, self._note_of, draw)
        self._notes: dict[str, list[Block]] = {}
        """The blocks of footnotes that have not been written yet, by key."""
        self._numbers = notes or _NoteNumbers()
        self._lists: dict[int, int] = {}
        """Numbers of the numbered lists in the file, by the start of the list."""
        self._begun: set[tuple[int, int]] = set()
        """The items whose first block has been written."""
        self._alerts: set[int] = set()
        self._heading_shift = 0
        self._is_tight = False
        """Whether the next block follows without space."""

    def write(self, blocks: Iterable[Block]) -> str:
        """Return the blocks. It is never empty, so that it can be the content of a cell."""
        blocks = [block for block in joined(blocks) if not is_empty_summary(block)]
        highest = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
        self._heading_shift = self._options.first_heading - highest
        running = []
        for block in blocks:
            if not self._in_note and (note := _footnote_of(block)):
                inside = block.containers[block.containers.index(note) + 1 :]
                self._notes.setdefault(footnote_key(note.label), []).append(replace(block, containers=inside))
            else:
                running.append(block)
            if not self._in_note:
                self._numbers.references.update(notes_of(block))
        written: list[str] = []
        for block, after in zip_longest(running, running[1:]):
            self._is_tight = after is not None and are_tight(block.containers, after.containers)
            written.append(self._block(block))
            if isinstance(block, Code) and isinstance(after, Code):
                written.append(_gap())
        written.extend(self._unreferenced(key) for key in [*self._notes])
        return "".join(written) or w("p")

    # Blocks.

    def _block(self, block: Block) -> str:
        containers = block.containers
        head = self._heads(containers, keeps_last=isinstance(block, Paragraph | Heading | Formula))
        block_format = self._block_format(containers)
        match block:
            case Paragraph():
                return head + self._paragraph(block, block_format)
            case Heading():
                level = min(MAX_HEADING, block.level + self._heading_shift)
                return head + self._text(block.spans, replace(block_format, style=f"Heading{level}"))
            case Code():
                return head + self._code(block, block_format)
            case Table():
                return head + self._table(block, block_format)
            case Rule():
                return head + w("p", _paragraph_properties(replace(block_format, style="Rule")))
            case Formula():
                return head + self._formula(block, block_format)

    def _paragraph(self, block: Paragraph, block_format: _BlockFormat) -> str:
        around = block.containers[-1] if block.containers else None
        if isinstance(around, Term):
            block_format = replace(block_format, style="Term")
        elif isinstance(around, Summary):
            block_format = replace(block_format, style="Summary")
        elif not block_format.style:
            block_format = replace(block_format, style=self._options.style)
        begin = ""
        if isinstance(around, ListItem) and around.checked is not None and block_format.hanging:
            begin = self._check_box(checked=around.checked, with_tab=not block_format.numbering)
        return self._text(block.spans, block_format, begin)

    def _text(self, spans: Sequence[Span], block_format: _BlockFormat, begin: str = "") -> str:
        right_to_left = is_right_to_left(spans)
        runs = self._runs.spans(spans, self._available_width(block_format))
        return w(
            "p", _paragraph_properties(block_format, right_to_left=right_to_left, is_tight=self._is_tight), begin, runs
        )

    def _code(self, block: Code, block_format: _BlockFormat) -> str:
        from chatdesk.rendering.code.highlight import LineHighlighter  # noqa: PLC0415 - a large library

        lines = block.text.removesuffix("\n").split("\n")
        highlighter = LineHighlighter(block.language) if block.language and len(lines) <= MAX_COLORED_LINES else None
        indent = w("ind", left=str(block_format.indent + 130), right="130") if block_format.indent else ""
        style, pagination = w("pStyle", val="Code"), w("keepNext") if len(lines) <= _SHORT_CODE else ""
        paragraphs = []
        for number, line in enumerate(lines, 1):
            runs = highlighter.add(line) if highlighter else ((line, "codeText"),)
            content = "".join(
                self._runs.text(text)
                if kind == "codeText"
                else self._runs.text(text, color=w("color", val=paper_color(kind)))
                for text, kind in runs
            )
            keep_next = pagination if number < len(lines) else ""
            paragraphs.append(w("p", paragraph_properties(pStyle=style, keepNext=keep_next, ind=indent), content))
        return "".join(paragraphs)

    def _formula(self, block: Formula, block_format: _BlockFormat) -> str:
        latex = block.macros + block.latex
        written = self._runs.formula(latex, block.source, self._available_width(block_format), displayed=True)
        if not written:
            return ""
        if written.startswith("<m:oMath") and not block_format.numbering:
            written = element("m:oMathPara", written)
        if not block_format.style:
            block_format = replace(block_format, style="Formula")
        return w("p", _paragraph_properties(block_format), written)

    def _check_box(self, *, checked: bool, with_tab: bool) -> str:
        """Return a box that can be ticked in Word."""
        states = "".join(
            f'<w14:{name} w14:val="{code}" w14:font="Segoe UI Symbol"/>'
            for name, code in (("checkedState", "2611"), ("uncheckedState", "2610"))
        )
        state = f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/>{states}</w14:checkbox>'
        fonts = w(
            "rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", eastAsia="Segoe UI Symbol", hint="eastAsia"
        )
        box = w("r", run_properties(rFonts=fonts), w("t", "☑" if checked else "☐"))
        control = w("sdt", w("sdtPr", w("id", val=str(self._parts.new_id())), state), w("sdtContent", box))
        return control + w("r", w("tab") if with_tab else '<w:t xml:space="preserve"> </w:t>')

    # Tables.

    def _table(self, block: Table, block_format: _BlockFormat) -> str:
        columns = len(block.alignments)
        return "".join(
            self._columns(block, slice(start, start + _MAX_COLUMNS), block_format) + _gap("TableEnd")
            for start in range(0, columns, _MAX_COLUMNS)
        )

    def _columns(self, block: Table, part: slice, block_format: _BlockFormat) -> str:
        header = block.header[part]
        rows = [row[part] for row in block.rows]
        alignments = shown_alignments(block)[part]
        available_width = self._available_width(block_format)
        natural, least = _column_needs([header, *rows[:_MEASURED_ROWS]], len(alignments))
        style = "TableText" if sum(least) <= available_width else "SmallTableText"
        widths = [int(each) for each in column_widths(natural, least, available_width)]
        right_to_left = is_right_to_left([span for cell in header or (rows[0] if rows else ()) for span in cell])
        properties = table_properties(
            tblStyle=w("tblStyle", val="ChatTable"),
            bidiVisual=w("bidiVisual") if right_to_left else "",
            tblW=w("tblW", w=str(sum(widths)), type="dxa"),
            tblInd=w("tblInd", w=str(block_format.indent), type="dxa"),
            tblLook=_TABLE_LOOK if header else "",
        )
        grid = w("tblGrid", *(w("gridCol", w=str(width)) for width in widths))
        written = [self._row(row, alignments, widths, style) for row in rows]
        if header:
            written.insert(0, self._row(header, alignments, widths, style, is_header=True))
        return w("tbl", properties, grid, *written)

    def _row(
        self,
        cells: Sequence[tuple[Span, ...]],
        alignments: Sequence[Alignment],
        widths: Sequence[int],
        style: str,
        *,
        is_header: bool = False,
    ) -> str:
        pagination = w("trPr", w("cantSplit"), w("tblHeader") if is_header else "")
        written = []
        for cell, alignment, width in zip(cells, alignments, widths, strict=True):
            right_to_left = is_right_to_left(cell)
            jc = str(alignment)
            if right_to_left and jc in {"left", "right"}:
                jc = "right" if jc == "left" else "left"  # Word means the beginning and the end of a line
            properties = paragraph_properties(
                pStyle=w("pStyle", val=style),
                keepNext=w("keepNext") if is_header else "",
                bidi=w("bidi") if right_to_left else "",
                jc=w("jc", val=jc) if jc else "",
            )
            runs = self._runs.spans(cell, max(_MIN_WIDTH, width - _CELL_MARGINS))
            written.append(w("tc", cell_properties(tcW=w("tcW", w=str(width), type="dxa")), w("p", properties, runs)))
        return w("tr", pagination, *written)

    # Containers.

    def _block_format(self, containers: Sequence[Container]) -> _BlockFormat:
        block_format = _BlockFormat()
        level = -1
        for container in containers:
            match container:
                case Quote() | Alert():
                    color = _ALERT_COLORS[container.kind] if isinstance(container, Alert) else "borderControl"
                    style = block_format.style if isinstance(container, Alert) else "Quote"
                    block_format = _BlockFormat(
                        block_format.indent + _QUOTE_INDENT, 0, paper_color(color), block_format.indent, style
                    )
                case ListItem():
                    level += 1
                    block_format = replace(
                        block_format,
                        indent=block_format.indent + INDENT,
                        hanging=0,
                        style=self._options.style if self._in_note else "ListParagraph",
                        numbering="",
                    )
                    key = (container.list_start, container.start)
                    if key not in self._begun and container is containers[-1]:
                        self._begun.add(key)
                        block_format = replace(
                            block_format, hanging=HANGING, numbering=self._numbering(container, min(level, 8))
                        )
                case Description():
                    block_format = replace(block_format, indent=block_format.indent + INDENT)
                case Details() if not (isinstance(containers[-1], Summary) and container is containers[-2]):
                    block_format = replace(block_format, indent=block_format.indent + _QUOTE_INDENT)
                case _:
                    pass
        return block_format

    def _numbering(self, item: ListItem, level: int) -> str:
        if item.number is None:
            if item.checked is not None:
                return ""
            number = BULLETS
        elif item.list_start in self._lists:
            number = self._lists[item.list_start]
        else:
            number = self._lists[item.list_start] = self._parts.numbered_list(level, item.number)
        return w("numPr", w("ilvl", val=str(level)), w("numId", val=str(number)))

    def _heads(self, containers: Sequence[Container], *, keeps_last: bool) -> str:
        """Return what stands above a block: titles of alerts, and the marks of items that do not begin with a paragraph."""
        written = []
        for index, container in enumerate(containers):
            around = containers[: index + 1]
            if isinstance(container, Alert) and container.start not in self._alerts:
                self._alerts.add(container.start)
                color = w("color", val=paper_color(_ALERT_COLORS[container.kind]))
                title = self._runs.text(self._options.alert_title(container.kind), color=color)
                block_format = replace(self._block_format(around), style="AlertTitle")
                written.append(w("p", _paragraph_properties(block_format), title))
            elif (
                isinstance(container, ListItem)
                and (container.list_start, container.start) not in self._begun
                and not (keeps_last and index == len(containers) - 1)
            ):
                block_format = self._block_format(around)
                box = container.checked
                begin = "" if box is None else self._check_box(checked=box, with_tab=not block_format.numbering)
                written.append(w("p", _paragraph_properties(block_format, keep_next=True, is_tight=True), begin))
        return "".join(written)

    def _available_width(self, block_format: _BlockFormat) -> int:
        return max(_MIN_WIDTH, self._options.available_width - block_format.indent)

    # Footnotes.

    def _note_of(self, label: str) -> NoteReference | None:
        key = footnote_key(label)
        repeated = self._numbers.references[key] > 1
        if key in self._notes:
            blocks = self._notes.pop(key)
            content = self._note_writer().write(blocks)
            self._numbers.in_file[key] = self._parts.footnote(_with_mark(content))
            return NoteReference(self._numbers.in_file[key], is_first=True, is_repeated=repeated)
        if key in self._numbers.in_file:
            return NoteReference(self._numbers.in_file[key], is_first=False, is_repeated=repeated)
        return None

    def _unreferenced(self, key: str) -> str:
        """Return a footnote to which only other footnotes refer, which Word does not have: as text."""
        blocks = self._notes.pop(key, [])
        return self._note_writer().write(blocks) if blocks else ""

    def _note_writer(self) -> "BlockWriter":
        return BlockWriter(self._parts, replace(self._options, style="FootnoteText"), self._draw, self._numbers)


def _with_mark(content: str) -> str:
    """Return the paragraphs of a footnote with its number at their beginning."""
    mark = w("r", run_properties(rStyle=w("rStyle", val="FootnoteReference")), w("footnoteRef"))
    mark += '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    if not content.startswith("<w:p>") or content.startswith('<w:p><w:pPr><w:pStyle w:val="Code"/>'):
        return w("p", paragraph_properties(pStyle=w("pStyle", val="FootnoteText")), mark) + content
    end = content.index("</w:pPr>") + len("</w:pPr>") if content.startswith("<w:p><w:pPr>") else len("<w:p>")
    return content[:end] + mark + content[end:]


def _footnote_of(block: Block) -> Footnote | None:
    return next((item for item in block.containers if isinstance(item, Footnote) and item.number), None)


def _paragraph_properties(
    block_format: _BlockFormat, *, right_to_left: bool = False, keep_next: bool = False, is_tight: bool = False
) -> str:
    properties: dict[str, str] = {}
    if block_format.style:
        properties["pStyle"] = w("pStyle", val=block_format.style)
    if keep_next:
        properties["keepNext"] = w("keepNext")
    if block_format.numbering:
        properties["numPr"] = block_format.numbering
    if block_format.bar:
        space = min(
            _MAX_BORDER_SPACE, max(1, (block_format.indent - block_format.hanging - block_format.bar_at) // 20 - 2)
        )
        properties["pBdr"] = w(
            "pBdr", border("right" if right_to_left else "left", block_format.bar, size=18, space=space)
        )
    if right_to_left:
        properties["bidi"] = w("bidi")
    if block_format.indent:
        hanging = {"hanging": str(block_format.hanging)} if block_format.hanging else {}
        properties["ind"] = w("ind", left=str(block_format.indent), **hanging)
    if is_tight:
        properties["spacing"] = w("spacing", after="40")
    return paragraph_properties(**properties)


def _gap(style: str = "TableEnd") -> str:
    """Return an empty line that keeps tables, or blocks of code, apart."""
    return w("p", paragraph_properties(pStyle=w("pStyle", val=style)))


def _column_needs(rows: Sequence[Sequence[tuple[Span, ...]]], columns: int) -> tuple[list[float], list[float]]:
    """Return for each column about the width of its longest text without line breaks, and of its longest word."""
    natural, least = ([_NARROWEST] * columns for _ in range(2))
    for row in rows:
        for index, cell in enumerate(row):
            natural[index] = max(natural[index], min(_WIDEST, sum(map(_length, cell))))
            least[index] = max(least[index], min(_WIDEST_WORD, max(map(_longest_word, cell), default=0)))
    return [_CELL_MARGINS + each * _LETTER for each in natural], [_CELL_MARGINS + each * _LETTER for each in least]


def _longest_word(span: Span) -> int:
    words = _WORDS.findall(span.formula or span.text[: 2 * _WIDEST])
    return max(map(len, words), default=0) + (Style.STRONG in span.style)


def _length(span: Span) -> int:
    text = span.formula or span.text[: 2 * _WIDEST]
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide + (Style.STRONG in span.style)
