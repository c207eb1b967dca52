"""Another version shown, a message taken away or put back: only what differs is made anew, however long the chat is."""

from dataclasses import replace

from chatdesk.kernel.chat.message import Message, MessageState
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

COUNT = 10_000


def long_chat(count: int = COUNT) -> list[Message]:
    return [answer(f"Answer {n}", n) if n % 2 else question(f"Question {n}", n) for n in range(count)]


def test_a_new_question_costs_the_same_in_a_chat_of_ten_thousand(reader: Reader) -> None:
    reader.show(long_chat())
    counters = reader.view.counters
    measured, parsed = counters.messages_measured, counters.messages_parsed
    reader.view.add_message(question("New", COUNT))
    reader.view.add_message(answer("", COUNT + 1, state=MessageState.STREAMING))
    assert counters.messages_measured - measured == 2
    assert counters.messages_parsed - parsed <= 2


def test_another_version_at_the_end_touches_no_other_message(reader: Reader) -> None:
    chat = long_chat()
    reader.show(chat)
    counters = reader.view.counters
    measured, parsed = counters.messages_measured, counters.messages_parsed
    other = replace(answer("Another answer", COUNT - 1), id="other")
    reader.view.show_path([*chat[:-1], other], {"other": (1, 2)})
    assert counters.messages_measured - measured == 1
    assert counters.messages_parsed - parsed <= 1
    assert reader.view.document.height > 0
    reader.view.show_path(chat, {chat[-1].id: (0, 2)})
    assert counters.messages_measured - measured == 2


def test_the_same_path_again_is_no_work_and_keeps_the_selection(reader: Reader) -> None:
    chat = long_chat(100)
    reader.show(chat)
    reader.view._surface.select_all()
    before = reader.view.selection
    measured = reader.view.counters.messages_measured
    reader.view.show_path(list(chat), {})
    assert reader.view.counters.messages_measured == measured
    assert reader.view.selection == before


def test_a_message_taken_away_leaves_those_around_it_parsed(reader: Reader) -> None:
    chat = long_chat(6)
    reader.show(chat)
    reader.look()
    parsed = reader.view.counters.messages_parsed
    reader.view.show_path([*chat[:2], *chat[4:]], {})
    reader.look()
    assert [message.id for message in reader.view.document.messages] == ["m0", "m1", "m4", "m5"]
    assert reader.view.counters.messages_parsed == parsed
    heights = [reader.view.document.top(index) for index in range(4)]
    assert heights == sorted(set(heights))
    assert reader.view.document.index("m2") is None
    reader.view.show_path(chat, {})
    assert [reader.view.document.index(f"m{n}") for n in range(6)] == list(range(6))
