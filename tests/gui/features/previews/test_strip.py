"""A line above the page with something to decide."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.ui.panel.page_strips import Strip
from chatdesk.ui_kit.style.appearance import Appearance

WORDS = "This page wants to save data, such as a high score."


@pytest.fixture
def strip(appearance: Appearance) -> Iterator[Strip]:
    window = QWidget()
    strip = Strip(appearance, "info", "accentText", window)
    layout = QVBoxLayout(window)
    layout.addWidget(strip)
    layout.addStretch(1)
    window.resize(1000, 300)
    window.show()
    yield strip
    window.close()
    window.deleteLater()


def buttons(strip: Strip) -> list[QPushButton]:
    return [button for button in strip.findChildren(QPushButton) if button.isVisible() and button.text()]


def test_no_is_an_answer_of_its_own_where_there_are_words_for_it(strip: Strip) -> None:
    said: list[str] = []
    strip.accepted.connect(lambda: said.append("yes"))
    strip.declined.connect(lambda: said.append("no"))
    strip.show_text(WORDS, "Keep", "Not now")
    no, yes = buttons(strip)
    assert (no.text(), yes.text()) == ("Not now", "Keep")
    assert not strip._cross.isVisible()
    no.click()
    assert not strip.isVisible()
    strip.show_text(WORDS, "Keep", "Not now")
    yes.click()
    assert said == ["no", "yes"]


def test_without_words_for_it_a_cross_takes_the_strip_away(strip: Strip) -> None:
    strip.show_text("The page is not responding.", "Stop")
    assert [button.text() for button in buttons(strip)] == ["Stop"]
    assert strip._cross.isVisible()


def test_where_room_is_short_the_buttons_are_below_the_words(strip: Strip, qtbot: QtBot) -> None:
    strip.show_text(WORDS, "Keep on this computer", "Not now")
    qtbot.waitUntil(lambda: strip.height() < 60)
    assert buttons(strip)[0].x() > strip._label.x()
    assert abs(buttons(strip)[0].geometry().center().y() - strip._label.geometry().center().y()) < 4
    strip.window().resize(420, 300)
    qtbot.waitUntil(lambda: buttons(strip)[0].y() > strip._label.geometry().bottom())
