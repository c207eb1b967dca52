"""A notice that stays until it is closed covers nothing of an empty chat."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.ui_kit.widgets.toast_host import Toast
from tests.gui.window.harness import Harness


def place(widget: QWidget, harness: Harness) -> QRect:
    return QRect(widget.mapTo(harness.window, QPoint(0, 0)), widget.size())


def shown_toast(harness: Harness) -> Toast:
    (toast,) = [each for each in harness.window.findChildren(Toast) if each.isVisible()]
    return toast


def cards_seen_whole(harness: Harness) -> list[QRect]:
    """Each card that is in view once one scrolls to it."""
    start = harness.chat_page.start_page
    cards = [card for card in start.findChildren(SuggestionCard) if card.isVisible()]
    seen = []
    for card in cards:
        start.ensureWidgetVisible(card, 0, 0)
        view = place(start.viewport(), harness)
        assert view.contains(place(card, harness))
        seen.append(place(card, harness))
    return seen


@pytest.mark.parametrize("size", [(1000, 640), (560, 640), (560, 820), (1280, 820)])
async def test_a_notice_that_stays_covers_no_card_and_gives_the_room_back(
    harness: Harness, size: tuple[int, int]
) -> None:
    harness.window.resize(*size)
    start = harness.chat_page.start_page
    height = start.viewport().height()
    harness.window.notices._toasts.show_lasting(
        "Others can look into this folder", "/home/me", "Close it", lambda: None
    )
    toast = place(shown_toast(harness), harness)
    cards = cards_seen_whole(harness)
    assert len(cards) > 3
    assert not any(toast.intersects(card) for card in cards)
    assert toast.top() > place(start.viewport(), harness).bottom()
    harness.click_toast()
    assert start.viewport().height() == height


async def test_a_notice_that_goes_by_itself_moves_nothing(harness: Harness) -> None:
    start = harness.chat_page.start_page
    height = start.viewport().height()
    harness.window.notices.show("Copied")
    assert start.viewport().height() == height


async def test_a_chat_that_is_opened_takes_the_room_that_was_kept(harness: Harness) -> None:
    start = harness.chat_page.start_page
    height = start.viewport().height()
    harness.window.notices._toasts.show_lasting("Others can look into this folder")
    assert start.viewport().height() < height
    await harness.ask_and_wait("Hello")
    assert not start.viewportMargins().bottom()
    toast, composer = place(shown_toast(harness), harness), place(harness.chat_page.composer, harness)
    assert toast.bottom() < composer.top()
