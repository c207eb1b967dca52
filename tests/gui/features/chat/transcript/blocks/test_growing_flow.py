"""A long paragraph that grows looks and answers like one that was there at once."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.blocks.text.text_layout import GrowingFlow
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.rendering.markdown.markdown import parse
from tests.counted_calls import calls_during

WIDTH = 400
TEXTS = {
    "english": "Some *words* and `code` to read, with [a link](/x) in it, and more of them. ",
    "chinese": "这是一段很长的中文，里面有**粗体**和`代码`，还有一个[链接](/x)。",
    "emoji": "Words 🙂 and 👩‍👩‍👧 families, then **bold 🙂** again. ",
    "hebrew": "Some words and שלום עולם between them. ",
    "link": "[a very long link whose words go on and on and on](/x) ",
}


def spans_of(text: str) -> tuple[Span, ...]:
    return parse(text)[0].spans  # type: ignore[union-attr]


def painted(flow: TextFlow | GrowingFlow, page: PageContext, selected: tuple[int, int] | None = None) -> QImage:
    image = QImage(WIDTH, max(1, flow.height), QImage.Format.Format_RGB32)
    image.fill(page.theme.color("page"))
    painter = QPainter(image)
    flow.paint(painter, image.rect(), selected)
    painter.end()
    return image


def whole(text: str, page: PageContext) -> TextFlow:
    flow = TextFlow(spans_of(text), TextStyle(), page.theme)
    flow.lay_out(WIDTH)
    return flow


def grown(text: str, page: PageContext, step: int = 97) -> GrowingFlow:
    flow = GrowingFlow(spans_of(text[:step]), TextStyle(), page.theme)
    flow.lay_out(WIDTH)
    for end in range(2 * step, len(text) + step, step):
        flow.grow(spans_of(text[:end]))
    return flow


@pytest.mark.parametrize("kind", TEXTS)
def test_it_looks_like_text_that_was_there_at_once(kind: str, page: PageContext) -> None:
    text = TEXTS[kind] * (9_000 // len(TEXTS[kind]))
    flow, fresh = grown(text, page), whole(text, page)
    assert flow.height == fresh.height
    assert painted(flow, page) == painted(fresh, page)
    assert flow.last_line_end == fresh.last_line_end
    assert flow.links() == fresh.links()


@pytest.mark.parametrize("kind", ["english", "chinese", "emoji"])
def test_places_and_selection_are_the_same(kind: str, page: PageContext) -> None:
    text = TEXTS[kind] * (9_000 // len(TEXTS[kind]))
    flow, fresh = grown(text, page), whole(text, page)
    assert len(flow._sections) > 2
    for offset in range(0, fresh.length, 61):
        assert flow.line_rect(offset) == fresh.line_rect(offset)
    for y in range(0, fresh.height, 13):
        assert flow.offset_at(150, y) == fresh.offset_at(150, y)
        assert flow.link_at(150, y) == fresh.link_at(150, y)
    for selected in ((10, fresh.length - 10), (700, 5_000)):
        assert painted(flow, page, selected) == painted(fresh, page, selected)


def test_a_flag_whose_tags_come_one_by_one_looks_like_one_that_came_at_once(page: PageContext) -> None:
    flag = "The flag \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert painted(grown(flag, page, step=1), page) == painted(whole(flag, page), page)


def test_another_width_sets_all_of_it_anew(page: PageContext) -> None:
    text = TEXTS["english"] * 120
    flow = grown(text, page)
    flow.lay_out(300)
    flow.lay_out(WIDTH)
    assert painted(flow, page) == painted(whole(text, page), page)


def test_words_that_change_far_back_are_shown(page: PageContext) -> None:
    text = TEXTS["english"] * 120
    flow = grown(text, page)
    changed = f"Other *words*. {text}"
    assert flow.grow(spans_of(changed)) == 0
    assert painted(flow, page) == painted(whole(changed, page), page)


def test_only_the_last_lines_are_set_again(page: PageContext) -> None:
    flow = grown(TEXTS["english"] * 120, page)
    before = [section.flow for section in flow._sections[:-1]]
    y = flow.grow(spans_of(TEXTS["english"] * 121))
    assert [section.flow for section in flow._sections[: len(before)]] == before
    assert y is not None
    assert y > flow.height - 5 * page.theme.line("reading")
    assert flow._sections[-1].flow.length < 3_000


def test_much_that_comes_at_once_is_set_once(page: PageContext) -> None:
    spans = spans_of(TEXTS["english"] * 120)
    flow = grown(TEXTS["english"], page)
    alone = calls_during(lambda: TextFlow(spans, TextStyle(), page.theme).lay_out(WIDTH))
    assert calls_during(lambda: flow.grow(spans)) < 1.5 * alone


def test_what_is_painted_is_only_what_is_in_the_clip(page: PageContext) -> None:
    flow, fresh = grown(TEXTS["english"] * 120, page), whole(TEXTS["english"] * 120, page)
    clip = QRect(0, flow.height // 2, WIDTH, 50)

    def in_clip(each: TextFlow | GrowingFlow) -> QImage:
        image = QImage(WIDTH, each.height, QImage.Format.Format_RGB32)
        image.fill(page.theme.color("page"))
        painter = QPainter(image)
        painter.setClipRect(clip)
        each.paint(painter, clip)
        painter.end()
        return image

    assert in_clip(flow) == in_clip(fresh)
