"""What is set out of sight while the first answer is waited for."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.page.layout import layout_warm_up as rehearsal
from chatdesk.features.chat.ui.transcript.page.layout.layout_warm_up import LayoutWarmUp
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, full_chat, question


@pytest.fixture
def rehearsals(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was parsed for it."""
    parsed: list[str] = []
    parse = rehearsal.answer_blocks

    def noted(text: str) -> object:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(rehearsal, "answer_blocks", noted)
    return parsed


def of(reader: Reader) -> LayoutWarmUp:
    found = reader.view.findChild(LayoutWarmUp)
    assert isinstance(found, LayoutWarmUp)
    return found


def ask(reader: Reader, number: int = 0) -> None:
    reader.view.add_message(question("Why?", number))
    reader.view.add_message(answer("", number + 1, state=MessageState.STREAMING))


def test_every_kind_of_block_in_every_script_is_set_once_while_the_first_answer_is_waited_for(
    reader: Reader, rehearsals: list[str], qtbot: QtBot
) -> None:
    reader.show(full_chat())
    reader.look()
    assert not rehearsals
    ask(reader, 10)
    qtbot.waitUntil(lambda: not of(reader).active)
    assert len(rehearsals) == 28
    assert any("中文" in text and text.startswith("|") for text in rehearsals)
    reader.view.grow("m11", (TextDelta("So."),))
    ask(reader, 12)
    assert len(rehearsals) == 28
    assert not of(reader).active


def test_nothing_of_it_is_seen_or_counted(reader: Reader, qtbot: QtBot) -> None:
    reader.show([])
    ask(reader)
    reader.look()
    counted = replace(reader.view.counters)
    qtbot.waitUntil(lambda: not of(reader).active)
    laid_out = reader.view.counters.blocks_laid_out - counted.blocks_laid_out
    assert laid_out == 0
    assert reader.view.document.messages[1].text == ""


def test_words_that_come_end_it(reader: Reader, rehearsals: list[str]) -> None:
    reader.show([])
    ask(reader)
    reader.view.grow("m1", (TextDelta("So."),))
    assert not of(reader).active
    assert len(rehearsals) < 28
