"""A code block on the screen."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage, QPainter

from chatdesk.rendering.blocks import Code
from chatdesk.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.ui.transcript.blocks.code_layout import CodeLayout, height_of_lines
from chatdesk.ui.transcript.controls import Verb
from chatdesk.ui.transcript.page_context import PageContext

WIDTH = 500


def code(text: str, info: str = "python", *, closed: bool = True) -> Code:
    return Code(start=0, end=len(text), text=text, info=info, closed=closed)


def layout(block: Code, page: PageContext, *, wrapped: bool = False) -> CodeLayout:
    found = CodeLayout(block, page, wrapped=wrapped)
    found.lay_out(WIDTH)
    return found


def painted(
    found: CodeLayout, page: PageContext, visible_top: int = 0, selected: tuple[int, int] | None = None
) -> QImage:
    image = QImage(WIDTH, found.height, QImage.Format.Format_RGB32)
    image.fill(page.theme.color("page"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    found.paint(painter, BlockPaint(image.rect(), visible_top, selected))
    painter.end()
    return image


def has(image: QImage, page: PageContext, color: str) -> bool:
    wanted = page.theme.color(color)
    return any(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_its_height_is_known_before_it_is_laid_out(page: PageContext) -> None:
    assert layout(code("a\nb\n\nc\n"), page).height == height_of_lines(4, page.theme)


def test_keywords_and_comments_have_their_colours(page: PageContext) -> None:
    image = painted(layout(code("def f():\n    return 1  # one\n"), page), page)
    assert has(image, page, "codeKeyword")
    assert not has(painted(layout(code("def f():\n", "nothing-known"), page), page), page, "codeKeyword")


def test_code_that_grew_looks_like_code_that_was_there_at_once(page: PageContext) -> None:
    text = 'def f():\n    """Doc\n    string"""\n    return 1\n'
    grown = layout(code("", closed=False), page)
    for end in range(1, len(text) + 1):
        grown.grow(code(text[:end].removesuffix("\n") + "\n", closed=False))
        painted(grown, page)
    assert grown.grow(code(text)) is not None
    assert painted(grown, page) == painted(layout(code(text), page), page)


def test_growth_is_told_from_the_line_it_begins_on(page: PageContext) -> None:
    found = layout(code("one\ntwo\nthr\n", closed=False), page)
    y = found.grow(code("one\ntwo\nthree\nfour\n", closed=False))
    assert y == height_of_lines(2, page.theme) - page.theme.length("m")


def test_another_language_is_no_growth(page: PageContext) -> None:
    found = layout(code("one\n", "py", closed=False), page)
    assert found.grow(code("one\ntwo\n", "python", closed=False)) is None


def test_the_header_stays_in_view_while_its_block_is(page: PageContext) -> None:
    found = layout(code("line\n" * 40), page)
    for visible_top, expected in ((0, 0), (100, 100), (found.height, found.height - height_of_lines(1, page.theme))):
        copy = next(control for control in found.controls(visible_top) if control.command.verb is Verb.COPY_CODE)
        assert abs(copy.rect.top() - expected - 4) <= 8
    image = painted(found, page, visible_top=100)
    assert image.pixelColor(WIDTH // 2, 105) == page.theme.color("header")


def test_a_line_that_is_too_long_can_be_scrolled_to_its_end(page: PageContext) -> None:
    found = layout(code("short\n" + "long " * 60 + "\n"), page)
    before = painted(found, page)
    assert found.scroll_sideways(10, 60, 200)
    assert painted(found, page) != before
    assert found.scroll_sideways(10, 60, 10_000)
    assert not found.scroll_sideways(10, 60, 10)
    assert found.scroll_sideways(10, 60, -20_000)
    assert painted(found, page) == before


def test_code_that_fits_does_not_scroll(page: PageContext) -> None:
    assert not layout(code("short\n"), page).scroll_sideways(10, 60, 50)


def test_wrapped_lines_need_no_scrolling(page: PageContext) -> None:
    found = layout(code("long " * 60 + "\n"), page, wrapped=True)
    assert found.height > height_of_lines(2, page.theme)
    assert not found.scroll_sideways(10, 60, 50)
    assert next(control for control in found.controls(0) if control.command.verb is Verb.WRAP_CODE).on


@pytest.mark.parametrize("wrapped", [False, True])
def test_offsets_are_found_where_they_are_painted(wrapped: bool, page: PageContext) -> None:
    text = "def f():\n\n    pass 🙂 x\n" + "y" * 100
    found = layout(code(text + "\n"), page, wrapped=wrapped)
    for offset in (0, 4, 9, 14, text.index("y") + 1):
        line = found.line_rect(offset)
        hits = {found.offset_at(x, y) for x in range(WIDTH) for y in (line.top() + 4, line.bottom() - 4)}
        assert offset in hits


def test_a_selection_marks_empty_lines_too(page: PageContext) -> None:
    found = layout(code("a\n\nb\n"), page)
    image = painted(found, page, selected=(0, 4))
    middle = found.line_rect(2)
    colors = {image.pixelColor(x, middle.center().y()).name() for x in range(WIDTH)}
    assert page.theme.color("selection").name() in colors


def test_a_hundred_thousand_lines_are_coloured_bit_by_bit(page: PageContext) -> None:
    asked = []
    page = replace(page, paint_again=lambda: asked.append(True))
    found = layout(code("x = 1  # one\n" * 100_000), page)
    image = QImage(WIDTH, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(0, -(found.height - 200))
    found.paint(painter, BlockPaint(image.rect().translated(0, found.height - 200), found.height - 200))
    painter.end()
    assert asked
    assert has(image, page, "codeText")
