"""The text of a paragraph as Word's runs: formatting, links, formulas, pictures, footnotes, and the direction of the script."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.link_addresses import link_address
from chatdesk.rendering.export.office.package import Relationships
from chatdesk.rendering.export.office.word_parts import OfficePicture, WordParts, embedded_picture
from chatdesk.rendering.export.office.word_properties import run_properties, w
from chatdesk.rendering.export.office.xml_text import element, escaped
from chatdesk.rendering.export.paper_colors import paper_color
from chatdesk.rendering.markdown.blocks import Span, Style

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_QUOTES = re.compile("[\u2018\u2019\u201c\u201d\u2026\u2014\u00b7]")
"""Characters that are wide in Chinese texts and narrow in others."""
_BREAKS = re.compile("([\n\t])")

DrawFormula = Callable[[str, bool], OfficePicture | None]
"""Returns the picture of a formula in LaTeX, displayed or inline; None if there is none."""


def no_drawing(_latex: str, _displayed: bool) -> None:
    """Draw no formulas."""


@dataclass(frozen=True, slots=True)
class NoteReference:
    """How a reference to a footnote is written."""

    number: int
    """Of the footnote in the file."""
    is_first: bool
    """Whether the footnote belongs to this reference; others only name its number."""
    is_repeated: bool
    """Whether there are others."""


class RunWriter:
    """Writes spans into one part of the file.

    `note_of` returns how a reference to the footnote of a label is written; None if it is no footnote of the file.
    """

    def __init__(
        self,
        parts: WordParts,
        relationships: Relationships,
        note_of: Callable[[str], NoteReference | None],
        draw: DrawFormula,
    ) -> None:
        self._parts = parts
        self._relationships = relationships
        self._note_of = note_of
        self._draw = draw

    def spans(self, spans: Sequence[Span], max_width: int) -> str:
        """Return the runs of spans. Pictures are at most `max_width` wide, in twentieths of a point."""
        right_to_left = is_right_to_left(spans)
        written = []
        for link, group in groupby(spans, lambda span: "" if span.footnote or span.citation else span.link):
            runs = "".join(
                self._span(span, max_width, right_to_left=right_to_left, linked=bool(link)) for span in group
            )
            target = link_address(link)
            written.append(self.linked(target, runs) if target else runs)
        return "".join(written)

    def linked(self, target: str, runs: str) -> str:
        """Return runs as a link."""
        name = self._relationships.add("hyperlink", target, external=True)
        return element("w:hyperlink", runs, **{"r:id": name, "w:history": "1"})

    def text(self, text: str, *, right_to_left: bool = False, **properties: str) -> str:
        """Return text in runs with these properties, one for each direction of the script."""
        written = []
        for part, is_rtl in _directions(text, right_to_left=right_to_left):
            run_format = dict(properties)
            if is_rtl:
                run_format["rtl"] = w("rtl")
            elif "rFonts" not in run_format and "rStyle" not in run_format and _is_east_asian(part):
                run_format["rFonts"] = w("rFonts", hint="eastAsia")
            made = run_properties(**run_format)
            written.append(w("r", made, *map(_content, filter(None, _BREAKS.split(part)))))
        return "".join(written)

    def formula(self, latex: str, source: str, max_width: int, *, displayed: bool) -> str:
        """Return a formula as an equation, as a picture if that shows more, or as its source if it is not understood."""
        from chatdesk.rendering.export.office.equations import equation  # noqa: PLC0415 - a large table of signs

        made = equation(latex, displayed=displayed)
        if (made is None or not made.exact) and (picture := self._draw(latex, displayed)):
            return self.picture(picture, latex, max_width)
        if made is None:
            return self.text(source.strip(), rStyle=w("rStyle", val="CodeCharacter"))
        return element("m:oMath", made.xml) if made.xml else ""

    def picture(self, picture: OfficePicture, description: str, max_width: int) -> str:
        """Return a picture."""
        return self._parts.picture(self._relationships, picture, description, max_width)

    def _span(self, span: Span, max_width: int, *, right_to_left: bool, linked: bool) -> str:
        if span.footnote:
            return self._note(span)
        if span.formula:
            return self.formula(span.macros + span.formula, span.text, max_width, displayed=False)
        if span.image and (picture := embedded_picture(span.image)):
            return self.picture(picture, span.text, max_width)
        properties = _formatting(span.style)
        if linked and Style.CODE not in span.style:
            properties["rStyle"] = w("rStyle", val="Hyperlink")
        return self.text(span.text, right_to_left=right_to_left, **properties)

    def _note(self, span: Span) -> str:
        note = self._note_of(span.footnote)
        if note is None:
            return self.text(span.text, vertAlign=w("vertAlign", val="superscript"))
        properties = run_properties(rStyle=w("rStyle", val="FootnoteReference"))
        name = f"_Note{note.number}"
        if note.is_first:
            run = w("r", properties, w("footnoteReference", id=str(note.number)))
            if not note.is_repeated:
                return run
            mark = str(self._parts.new_id())
            return w("bookmarkStart", id=mark, name=name) + run + w("bookmarkEnd", id=mark)
        steps = (
            w("fldChar", fldCharType="begin"),
            f'<w:instrText xml:space="preserve"> NOTEREF {name} \\h </w:instrText>',
            w("fldChar", fldCharType="separate"),
            w("t", str(note.number)),
            w("fldChar", fldCharType="end"),
        )
        return "".join(w("r", properties, step) for step in steps)


def is_right_to_left(spans: Iterable[Span]) -> bool:
    """Return whether a text runs from right to left: whether its first letter does."""
    for span in spans:
        if span.formula or Style.CODE in span.style:
            continue
        for char in span.text:
            direction = unicodedata.bidirectional(char)
            if direction in {"L", "R", "AL"}:
                return direction != "L"
    return False


def _formatting(style: Style) -> dict[str, str]:
    made: dict[str, str] = {}
    if style is Style.PLAIN:
        return made
    if Style.STRONG in style:
        made |= {"b": w("b"), "bCs": w("bCs")}
    if Style.EMPHASIS in style:
        made |= {"i": w("i"), "iCs": w("iCs")}
    if Style.STRIKE in style:
        made["strike"] = w("strike")
    if Style.UNDERLINE in style:
        made["u"] = w("u", val="single")
    if Style.MARK in style:
        made["shd"] = w("shd", val="clear", color="auto", fill=paper_color("findHit"))
    if Style.SUBSCRIPT in style or Style.SUPERSCRIPT in style:
        made["vertAlign"] = w("vertAlign", val="subscript" if Style.SUBSCRIPT in style else "superscript")
    if Style.CODE in style:
        made["rStyle"] = w("rStyle", val="CodeCharacter")
    elif Style.KEY in style:
        made["rStyle"] = w("rStyle", val="Key")
    return made


def _content(part: str) -> str:
    if part == "\n":
        return "<w:br/>"
    if part == "\t":
        return "<w:tab/>"
    return f'<w:t xml:space="preserve">{escaped(part)}</w:t>'


def _is_east_asian(text: str) -> bool:
    """Return whether quotation marks and the like are meant as Chinese ones."""
    if not _QUOTES.search(text):
        return False
    return 2 * len(_EAST_ASIAN.findall(text)) > sum(char.isalpha() for char in text)


def _directions(text: str, *, right_to_left: bool) -> Iterable[tuple[str, bool]]:
    """Yield the parts of a text with whether they run from right to left.

    What has no direction of its own belongs to the words around it, or to the paragraph where these differ.
    """
    if not right_to_left and not _RIGHT_TO_LEFT.search(text):
        yield text, False
        return
    parts: list[tuple[str, bool | None]] = []
    for direction, chars in groupby(text, _direction):
        parts.append(("".join(chars), direction))
    made: list[tuple[str, bool]] = []
    for index, (part, direction) in enumerate(parts):
        if direction is None:
            before = parts[index - 1][1] if index else right_to_left
            after = parts[index + 1][1] if index + 1 < len(parts) else right_to_left
            made.append((part, before if before is not None and before == after else right_to_left))
        else:
            made.append((part, direction))
    for is_rtl, group in groupby(made, lambda one: one[1]):
        yield "".join(part for part, _ in group), is_rtl


def _direction(char: str) -> bool | None:
    kind = unicodedata.bidirectional(char)
    return True if kind in {"R", "AL", "AN"} else False if kind in {"L", "EN"} else None
