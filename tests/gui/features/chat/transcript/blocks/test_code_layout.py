"""A code block on the screen."""

import gc
import time
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.code.code_layout import CodeLayout, height_of_lines
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Code

WIDTH = 500
EVERYWHERE = (0, 1 << 20)


def code(text: str, info: str = "python", *, closed: bool = True) -> Code:
    return Code(start=0, end=len(text), text=text, info=info, closed=closed)


def layout(
    block: Code, page: PageContext, *, wrapped: bool = False, numbered: bool = False, preview: bool = False
) -> CodeLayout:
    found = CodeLayout(block, page, CodeOptions(wrapped, numbered), lambda: preview)
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


def verbs(found: CodeLayout) -> list[Verb]:
    return [control.command.verb for control in found.controls(0, EVERYWHERE)]


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


def test_growth_is_detected_from_the_line_it_begins_on(page: PageContext) -> None:
    found = layout(code("one\ntwo\nthr\n", closed=False), page)
    y = found.grow(code("one\ntwo\nthree\nfour\n", closed=False))
    assert y == height_of_lines(2, page.theme) - page.theme.length("m")


def test_another_language_is_no_growth(page: PageContext) -> None:
    found = layout(code("one\n", "py", closed=False), page)
    assert found.grow(code("one\ntwo\n", "python", closed=False)) is None


def test_the_header_stays_in_view_while_its_block_is(page: PageContext) -> None:
    found = layout(code("line\n" * 40), page)
    for visible_top, expected in ((0, 0), (100, 100), (found.height, found.height - height_of_lines(1, page.theme))):
        copy = next(
            control for control in found.controls(visible_top, EVERYWHERE) if control.command.verb is Verb.COPY_CODE
        )
        assert abs(copy.rect.top() - expected - 4) <= 8
    image = painted(found, page, visible_top=100)
    assert image.pixelColor(WIDTH // 2, 105) == page.theme.color("header")


def test_a_line_that_is_too_long_can_be_scrolled_to_its_end(page: PageContext) -> None:
    found = layout(code("short\n" + "long " * 60 + "\n"), page)
    before = painted(found, page)
    assert found.scroll_horizontally(10, 60, 200)
    assert painted(found, page) != before
    assert found.scroll_horizontally(10, 60, 10_000)
    assert not found.scroll_horizontally(10, 60, 10)
    assert found.scroll_horizontally(10, 60, -20_000)
    assert painted(found, page) == before


def test_code_that_fits_does_not_scroll(page: PageContext) -> None:
    assert not layout(code("short\n"), page).scroll_horizontally(10, 60, 50)


def test_wrapped_lines_need_no_scrolling(page: PageContext) -> None:
    found = layout(code("long " * 60 + "\n"), page, wrapped=True)
    assert found.height > height_of_lines(2, page.theme)
    assert not found.scroll_horizontally(10, 60, 50)
    assert next(control for control in found.controls(0, EVERYWHERE) if control.command.verb is Verb.WRAP_CODE).on


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


def test_a_language_that_is_not_named_is_guessed_while_the_code_comes(page: PageContext) -> None:
    text = "import os\n\ndef main():\n    print(os.name)\n"
    grown = layout(code("", "", closed=False), page)
    seen = []
    for end in range(1, len(text) + 1):
        grown.grow(code(text[:end].removesuffix("\n") + "\n", "", closed=False))
        seen.append(has(painted(grown, page), page, "codeKeyword"))
    assert seen == sorted(seen)
    assert seen[-1]
    grown.grow(code(text, ""))
    assert painted(grown, page) == painted(layout(code(text, ""), page), page)


def test_text_without_a_language_stays_plain(page: PageContext) -> None:
    assert not has(painted(layout(code("the import of this\nis for you\n", ""), page), page), page, "codeKeyword")


def test_the_last_line_of_a_block_that_is_closed_counts_for_the_guess(page: PageContext) -> None:
    text = "import os\ndef main():\n"
    assert has(painted(layout(code(text, ""), page), page), page, "codeKeyword")
    assert not has(painted(layout(code(text, "", closed=False), page), page), page, "codeKeyword")


def test_added_and_removed_lines_stand_on_grounds_of_their_own(page: PageContext) -> None:
    image = painted(layout(code("-old\n+new\n same\n", "diff"), page), page)
    grounds = [
        image.pixelColor(WIDTH - 20, layout(code("a\n" * 3), page).line_rect(2 * n).center().y()) for n in range(3)
    ]
    assert [color.name() for color in grounds] == [
        page.theme.color(name).name() for name in ("dangerSoft", "successSoft", "sunken")
    ]


def test_numbers_take_room_and_are_no_text(page: PageContext) -> None:
    plain, numbered = layout(code("a\nb\n"), page), layout(code("a\nb\n"), page, numbered=True)
    assert numbered.height == plain.height
    line = numbered.line_rect(0)
    assert numbered.offset_at(5, line.center().y()) == 0
    assert painted(numbered, page) != painted(plain, page)


def test_numbers_stay_where_they_are_when_the_code_is_scrolled(page: PageContext) -> None:
    found = layout(code("x" * 300 + "\n"), page, numbered=True)
    gutter = found._left - 12
    before = painted(found, page)
    assert found.scroll_horizontally(0, 0, 100)
    after = painted(found, page)
    numbers = found.line_rect(0).adjusted(0, 0, gutter - found._width, 0)
    assert before.copy(numbers) == after.copy(numbers)


def test_a_hundredth_line_moves_all_of_the_code(page: PageContext) -> None:
    found = layout(code("x\n" * 99, closed=False), page, numbered=True)
    y = found.grow(code("x\n" * 100, closed=False))
    assert y == found.line_rect(0).top()
    assert painted(found, page) == painted(layout(code("x\n" * 100, closed=False), page, numbered=True), page)


def test_what_is_hidden_in_code_is_shown_and_not_obeyed(page: PageContext) -> None:
    text = "if (\u202e admin)\n"
    found = layout(code(text, "c"), page)
    assert has(painted(found, page), page, "dangerSoft")
    line = found.line_rect(0)
    offsets = [found.offset_at(x, line.center().y()) for x in range(WIDTH)]
    assert offsets == sorted(offsets)
    assert not has(painted(layout(code("if (admin)\n", "c"), page), page), page, "dangerSoft")


def test_a_separator_of_lines_begins_no_row(page: PageContext) -> None:
    found = layout(code("a\u2028b\u2029c\n"), page)
    assert found.height == height_of_lines(1, page.theme)
    assert found._rows._row(0).layout.lineCount() == 1


def test_copy_wrap_and_save_are_always_offered_and_a_preview_only_where_there_is_one(page: PageContext) -> None:
    assert verbs(layout(code("x\n", "html"), page)) == [Verb.COPY_CODE, Verb.WRAP_CODE, Verb.SAVE_CODE]
    assert verbs(layout(code("x\n", "html"), page, preview=True))[0] is Verb.PREVIEW_CODE
    assert Verb.PREVIEW_CODE not in verbs(layout(code("x\n", "html", closed=False), page, preview=True))


def test_in_a_narrow_block_the_header_does_without_words(page: PageContext) -> None:
    found = layout(code("x\n", "html"), page, preview=True)
    assert {control.style for control in found.controls(0, EVERYWHERE)} == {ControlStyle.CAPTION}
    found.lay_out(200)
    controls = found.controls(0, EVERYWHERE)
    assert {control.style for control in controls} == {ControlStyle.ICON}
    assert all(control.name for control in controls)
    assert controls[0].rect.left() > 0


@pytest.mark.parametrize("width", [80, 137, 300, 301, 500])
def test_wrapped_rows_are_as_high_as_was_reported_without_setting_them(width: int, page: PageContext) -> None:
    text = "\n".join(" a b" * n + "  " * (n % 7) + "\tx" * (n % 3) + "é" * (n % 5) for n in range(60))
    found = CodeLayout(code(text + "\n"), page, CodeOptions(wrapped=True), lambda: False)
    found.lay_out(width)
    rows = found._rows
    assert all(
        rows._layouter.lines(row) == rows._row(number).layout.lineCount() for number, row in enumerate(rows._lines.rows)
    )


@pytest.mark.parametrize("info", ["nobody-knows", "x" * 1_000_000, "../../etc/passwd", "\ud800", "python"])
def test_every_turn_of_a_huge_block_is_short(info: str, page: PageContext) -> None:
    found = layout(code("total = add(first, 12)  # sum\n" * 100_000, info), page)
    gc.disable()  # as in the program: looking through what all tests have left takes longer than the painting
    taken = []
    for top in (0, found.height // 2, found.height - 400):
        image = QImage(WIDTH, 400, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.translate(0, -top)
        begun = time.thread_time()
        found.paint(painter, BlockPaint(image.rect().translated(0, top), top))
        taken.append(time.thread_time() - begun)
        painter.end()
    gc.enable()
    assert max(taken) < 0.1


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ("js", "JavaScript"),
        ("C++", "C++"),
        ('python title="a.py"', "Python"),
        ("rust,ignore", "Rust"),
        ("", "Code"),
        ("txt", "Text"),
        ("brainfuck", "brainfuck"),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_language_is_written_as_people_write_it(info: str, name: str, page: PageContext) -> None:
    assert layout(code("x\n", info), page)._header._language == name
