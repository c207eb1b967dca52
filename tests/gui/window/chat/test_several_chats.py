"""More than one chat: switching, drafts, renaming, deleting, searching."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier


async def open_row(harness: Harness, title: str, *messages: str) -> None:
    harness.click_row(title)
    await harness.until(lambda: harness.messages() == list(messages))


def new_chat(harness: Harness) -> None:
    harness.press(Qt.Key.Key_N, CONTROL)


async def test_the_keyboard_is_in_the_message_when_the_program_starts_with_a_chat(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await harness.ask_and_wait("Short one")
    await harness.close()
    again = await open_harness()
    assert again.messages() == ["Short one", "Yes."]
    assert again.window.focusWidget() is again.edit


async def test_an_answer_goes_on_while_another_chat_is_shown(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Short one")
    new_chat(harness)
    go_on, end = asyncio.Event(), asyncio.Event()
    fake_model.says("It begins", go_on, " and goes on", end, " to the end.")
    harness.ask("Long one")
    await harness.until(lambda: harness.answer() == "It begins")
    await open_row(harness, "Short one", "Short one", "Yes.")
    assert not harness.streaming()
    go_on.set()
    long_one = next(chat for chat in harness.program.chat.conversations.all() if chat.title == "Long one")
    await harness.until(lambda: "goes on" in harness.program.chat.chat.growing_answer(long_one.id).text)
    assert harness.messages() == ["Short one", "Yes."]
    await open_row(harness, "Long one", "Long one", "It begins and goes on")
    assert harness.streaming()
    end.set()
    await harness.until(lambda: harness.answer() == "It begins and goes on to the end." and not harness.streaming())


async def test_two_chats_answer_at_once(harness: Harness, fake_model: FakeModel) -> None:
    first, second = asyncio.Event(), asyncio.Event()
    fake_model.says("A", first, "a")
    fake_model.says("B", second, "b")
    harness.ask("One")
    await harness.until(lambda: harness.answer() == "A")
    new_chat(harness)
    harness.ask("Two")
    await harness.until(lambda: harness.messages() == ["Two", "B"])
    first.set()
    second.set()
    await harness.until(lambda: harness.answer() == "Bb" and not harness.streaming())
    await open_row(harness, "One", "One", "Aa")


async def test_every_chat_keeps_its_own_draft(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.type("draft of first")
    new_chat(harness)
    assert harness.edit.text() == ""
    await harness.ask_and_wait("Second")
    harness.type("draft of second")
    await open_row(harness, "First", "First", "Yes.")
    assert harness.edit.text() == "draft of first"
    await open_row(harness, "Second", "Second", "Yes.")
    assert harness.edit.text() == "draft of second"
    new_chat(harness)
    harness.type("draft of none")
    await open_row(harness, "First", "First", "Yes.")
    new_chat(harness)
    assert harness.edit.text() == ""
    await harness.until(lambda: "draft of none" in harness.listed())
    harness.click_row("draft of none")
    await harness.until(lambda: harness.edit.text() == "draft of none")


async def test_a_deleted_chat_comes_back_by_undo(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Keep me")
    new_chat(harness)
    await harness.ask_and_wait("Delete me")
    view = harness.part("conversationList")
    view.setFocus()
    harness.press(Qt.Key.Key_Delete, where=view)
    await harness.until(lambda: harness.toast() == ["Chat deleted", "Delete me", "Ctrl+Z", "Undo"])
    assert harness.listed() == ["Folders", "Today", "Keep me", "Recently deleted"]
    assert harness.chat_page.shows_start
    harness.click_toast()
    await harness.until(lambda: "Delete me" in harness.listed())
    await open_row(harness, "Delete me", "Delete me", "Yes.")


async def test_deleting_a_chat_that_is_answered_stops_the_server(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("word ", endless=True, delay=0.003)
    harness.ask("Talk")
    await harness.until(lambda: harness.answer().startswith("word word"))
    view = harness.part("conversationList")
    view.setFocus()
    harness.press(Qt.Key.Key_Delete, where=view)
    await harness.until(lambda: harness.toast() != [])
    await fake_model.server.until(lambda: fake_model.server.disconnects)
    harness.click_toast()
    await harness.until(lambda: "Talk" in harness.listed())
    harness.click_row("Talk")
    await harness.until(lambda: harness.answer().startswith("word word"))
    assert harness.notices()[0] == "You stopped this answer."


LONG = "\n\n".join(f"Paragraph {number} is here." for number in range(200))


async def search(harness: Harness, query: str, *listed: str) -> None:
    harness.press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(harness.part("searchChats"), query)
    await harness.until(lambda: harness.listed() == list(listed))


async def test_a_hit_of_the_search_opens_at_its_words(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(LONG)
    await harness.ask_and_wait("Number them")
    new_chat(harness)
    await harness.ask_and_wait("Something else")
    await search(harness, "120", "In messages", "Number them")
    harness.click_row("Number them")
    await harness.until(lambda: harness.selected() == "120")
    bar = harness.transcript.verticalScrollBar()
    assert 0 < bar.value() < bar.maximum()


async def test_a_hit_in_an_answer_that_is_not_shown_leads_to_it(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("A pelican.")
    fake_model.says("A heron.")
    await harness.ask_and_wait("Name a bird")
    harness.press(Qt.Key.Key_R, CONTROL)
    await harness.until(lambda: harness.answer() == "A heron." and not harness.streaming())
    await search(harness, "pelican", "In messages", "Name a bird")
    harness.click_row("Name a bird")
    await harness.until(lambda: harness.selected() == "pelican")
    assert harness.messages() == ["Name a bird", "A pelican."]


async def test_opening_the_chat_that_is_open_keeps_what_is_typed(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.type("half a thought")
    harness.click_row("First")
    await asyncio.sleep(0)
    assert harness.edit.text() == "half a thought"


async def test_a_chat_whose_server_was_removed_can_still_be_read(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    new_chat(harness)
    await harness.program.servers.servers.remove("ollama")
    await open_row(harness, "First", "First", "Yes.")
    assert harness.part("modelPicker").accessibleDescription() == "scripted:1b, Removed"


async def test_coming_back_to_a_chat_is_coming_back_to_where_one_read(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(LONG)
    await harness.ask_and_wait("Number them")
    bar = harness.transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    new_chat(harness)
    await harness.ask_and_wait("Something else")
    harness.click_row("Number them")
    await harness.until(lambda: len(harness.answer()) > 1_000)
    assert bar.value() == before


async def test_a_chat_left_at_its_end_is_shown_at_its_end(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(LONG)
    await harness.ask_and_wait("Number them")
    bar = harness.transcript.verticalScrollBar()
    bar.setValue(bar.maximum())
    new_chat(harness)
    await harness.ask_and_wait("Something else")
    harness.click_row("Number them")
    await harness.until(lambda: len(harness.answer()) > 1_000)
    assert bar.value() == bar.maximum() > 1_000


async def test_escape_in_the_message_and_in_the_results_ends_the_search(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("First")
    new_chat(harness)
    await harness.ask_and_wait("Second")
    await search(harness, "fir", "Today", "First")
    harness.press(Qt.Key.Key_Return, where=harness.part("searchChats"))
    await harness.until(lambda: harness.title() == "First")
    harness.press(Qt.Key.Key_Escape)
    assert harness.part("searchChats").text() == ""
    await harness.until(lambda: "Second" in harness.listed())
    await search(harness, "sec", "Today", "Second")
    harness.press(Qt.Key.Key_Down, where=harness.part("searchChats"))
    harness.press(Qt.Key.Key_Escape, where=harness.part("conversationList"))
    await harness.until(lambda: "First" in harness.listed())


async def test_escape_stops_an_answer_before_it_ends_a_search(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("word ", endless=True, delay=0.003)
    harness.ask("Talk")
    await harness.until(lambda: harness.answer().startswith("word"))
    QTest.keyClicks(harness.part("searchChats"), "tal")
    harness.press(Qt.Key.Key_Escape)
    assert harness.part("searchChats").text() == "tal"
    await harness.until(lambda: not harness.streaming())
    harness.press(Qt.Key.Key_Escape)
    assert harness.part("searchChats").text() == ""
