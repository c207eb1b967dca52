"""The strips above the composer: one at a time, the most important first."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.composer.composer import Composer, StripRank
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind


class Strip(QWidget):
    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.plain = Button(appearance, "Other", ButtonKind.OUTLINED)
        self.best = Button(appearance, "Best", ButtonKind.FILLED)
        layout = QHBoxLayout(self)
        layout.addWidget(self.plain)
        layout.addWidget(self.best)


@pytest.fixture
def composer(appearance: Appearance, qtbot: QtBot) -> Composer:
    window = QWidget()
    qtbot.addWidget(window)
    composer = Composer(appearance, window)
    window.resize(700, 500)
    composer.resize(700, 300)
    window.show()
    return composer


@pytest.fixture
def strips(appearance: Appearance, composer: Composer) -> dict[StripRank, Strip]:
    strips = {rank: Strip(appearance) for rank in StripRank}
    for rank, strip in strips.items():
        strip.hide()
        composer.set_strip(strip, rank)
    return strips


def shown(strips: dict[StripRank, Strip]) -> list[StripRank]:
    return [rank for rank, strip in strips.items() if strip.isVisible()]


def test_only_the_most_important_strip_is_shown_and_the_next_one_follows_it(strips: dict[StripRank, Strip]) -> None:
    for rank in reversed(StripRank):
        strips[rank].show()
        assert shown(strips) == [rank]
    for rank in StripRank:
        assert shown(strips) == [rank]
        strips[rank].hide()
    assert shown(strips) == []


def test_of_equally_important_strips_the_latest_is_shown(
    appearance: Appearance, composer: Composer, strips: dict[StripRank, Strip]
) -> None:
    strips[StripRank.HINT].show()
    other = Strip(appearance)
    composer.set_strip(other, StripRank.HINT)
    other.show()
    assert (other.isVisible(), strips[StripRank.HINT].isVisible()) == (True, False)
    other.hide()
    assert strips[StripRank.HINT].isVisible()


def test_a_strip_that_is_deleted_gives_way(composer: Composer, strips: dict[StripRank, Strip], qtbot: QtBot) -> None:
    strips[StripRank.PROBLEM].show()
    strips[StripRank.HINT].show()
    strips.pop(StripRank.PROBLEM).deleteLater()
    qtbot.waitUntil(lambda: shown(strips) == [StripRank.HINT])


def test_enter_does_not_send_but_moves_to_the_filled_button_while_a_strip_prevents_sending(
    composer: Composer, strips: dict[StripRank, Strip], qtbot: QtBot
) -> None:
    sent: list[str] = []
    composer.send_requested.connect(sent.append)
    composer.set_text("Hello")
    strips[StripRank.CANNOT_SEND].show()
    composer.send()
    assert (composer.window().focusWidget(), sent) == (strips[StripRank.CANNOT_SEND].best, [])
    strips[StripRank.CANNOT_SEND].hide()
    assert composer.has_focus()
    composer.send()
    assert sent == ["Hello"]


@pytest.mark.parametrize("rank", [rank for rank in StripRank if rank is not StripRank.CANNOT_SEND])
def test_other_strips_do_not_keep_a_message_from_being_sent(
    composer: Composer, strips: dict[StripRank, Strip], rank: StripRank
) -> None:
    sent: list[str] = []
    composer.send_requested.connect(sent.append)
    composer.set_text("Hello")
    strips[rank].show()
    composer.send()
    assert sent == ["Hello"]
