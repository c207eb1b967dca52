"""A table on the screen."""

import pytest
from PySide6.QtGui import QImage, QPainter

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.table_layout import TableLayout
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Table
from chatdesk.rendering.markdown.markdown import parse
from tests.fakes.formula_harness import FormulaHarness

WIDTH = 500
SIMPLE = "| Name | Count |\n|---|---|\n| one | 1 |\n| two | 22 |\n"


def table(text: str) -> Table:
    (block,) = parse(text)
    assert isinstance(block, Table)
    return block


def layout(text: str, page: PageContext, width: int = WIDTH) -> TableLayout:
    found = TableLayout(table(text), page.theme, TextStyle())
    found.lay_out(width)
    return found


def painted(found: TableLayout, page: PageContext, selected: tuple[int, int] | None = None) -> QImage:
    image = QImage(WIDTH, found.height, QImage.Format.Format_RGB32)
    image.fill(page.theme.color("page"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    found.paint(painter, BlockPaint(image.rect(), 0, selected))
    painter.end()
    return image


def test_it_is_as_high_as_its_rows(page: PageContext) -> None:
    assert layout(SIMPLE, page).height == 3 * page.theme.length("rowTable") + 1


def test_the_head_stands_on_its_own_ground(page: PageContext) -> None:
    image = painted(layout(SIMPLE, page), page)
    assert image.pixelColor(WIDTH // 2, 6) == page.theme.color("header")
    assert image.pixelColor(WIDTH // 2, 40) == page.theme.color("page")


def test_words_that_are_too_long_wrap_in_their_cell(page: PageContext) -> None:
    found = layout(f"| a | b |\n|---|---|\n| x | {'words and more words ' * 12} |\n", page)
    assert found.height > 3 * page.theme.length("rowTable")
    assert not found.scroll_horizontally(10, 10, 50)


def test_a_table_with_too_many_columns_scrolls_sideways(page: PageContext) -> None:
    head = "|" + " a long heading |" * 12
    found = layout(f"{head}\n|{'---|' * 12}\n|{' a long content |' * 12}\n", page)
    before = painted(found, page)
    assert found.scroll_horizontally(10, 10, 100)
    assert painted(found, page) != before


def test_a_table_that_grew_looks_like_one_that_was_there_at_once(page: PageContext) -> None:
    rows = ["| one | 1 |", "| a much longer name that changes the columns | 2 |", "| x | words |", "| y | 4 |"]
    text = "| Name | Count |\n|---|---|\n"
    grown = layout(text, page)
    for row in rows:
        text += row + "\n"
        assert grown.grow(table(text)) is not None
        painted(grown, page)
        assert painted(grown, page) == painted(layout(text, page), page)


def test_growth_is_detected_from_the_new_row_if_the_columns_stay(page: PageContext) -> None:
    found = layout(SIMPLE, page)
    assert found.grow(table(SIMPLE + "| six | 3 |\n")) == 3 * page.theme.length("rowTable") + 1


def test_a_row_that_is_replaced_is_no_longer_there(page: PageContext) -> None:
    found = layout(SIMPLE + "| thr", page)
    assert found.grow(table(SIMPLE + "| three | 3 |\n")) is not None
    assert painted(found, page) == painted(layout(SIMPLE + "| three | 3 |\n", page), page)


def test_another_head_is_no_growth(page: PageContext) -> None:
    assert layout(SIMPLE, page).grow(table(SIMPLE.replace("Name", "Names"))) is None


@pytest.mark.parametrize("offset", [0, 3, 5, len("Name\tCount\n"), len("Name\tCount\none\t1\ntwo\t2")])
def test_offsets_are_found_where_they_are_painted(offset: int, page: PageContext) -> None:
    found = layout(SIMPLE, page)
    y = found.line_rect(offset).center().y()
    assert offset in {found.offset_at(x, y) for x in range(WIDTH)}


def test_the_text_cursor_behind_the_last_word_of_a_row_is_in_that_row(page: PageContext) -> None:
    found = layout("| Name | Count |\n|---|---|\n| one | |\n| two | 22 |\n", page)
    ends = (len("Name\tCount"), len("Name\tCount\none\t"), len("Name\tCount\none\t\ntwo\t22"))
    tops = [found.line_rect(end).top() for end in ends]
    assert tops == sorted(set(tops))
    for end in ends:
        assert found.line_rect(end).contains(found.cursor_rect(end))


def test_a_selection_marks_just_its_cells(page: PageContext) -> None:
    found = layout(SIMPLE, page)
    start = len("Name\tCount\n")
    image = painted(found, page, (start, start + len("one")))
    selection = page.theme.color("selection")
    marked = {y for x in range(WIDTH) for y in range(found.height) if image.pixelColor(x, y) == selection}
    row = found.line_rect(start)
    assert marked
    assert row.top() <= min(marked) <= max(marked) <= row.bottom()


def test_a_link_in_a_cell_is_found(page: PageContext) -> None:
    found = layout("| a |\n|---|\n| [words](https://example.org) |\n", page)
    y = found.line_rect(2).center().y()
    assert Link("https://example.org", "words") in {found.link_at(x, y) for x in range(WIDTH)}
    assert found.links() == (Link("https://example.org", "words"),)


def test_five_hundred_rows_are_set_only_where_they_are_painted(page: PageContext) -> None:
    text = "| n | word |\n|---|---|\n" + "".join(f"| {n} | word {n} |\n" for n in range(500))
    found = layout(text, page)
    assert found.height == 501 * page.theme.length("rowTable") + 1
    assert not found._flows
    image = QImage(WIDTH, 320, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    found.paint(painter, BlockPaint(image.rect(), 0))
    painter.end()
    assert 0 < len(found._flows) < 30


def test_a_cell_with_a_formula_is_set_once_for_its_width_and_its_height(page: PageContext) -> None:
    asked: list[FormulaKey] = []

    class CountingHarness(FormulaHarness):
        def request(self, key: FormulaKey) -> None:
            asked.append(key)

    found = TableLayout(table("| a |\n|---|\n| $x^2$ |\n"), page.theme, TextStyle(), CountingHarness())
    found.lay_out(WIDTH)
    assert len(asked) == 2, "once with all of the table, once by its cell"
