"""Formulas in the text and on lines of their own: before they are set, after, and when they cannot be."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_layout import FormulaLayout
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.rendering.formulas.typeset.typeset_formula import Glyph, Rule, TypesetFormula, Words
from chatdesk.rendering.markdown.blocks import Formula, Span, Style
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.ui_kit.lists.height_index import NOWHERE
from tests.counted_calls import calls_during
from tests.fakes.formula_harness import FormulaHarness


@pytest.fixture
def harness() -> FormulaHarness:
    return FormulaHarness()


@pytest.fixture
def page(page: PageContext, harness: FormulaHarness) -> PageContext:
    return replace(page, formulas=harness)


def flow(page: PageContext, harness: FormulaHarness, *spans: Span, width: int = 600) -> TextFlow:
    found = TextFlow(spans, TextStyle(), page.theme, harness)
    found.lay_out(width)
    return found


def formula(latex: str, *, closed: bool = True) -> Formula:
    source = rf"\[{latex}\]"
    return Formula(start=0, end=len(source), latex=latex, source=source, closed=closed)


def layout(page: PageContext, latex: str, *, width: int = 600, closed: bool = True) -> FormulaLayout:
    found = FormulaLayout(formula(latex, closed=closed), page, TextStyle())
    found.lay_out(width)
    return found


def test_a_formula_is_asked_for_and_its_source_shown_until_it_is_set(
    page: PageContext, harness: FormulaHarness
) -> None:
    spans = (Span("so "), Span("$xyz$", formula="xyz"), Span(" it is"))
    before = flow(page, harness, *spans)
    assert harness.asked == [FormulaKey("xyz", displayed=False)]
    assert not before.outdated
    harness.set_all()
    assert before.outdated
    after = flow(page, harness, *spans)
    assert not after.outdated
    assert after.length == before.length
    assert after.height > before.height
    assert after.natural_width != before.natural_width


def test_formulas_that_are_not_set_yet_take_hardly_longer_than_inline_code(
    page: PageContext, harness: FormulaHarness
) -> None:
    formulas = [Span("$x$", formula="x"), Span(" and ")] * 300
    code = [Span("$x$", Style.CODE), Span(" and ")] * 300
    calls = [calls_during(lambda spans=spans: flow(page, harness, *spans)) for spans in (formulas, code)]
    assert calls[0] < 1.2 * calls[1]


def test_only_the_line_of_a_tall_formula_is_higher(page: PageContext, harness: FormulaHarness) -> None:
    harness.request(FormulaKey("x", displayed=False))
    harness.set_all()
    found = flow(page, harness, Span("one\n"), Span("$x$", formula="x"), Span("\nthree"))
    line = page.theme.line("reading")
    first, second, third = (found.line_rect(offset) for offset in (0, 4, 8))
    assert first.height() == third.height() == line
    assert second.height() > line
    assert (first.bottom() + 1, second.bottom() + 1) == (second.top(), third.top())
    assert found.offset_at(0, third.center().y()) == 8


def test_a_formula_that_no_line_can_hold_is_made_smaller(page: PageContext, harness: FormulaHarness) -> None:
    latex = "x" * 200
    harness.request(FormulaKey(latex, displayed=False))
    harness.set_all()
    assert flow(page, harness, Span(f"${latex}$", formula=latex), width=300).natural_width <= 301


def test_the_reason_for_a_formula_that_cannot_be_set_is_reported_where_it_stands(
    page: PageContext, harness: FormulaHarness
) -> None:
    harness.request(FormulaKey("bad", displayed=False))
    harness.set_all()
    found = flow(page, harness, Span("so "), Span("$bad$", formula="bad"), Span(" it is"))
    assert found.tooltip_at(found.natural_width / 2, 5) == "This formula contains an unknown command: \\bad"
    assert found.tooltip_at(1, 5) == ""
    assert not found.outdated


def test_a_paragraph_waits_for_all_its_formulas_and_is_set_again_once(
    page: PageContext, harness: FormulaHarness
) -> None:
    found = flow(page, harness, Span("$a$", formula="a"), Span("$b$", formula="b"))
    harness.asked, both = harness.asked[:1], harness.asked
    harness.set_all()
    assert not found.outdated
    harness.asked = both
    harness.set_all()
    assert found.outdated


def test_a_displayed_formula_stands_in_the_middle_and_its_number_at_the_right(
    page: PageContext, harness: FormulaHarness
) -> None:
    harness.request(FormulaKey("tag", displayed=True))
    harness.set_all()
    found = layout(page, "tag")
    assert found.offset_at(299, 10) == 0
    assert found.offset_at(301, 10) == len(r"\[tag\]")
    assert not found.scroll_horizontally(0, 0, 50)


def test_a_displayed_formula_that_is_too_wide_scrolls_sideways(page: PageContext, harness: FormulaHarness) -> None:
    harness.request(FormulaKey("x" * 200, displayed=True))
    harness.request(FormulaKey("x", displayed=True))
    harness.set_all()
    wide, narrow = layout(page, "x" * 200), layout(page, "x")
    assert wide.height > narrow.height
    assert wide.scroll_horizontally(0, 0, 50)
    assert wide.drag_at(100, wide._track().center().y()) is not None


def test_an_unfinished_formula_shows_its_source_and_asks_for_nothing(
    page: PageContext, harness: FormulaHarness
) -> None:
    found = layout(page, r"\frac{1", closed=False)
    assert harness.asked == []
    assert found.grow(formula(r"\frac{1}{2", closed=False)) is not None
    assert found.end_of_text() is not None
    assert found.grow(formula(r"\frac{1}{2}")) is None
    assert harness.asked == []


def test_the_reason_is_reported_over_the_whole_block(page: PageContext, harness: FormulaHarness) -> None:
    harness.request(FormulaKey("bad", displayed=True))
    harness.set_all()
    assert layout(page, "bad").tooltip_at(400, 5) == "This formula contains an unknown command: \\bad"


def test_a_column_sets_what_waited_anew_and_tells_from_where_it_looks_different(
    page: PageContext, harness: FormulaHarness
) -> None:
    column = BlockColumn(page, TextStyle())
    column.set_width(600)
    column.replace(0, parse("first\n\nwith $x$\n\n\\[ y \\]\n\n| a |\n|---|\n| $z$ |\n"))
    column.lay_out_all()
    height, tops = column.height, [column.line_rect(place).top() for place in _places(4)]
    assert len(harness.asked) == 3
    assert column.lay_out(0, 10_000) == NOWHERE
    harness.set_all()
    column.mark_outdated_formulas()
    assert column.lay_out(0, 10_000) == tops[1] - page.theme.length("m")
    assert column.height > height
    assert column.lay_out(0, 10_000) == NOWHERE


def _places(count: int) -> list[ColumnPosition]:
    return [ColumnPosition(block, 0) for block in range(count)]


def test_what_is_above_the_view_is_set_on_the_way_there(page: PageContext, harness: FormulaHarness) -> None:
    column = BlockColumn(page, TextStyle())
    column.set_width(600)
    column.replace(0, parse("\n\n".join(f"$x_{n}$" for n in range(50))))
    column.lay_out_all()
    harness.set_all()
    laid_out = page.counters.blocks_laid_out
    column.lay_out(0, 100)
    assert page.counters.blocks_laid_out - laid_out < 6


def test_a_formula_is_selected_as_a_whole(page: PageContext, harness: FormulaHarness) -> None:
    harness.request(FormulaKey("xyz", displayed=False))
    harness.set_all()
    found = flow(page, harness, Span("so "), Span("$xyz$", formula="xyz"), Span(" it is"))
    assert found._with_whole_boxes((4, 5)) == (3, 8)
    assert found._with_whole_boxes((0, 3)) == (0, 3)


def test_curves_rules_and_words_are_painted_in_the_color_asked_for(page: PageContext) -> None:
    square = "M0 0L1000 0L1000 1000L0 1000Z"
    outline = TypesetFormula(
        4000,
        1000,
        0,
        glyphs=(Glyph(square, 0, 0, 1), Glyph(square, 1000, 0, 1, "red")),
        rules=(Rule(2000, -500, 1000, 20),),
        words=(Words("■", 3000, 0, 1000, 1000),),
    )
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    FormulaPicture(outline, 20).paint(painter, 0, 30, QColor("blue"), page.theme.font("reading"))
    painter.end()
    assert image.pixelColor(10, 20) == QColor("blue")
    assert image.pixelColor(30, 20) == QColor("red")
    assert [image.pixelColor(50, y) for y in range(10, 30)].count(QColor("blue")) == 1  # sharp, however thin
    assert any(
        image.pixelColor(x, y).blue() > image.pixelColor(x, y).red() for x in range(60, 80) for y in range(8, 36)
    )


def test_a_set_formula_paints_without_its_source(page: PageContext, harness: FormulaHarness) -> None:
    harness.request(FormulaKey("x", displayed=True))
    harness.set_all()
    found = layout(page, "x")
    image = QImage(600, found.height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    found.paint(painter, BlockPaint(QRect(0, 0, 600, found.height), 0))
    painter.end()
    blank = QImage(image.size(), image.format())
    blank.fill(QColor("white"))
    assert image == blank
