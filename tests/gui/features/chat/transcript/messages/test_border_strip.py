"""The line above which the model sees nothing any more, as it is laid out."""

import pytest

from chatdesk.features.chat.ui.transcript.context_border import BorderKind
from chatdesk.features.chat.ui.transcript.messages.message_item import BorderStrip
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.ui_kit.style.appearance import Appearance


@pytest.mark.parametrize(
    ("kind", "expected", "captions"),
    [
        (BorderKind.NOTHING, "The model no longer sees the messages above", ["Change…"]),
        (BorderKind.SUMMARY, "The model sees a summary of the messages above", ["View…", "Change…"]),
        (BorderKind.SUMMARY_PENDING, "The messages above will be summarised when you send", ["Change…"]),
    ],
)
def test_it_says_what_the_model_sees_and_what_can_be_done(
    kind: BorderKind, expected: str, captions: list[str], page: PageContext
) -> None:
    strip = BorderStrip(kind, page, 736)
    assert strip.text == expected
    assert [control.caption for control in strip.controls()] == captions
    assert [control.name for control in strip.controls()] == [f"{expected}: {caption}" for caption in captions]


@pytest.mark.parametrize("kind", [*BorderKind, "Nothing in Annual report 2025.pdf matches “refill stations”"])
@pytest.mark.parametrize("width", [736, 420, 260])
def test_everything_has_room_in_it_and_no_two_things_lie_on_each_other(
    kind: BorderKind | str, width: int, page: PageContext
) -> None:
    strip = BorderStrip(kind, page, width)
    text = strip.text_rect
    controls = [control.rect for control in strip.controls()]
    for number, rect in enumerate([text, *controls]):
        assert rect.left() >= 0
        assert rect.right() < width
        assert rect.top() >= 0
        assert rect.bottom() < strip.height
        assert not any(rect.intersects(other) for other in [text, *controls][number + 1 :])


def test_the_buttons_stand_below_the_words_where_the_line_is_too_short(
    page: PageContext, appearance: Appearance
) -> None:
    wide, narrow = (BorderStrip(BorderKind.SUMMARY, page, width) for width in (736, 300))
    assert wide.height == appearance.theme.length("buttonSmall")
    assert narrow.height > wide.height
    assert next(narrow.controls()).rect.top() > narrow.text_rect.bottom()
