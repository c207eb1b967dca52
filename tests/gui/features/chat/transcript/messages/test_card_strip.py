"""The cards of what can run, under the answer that holds it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard, CardSource
from chatdesk.features.chat.ui.transcript.controls import ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.messages.answer_item import CardStrip
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.rendering.markdown.blocks import Block
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

CODE = "A game:\n\n```html\n<h1>Snake</h1>\n```"
CARD = ArtifactCard(1, "Snake", "HTML", 118, 2, 3)
STREAMING = answer("", state=MessageState.STREAMING)


class ScriptedCards(CardSource):
    """Has the cards the test says, for every answer with code."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[ArtifactCard, ...] = (CARD,)
        self.asked: list[str] = []

    def cards_of(self, message: Message, blocks: Sequence[Block]) -> Sequence[ArtifactCard]:
        self.asked.append(message.id)
        return self.cards if len(blocks) > 1 else ()


@pytest.fixture
def cards(reader: Reader) -> ScriptedCards:
    cards = ScriptedCards()
    reader.view.offer_previews(frozenset({"html"}), cards)
    return cards


def height(reader: Reader) -> int:
    return reader.view.document[1].height


def test_a_finished_answer_is_higher_by_its_cards(reader: Reader, cards: ScriptedCards) -> None:
    cards.cards = ()
    reader.show([question("Go"), answer(CODE)])
    without = height(reader)
    cards.cards = (CARD, replace(CARD, block=3))
    cards.changed.emit()
    strips = reader.view.document[1].cards
    assert height(reader) == without + sum(strip.height + 8 for strip in strips)
    assert len(strips) == 2


def test_while_an_answer_streams_no_cards_are_looked_for(reader: Reader, cards: ScriptedCards) -> None:
    reader.show([question("Go"), STREAMING])
    for piece in CODE:
        reader.view.grow("m1", (TextDelta(piece),))
    assert cards.asked == []
    reader.view.change_message(answer(CODE))
    assert cards.asked == ["m1"]
    assert reader.control(1, Verb.OPEN_PREVIEW).caption == "Open preview"


def test_the_end_stays_in_sight_when_the_card_comes_with_the_end(reader: Reader, cards: ScriptedCards) -> None:
    long = "\n\n".join(f"Line {number}." for number in range(60)) + "\n\n" + CODE
    reader.show([question("Go"), STREAMING])
    reader.view.grow("m1", (TextDelta(long),))
    reader.view.change_message(answer(long))
    assert reader.at_end
    assert reader.view.viewport().rect().contains(reader.control(1, Verb.OPEN_PREVIEW).rect)


def test_what_is_being_read_stays_where_it_is_when_cards_come_late(reader: Reader, cards: ScriptedCards) -> None:
    cards.cards = ()
    long = "\n\n".join(f"Line {number}." for number in range(60))
    reader.show([question("Go", 0), answer(CODE, 1), question("On", 2), answer(long, 3)])
    reader.wheel(4)
    before = reader.place_of(3, "Line 30.")
    cards.cards = (CARD,)
    cards.changed.emit()
    assert reader.place_of(3, "Line 30.") == before


def test_a_press_asks_for_the_preview_of_the_code_block(reader: Reader, cards: ScriptedCards) -> None:
    asked: list[tuple[str, int, int]] = []
    reader.view.preview_requested.connect(lambda *place: asked.append(place))
    reader.show([question("Go"), answer(CODE)])
    reader.click_control(1, Verb.OPEN_PREVIEW)
    assert asked == [("m1", 1, 1)]


def test_tab_comes_to_the_card_and_enter_opens_it(reader: Reader, cards: ScriptedCards, qtbot) -> None:
    asked: list[tuple[str, int, int]] = []
    reader.view.preview_requested.connect(lambda *place: asked.append(place))
    reader.show([question("Go"), answer(CODE)])
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    for _ in range(20):
        reader.press(Qt.Key.Key_Tab)
        if (control := reader.view.focused_control) and control.command.verb is Verb.OPEN_PREVIEW:
            break
    reader.press(Qt.Key.Key_Return)
    assert asked == [("m1", 1, 1)]


def test_a_screen_reader_finds_a_button_that_says_what_it_opens(reader: Reader, cards: ScriptedCards) -> None:
    def names() -> list[str]:
        message = QAccessible.queryAccessibleInterface(reader.view).child(1)
        children = [message.child(index) for index in range(message.childCount())]
        return [child.text(QAccessible.Text.Name) for child in children if child.role() == QAccessible.Role.Button]

    reader.show([question("Go"), answer(CODE)])
    assert "Open preview of Snake, HTML · 118 lines · version 2 of 3" in names()
    cards.cards = (replace(CARD, shown=True),)
    cards.changed.emit()
    assert "Snake, HTML · 118 lines · version 2 of 3: shown in the side panel, go there" in names()


def test_the_one_that_is_shown_looks_different_and_says_so(reader: Reader, cards: ScriptedCards) -> None:
    reader.show([question("Go"), answer(CODE)])
    before = reader.look()
    cards.cards = (replace(CARD, shown=True),)
    cards.changed.emit()
    assert reader.control(1, Verb.OPEN_PREVIEW).caption == "Shown in the side panel"
    assert reader.look() != before


def test_a_title_with_signs_of_ours_is_said_as_it_is(page: PageContext) -> None:
    card = replace(CARD, title="100 %2 %1 %n")
    assert page.texts.card_action(card) == "Open preview of 100 %2 %1 %n, HTML · 118 lines · version 2 of 3"


@pytest.mark.parametrize("shown", [True, False])
def test_where_room_is_short_the_button_is_an_icon_and_all_stays_inside(page: PageContext, *, shown: bool) -> None:
    card = replace(CARD, title="A very long title of something that can run " * 3, shown=shown)
    wide, narrow = CardStrip(card, page, 700), CardStrip(card, page, 260)
    assert next(wide.controls()).caption
    (control,) = narrow.controls()
    assert not control.caption
    assert control.style is (ControlStyle.AREA if shown else ControlStyle.ICON)
    assert control.rect.right() < 260
    assert narrow.height == wide.height == 56
