"""Running text on lines of equal height."""

import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link, TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.markdown import parse

WIDTH = 400


def flow(text: str, page: PageContext, width: int = WIDTH) -> TextFlow:
    spans = parse(text)[0].spans  # type: ignore[union-attr]
    found = TextFlow(spans, TextStyle(), page.theme)
    found.lay_out(width)
    return found


def painted(found: TextFlow, page: PageContext, selected: tuple[int, int] | None = None) -> QImage:
    image = QImage(WIDTH, max(1, found.height), QImage.Format.Format_RGB32)
    image.fill(page.theme.color("page"))
    painter = QPainter(image)
    found.paint(painter, image.rect(), selected)
    painter.end()
    return image


def columns_with(image: QImage, color: QColor) -> list[int]:
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) == color for y in range(image.height()))]


@pytest.mark.parametrize(
    "text", ["Latin only", "中文字体更高", "mixed 中文 and `code` and **bold**", "🙂 emoji", "شيء"]
)
def test_lines_are_as_high_as_the_theme_says_whatever_the_fonts(text: str, page: PageContext) -> None:
    assert flow(text, page).height == page.theme.line("reading")
    many = flow(f"{text} " * 40, page)
    assert many.height % page.theme.line("reading") == 0
    assert many.height > 2 * page.theme.line("reading")


def test_text_fits_its_width(page: PageContext) -> None:
    assert flow("word " * 100, page).natural_width <= WIDTH
    assert flow("https://example.org/" + "endless" * 100, page).natural_width <= WIDTH


def test_offsets_and_points_agree(page: PageContext) -> None:
    found = flow("Some words 🙂 that run over more than a line, 中文 too, with **bold** among them.", page, 200)
    for offset in range(found.length):
        line = found.line_rect(offset)
        assert offset in {found.offset_at(x, line.center().y()) for x in range(line.width())} or offset_is_inside_emoji(
            found, offset
        )


def offset_is_inside_emoji(found: TextFlow, offset: int) -> bool:
    return offset == "Some words 🙂".encode("utf-16-le").__len__() // 2 - 1


def test_a_link_is_found_on_its_words_and_nowhere_else(page: PageContext) -> None:
    found = flow("before [the **bold** words](https://example.org/a) after", page)
    link = Link("https://example.org/a", "the bold words")
    hits = [x for x in range(WIDTH) if found.link_at(x, 10) == link]
    assert hits == list(range(hits[0], hits[-1] + 1))
    assert len(hits) > 20
    assert found.link_at(2, 10) is None
    assert found.link_at(hits[0], found.height + 1) is None
    assert found.links() == (link,)


def test_selected_letters_stand_on_the_selection_colour(page: PageContext) -> None:
    found = flow("select these words", page)
    whole = columns_with(painted(found, page, (0, found.length)), page.theme.color("selection"))
    part = columns_with(painted(found, page, (7, 12)), page.theme.color("selection"))
    assert whole[0] == 0
    assert 0 < part[0] < part[-1] < whole[-1]
    assert not columns_with(painted(found, page), page.theme.color("selection"))


def test_a_selection_in_mixed_directions_covers_just_its_letters(page: PageContext) -> None:
    found = flow("abc שלום def", page)
    hebrew = columns_with(painted(found, page, (4, 8)), page.theme.color("selection"))
    first = columns_with(painted(found, page, (4, 5)), page.theme.color("selection"))
    assert hebrew[-1] - hebrew[0] + 1 == len(hebrew)
    # The first letter of a word from the right is its rightmost.
    assert abs(first[-1] - hebrew[-1]) <= 1


def test_text_from_the_right_stands_at_the_right(page: PageContext) -> None:
    found = flow("שלום", page)
    assert found.from_right
    inked = [
        x
        for x in range(WIDTH)
        if columns_with(painted(found, page).copy(QRect(x, 0, 1, found.height)), page.theme.color("text"))
    ]
    assert not inked or inked[0] > WIDTH // 2


def test_inline_code_stands_on_a_ground_with_room_around_it(page: PageContext) -> None:
    found = flow("see `code` here", page)
    ground = columns_with(painted(found, page), page.theme.color("bubble"))
    assert ground
    assert ground[0] > 10
    letters = found.offset_at(ground[0], 10)
    assert letters == len("see ")


def test_a_picture_is_described_by_its_description_and_host_and_never_loaded(page: PageContext) -> None:
    found = TextFlow((Span("A chart", image="https://tracker.example.net/x.png?secret"),), TextStyle(), page.theme)
    found.lay_out(WIDTH)
    assert found.height == page.theme.line("reading")
    assert columns_with(painted(found, page), page.theme.color("bubble"))


def test_a_megabyte_without_a_space_is_broken_in_no_time(page: PageContext) -> None:
    found = TextFlow((Span("x" * 1_000_000),), TextStyle(), page.theme)
    begun = time.process_time()
    found.lay_out(WIDTH)
    assert time.process_time() - begun < 2  # over a minute without cutting it
    assert found.natural_width <= WIDTH


def test_strange_characters_take_their_place_without_harm(page: PageContext) -> None:
    spans = (Span("a\0b\ud83d c\u2028d", Style.PLAIN), Span("\ufffe\uffff\x1b[0m", Style.CODE))
    found = TextFlow(spans, TextStyle(), page.theme)
    found.lay_out(WIDTH)
    painted(found, page)
    assert found.length == sum(len(span.text) for span in spans)


def test_only_the_lines_that_changed_are_reported_as_changed(page: PageContext) -> None:
    before = "word " * 60
    old, new = flow(before.strip(), page), flow(before + "more", page)
    last = old.height - page.theme.line("reading")
    assert old.first_difference(new) == last
    changed = flow("Word " + "word " * 59, page)
    assert old.first_difference(changed) == 0


def test_punctuation_is_where_chinese_and_japanese_want_it(page: PageContext) -> None:
    text = (
        "今天天气很好，我们去公园。他说：“你好！”然后（慢慢地）走了。数量为「三」，请确认；谢谢！《红楼梦》和『水浒传』都好。"
        "使用 Python（版本 3.11）编写，增长了５０％。ちょっと、キャッチャーがボールをキャッチした！「本」を読む。"
    )
    for width in range(100, 700, 7):
        found = flow(text, page, width)
        starts = [*found.line_starts(), len(text)]
        lines = [text[start:end] for start, end in pairwise(starts)]
        assert [line for line in lines if line[0] in "。，、；：！？）」』》”％ー々っゃゅョッャ"] == []
        assert [line for line in lines[:-1] if line.rstrip()[-1] in "（「『《“"] == []


def test_a_text_cursor_stands_before_its_character(page: PageContext) -> None:
    found = flow("One two three four five six 🙂 seven eight nine ten.", page, 200)
    for offset in range(found.length):
        rect = found.cursor_rect(offset)
        assert found.offset_at(rect.left() + 1, rect.center().y()) in {offset, offset - 1, offset + 1}
    assert found.cursor_rect(found.length).top() == found.height - found.cursor_rect(0).height()


def test_a_word_between_others_from_the_right_has_one_ground(page: PageContext) -> None:
    text = "הפסקה הזאת נכתבת, with English, ו־`code` גם."
    found = flow(text, page, 700)
    start = text.replace("`", "").index("code")
    assert len(list(found.rects_of(start, start + len("code")))) == 1


@pytest.mark.skipif(
    sys.platform == "linux" and not any(Path("/usr/share/fonts").glob("**/*ColorEmoji*")),
    reason="no emoji in colour here",
)
@pytest.mark.parametrize("face", ["😀", "👍🏽", "🇩🇪", "❤️"])
def test_emoji_are_in_colour_in_words_and_in_code(face: str, page: PageContext) -> None:
    for text in (f"so {face} it is", f"`{face}`"):
        image = painted(flow(text, page), page)
        saturated = [image.pixelColor(x, y).hsvSaturation() for x in range(WIDTH) for y in range(image.height())]
        assert max(saturated) > 128
