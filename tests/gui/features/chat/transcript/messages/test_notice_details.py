"""What a notice has to say beside its sentence may be megabytes long: its beginning is shown, the rest when somebody asks (K3)."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import DETAILS
from chatdesk.features.chat.ui.transcript.messages.notice_details import CHARACTERS_PER_STEP, INITIAL_CHARACTERS
from chatdesk.kernel.chat.message import Message, ToolCallPart
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

WORDS = json.dumps([f"argument number {number}" for number in range(100_000)])


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def asked(arguments: str, name: str = "search") -> list[Message]:
    message = answer("I will look it up.")
    return [question("Go"), replace(message, parts=(*message.parts, ToolCallPart("c1", name, arguments)))]


def shown(reader: Reader) -> str:
    column = reader.view.document[1].column(DETAILS)
    return "".join((block.joint or "") + text_of(block) for block in column.blocks) if column else ""


def verbs(reader: Reader) -> set[Verb]:
    return {control.command.verb for control in reader.controls(1)}


@pytest.mark.parametrize(
    "arguments", ["{" * 32_000_000, "a\n" * 8_000_000, "a\n\n" * 3_000_000, '{"a": 1},' * 1_000_000], ids=len
)
def test_arguments_of_megabytes_hold_up_nothing(reader: Reader, arguments: str) -> None:
    begun = time.thread_time()
    reader.show(asked(arguments))
    reader.look()
    reader.click_control(1, Verb.FAILURE_DETAILS)
    reader.look()
    reader.click_control(1, Verb.MORE_DETAILS)
    reader.look()
    assert time.thread_time() - begun < 2, "what is not in view is not laid out: it took 10 s and more"
    assert shown(reader) == arguments[: INITIAL_CHARACTERS + CHARACTERS_PER_STEP]


def test_the_beginning_is_shown_then_more_and_at_last_all_of_it(reader: Reader) -> None:
    reader.show(asked(WORDS))
    assert shown(reader) == ""
    reader.click_control(1, Verb.FAILURE_DETAILS)
    assert shown(reader) == WORDS[:INITIAL_CHARACTERS]
    (more,) = [control for control in reader.controls(1) if control.command.verb is Verb.MORE_DETAILS]
    assert (more.caption, more.note) == ("Show more", f"{len(WORDS) - INITIAL_CHARACTERS:,} more characters")
    for count in (INITIAL_CHARACTERS + CHARACTERS_PER_STEP, INITIAL_CHARACTERS + 2 * CHARACTERS_PER_STEP, len(WORDS)):
        reader.press(Qt.Key.Key_End)
        reader.click_control(1, Verb.MORE_DETAILS)
        assert shown(reader) == WORDS[:count]
    assert Verb.MORE_DETAILS not in verbs(reader)


def test_all_of_them_can_be_saved_while_the_beginning_is_shown(reader: Reader) -> None:
    saved: list[tuple[str, str]] = []
    reader.view.save_requested.connect(lambda *what: saved.append(what))
    reader.show(asked(WORDS))
    reader.click_control(1, Verb.FAILURE_DETAILS)
    reader.click_control(1, Verb.SAVE_DETAILS)
    assert saved == [("details.txt", WORDS)]


def test_short_ones_are_shown_whole_without_more_buttons(reader: Reader) -> None:
    reader.show(asked('{"query": "rain"}'))
    reader.click_control(1, Verb.FAILURE_DETAILS)
    assert shown(reader) == '{"query": "rain"}'
    assert not {Verb.MORE_DETAILS, Verb.SAVE_DETAILS} & verbs(reader)
    reader.click_control(1, Verb.FAILURE_DETAILS)
    assert shown(reader) == ""


def test_they_can_be_selected_and_copied(reader: Reader) -> None:
    reader.show(asked('{"query": "rain"}'))
    reader.click_control(1, Verb.FAILURE_DETAILS)
    begin = reader.place_of(1, "query")
    reader.drag(begin, begin + reader.place_of(1, "rain") - reader.place_of(1, "query"))
    assert reader.view.selected_text() == 'query": "'


def test_the_name_of_a_tool_is_one_short_line(reader: Reader) -> None:
    reader.show(asked("{}", "a\nb" * 500_000))
    (notice,) = [strip.notice for strip in reader.view.document[1].notices]
    assert len(notice.sentence) < 500
    assert "\n" not in notice.sentence
