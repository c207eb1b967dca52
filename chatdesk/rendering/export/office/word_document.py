"""A Word file: the chat from its title to its last message, and the parts around it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.office.package import Part, packed, properties
from chatdesk.rendering.export.office.word_blocks import BlockOptions, BlockWriter
from chatdesk.rendering.export.office.word_parts import OfficePicture, WordParts
from chatdesk.rendering.export.office.word_properties import (
    cell_properties,
    paragraph_properties,
    shading,
    table_properties,
    w,
)
from chatdesk.rendering.export.office.word_runs import DrawFormula, RunWriter, is_right_to_left, no_drawing
from chatdesk.rendering.export.office.word_styles import (
    WORD_NAMESPACES,
    Looks,
    fonts_xml,
    settings_xml,
    styles_xml,
)
from chatdesk.rendering.export.office.xml_text import DECLARATION, element
from chatdesk.rendering.export.paper_colors import paper_color
from chatdesk.rendering.markdown.blocks import AlertKind, Block, Paragraph, Span

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TWIPS_OF_MM = 1440 / 25.4
_LONGEST_OUTLINE = 200
"""In characters. A longer question is not shown in the navigation pane of Word."""
_SHORT_QUESTION = 20_000
"""In characters of XML: about half a page, which is kept together."""


@dataclass(frozen=True, slots=True)
class WordPage:
    """The paper, in millimetres."""

    width: float = 210.0
    height: float = 297.0
    margin: float = 20.0

    @property
    def available_width(self) -> int:
        """Width of the text, in twentieths of a point."""
        return round((self.width - 2 * self.margin) * _TWIPS_OF_MM)


class WordDocument:
    """A file that is being written. `draw` draws formulas that are no equations."""

    def __init__(
        self,
        title: str,
        looks: Looks,
        now: datetime,
        page: WordPage = WordPage(),  # noqa: B008 - a value
        draw: DrawFormula = no_drawing,
        alert_title: Callable[[AlertKind], str] = AlertKind.capitalize,
    ) -> None:
        self._alert_title = alert_title
        self._title = title
        self._looks = looks
        self._now = now
        self._page = page
        self._draw = draw
        self._parts = WordParts()
        self._runs = RunWriter(self._parts, self._parts.document, lambda _label: None, draw)
        self._written: list[str] = []

    def line(self, text: str, style: str, *, new_page: bool = False, collapsed: bool = False) -> None:
        """Add a line in a style. The text below a `collapsed` heading is folded at first."""
        right_to_left = is_right_to_left((Span(text),))
        formats = {
            "pStyle": w("pStyle", val=style),
            "pageBreakBefore": w("pageBreakBefore") if new_page else "",
            "bidi": w("bidi") if right_to_left else "",
            "collapsed": '<w15:collapsed w:val="1"/>' if collapsed else "",
        }
        self._written.append(
            w("p", paragraph_properties(**formats), self._runs.text(text, right_to_left=right_to_left))
        )

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """Add a heading."""
        self.line(text, f"Heading{level}", new_page=new_page)

    def attachment(self, name: str, copy: str = "") -> None:
        """Name a picture or document, as a link to its copy if there is one: a path relative to the file."""
        run = self._runs.text(name, rStyle=w("rStyle", val="Hyperlink") if copy else "")
        style = paragraph_properties(pStyle=w("pStyle", val="Attachment"))
        self._written.append(w("p", style, self._runs.linked(quote(copy), run) if copy else run))

    def blocks(self, blocks: Iterable[Block], *, first_heading: int = 1, style: str = "") -> None:
        """Add blocks. Their highest heading gets this level."""
        self._written.append(self._blocks(blocks, self._page.available_width, first_heading, style))

    def question(self, blocks: Sequence[Block]) -> None:
        """Add what the user wrote, in a box.

        Paragraphs have a style for it; for lists, tables and code it is a table with a single cell, because Word has no other boxes.
        A short question is shown in Word's navigation pane, below who asks it.
        """
        if not all(isinstance(block, Paragraph) and not block.containers for block in blocks):
            self._boxed(blocks)
            return
        written = self._blocks(blocks, self._page.available_width, style="Question")
        if blocks and isinstance(first := blocks[0], Paragraph) and _length(first) <= _LONGEST_OUTLINE:
            at = written.index("</w:pPr>")
            written = written[:at] + w("outlineLvl", val=str(self._looks.speaker_level)) + written[at:]
        self._written.append(written)

    def picture(self, picture: OfficePicture, description: str) -> None:
        """Add a picture in a paragraph of its own."""
        run = self._runs.picture(picture, description, self._page.available_width)
        self._written.append(w("p", paragraph_properties(pStyle=w("pStyle", val="Attachment")), run))

    def packed(self) -> bytes:
        """Return the file."""
        parts, relationships = self._parts, self._parts.document
        footer = relationships.add("footer", "footer1.xml")
        others = [
            _part("styles", styles_xml(self._looks)),
            _part("settings", settings_xml(self._looks)),
            _part("fontTable", fonts_xml(self._looks)),
            Part("word/footer1.xml", f"{_TYPES}.footer+xml", _footer()),
        ]
        for kind in ("styles", "settings", "fontTable"):
            relationships.add(kind, f"{kind}.xml")
        others += parts.written()
        body = "".join((*self._written, self._section(footer)))
        document = f"{DECLARATION}<w:document {WORD_NAMESPACES}><w:body>{body}</w:body></w:document>"
        main = Part("word/document.xml", f"{_TYPES}.document.main+xml", document, relationships)
        return packed([main, *others, *properties(self._title, self._now, self._looks.language)])

    def _blocks(self, blocks: Iterable[Block], available_width: int, first_heading: int = 1, style: str = "") -> str:
        options = BlockOptions(available_width, first_heading, style, self._alert_title)
        return BlockWriter(self._parts, options, self._draw).write(blocks)

    def _boxed(self, blocks: Sequence[Block]) -> None:
        available_width = self._page.available_width
        content = self._blocks(blocks, available_width - 280, self._looks.speaker_level + 1)
        margins = "".join(
            w(edge, w=width, type="dxa") for edge, width in (("top", "120"), ("left", "130"), ("right", "130"))
        )
        ground = shading(paper_color("bubble"))
        cell = w("tc", cell_properties(tcW=w("tcW", w=str(available_width), type="dxa"), shd=ground), content)
        table = w(
            "tbl",
            table_properties(
                tblW=w("tblW", w=str(available_width), type="dxa"),
                tblLayout=w("tblLayout", type="fixed"),
                tblCellMar=w("tblCellMar", margins),
            ),
            w("tblGrid", w("gridCol", w=str(available_width))),
            w("tr", w("trPr", w("cantSplit")) if len(content) < _SHORT_QUESTION else "", cell),
        )
        self._written += (table, w("p", paragraph_properties(pStyle=w("pStyle", val="TableEnd"))))

    def _section(self, footer: str) -> str:
        width, height, margin = (
            str(round(length * _TWIPS_OF_MM)) for length in (self._page.width, self._page.height, self._page.margin)
        )
        sides = dict.fromkeys(("top", "right", "bottom", "left"), margin)
        return w(
            "sectPr",
            element("w:footerReference", **{"w:type": "default", "r:id": footer}),
            w("pgSz", w=width, h=height),
            w("pgMar", **sides, header="567", footer="567", gutter="0"),
        )


def _length(paragraph: Paragraph) -> int:
    return sum(len(span.text) for span in paragraph.spans)


def _part(kind: str, content: str) -> Part:
    return Part(f"word/{kind}.xml", f"{_TYPES}.{kind}+xml", content)


def _footer() -> str:
    number = w("fldSimple", w("r", w("t", "1")), instr="PAGE")
    paragraph = w("p", paragraph_properties(pStyle=w("pStyle", val="Footer")), number)
    return f"{DECLARATION}<w:ftr {WORD_NAMESPACES}>{paragraph}</w:ftr>"
