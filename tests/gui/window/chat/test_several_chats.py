"""More than one chat: switching, drafts, renaming, deleting, searching."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.window.desk import Desk, Speaker

CONTROL = Qt.KeyboardModifier.ControlModifier


async def open_row(desk: Desk, title: str, *messages: str) -> None:
    desk.click_row(title)
    await desk.until(lambda: desk.messages() == list(messages))


def new_chat(desk: Desk) -> None:
    desk.press(Qt.Key.Key_N, CONTROL)


async def test_the_keyboard_is_in_the_message_when_the_program_starts_with_a_chat(
    desk: Desk, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await desk.ask_and_wait("Short one")
    await desk.close()
    again = await open_desk()
    assert again.messages() == ["Short one", "Yes."]
    assert again.window.focusWidget() is again.edit


async def test_an_answer_goes_on_while_another_chat_is_shown(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Short one")
    new_chat(desk)
    go_on, end = asyncio.Event(), asyncio.Event()
    speaker.says("It begins", go_on, " and goes on", end, " to the end.")
    desk.ask("Long one")
    await desk.until(lambda: desk.answer() == "It begins")
    await open_row(desk, "Short one", "Short one", "Yes.")
    assert not desk.streaming()
    go_on.set()
    long_one = next(chat for chat in desk.program.conversations.all() if chat.title == "Long one")
    await desk.until(lambda: "goes on" in desk.program.chat.growing_answer(long_one.id).text)
    assert desk.messages() == ["Short one", "Yes."]
    await open_row(desk, "Long one", "Long one", "It begins and goes on")
    assert desk.streaming()
    end.set()
    await desk.until(lambda: desk.answer() == "It begins and goes on to the end." and not desk.streaming())


async def test_an_answer_that_ends_elsewhere_is_marked_until_it_is_looked_at(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Short one")
    new_chat(desk)
    end = asyncio.Event()
    speaker.says("Slow", end, ".")
    desk.ask("Long one")
    await desk.until(lambda: desk.answer() == "Slow")
    assert desk.marks("Long one") == (True, False)
    await open_row(desk, "Short one", "Short one", "Yes.")
    end.set()
    await desk.until(lambda: desk.marks("Long one") == (False, True))
    await open_row(desk, "Long one", "Long one", "Slow.")
    assert desk.marks("Long one") == (False, False)


async def test_two_chats_answer_at_once(desk: Desk, speaker: Speaker) -> None:
    first, second = asyncio.Event(), asyncio.Event()
    speaker.says("A", first, "a")
    speaker.says("B", second, "b")
    desk.ask("One")
    await desk.until(lambda: desk.answer() == "A")
    new_chat(desk)
    desk.ask("Two")
    await desk.until(lambda: desk.messages() == ["Two", "B"])
    first.set()
    second.set()
    await desk.until(lambda: desk.answer() == "Bb" and not desk.streaming())
    await open_row(desk, "One", "One", "Aa")


async def test_every_chat_keeps_its_own_draft(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.type("draft of first")
    new_chat(desk)
    assert desk.edit.text() == ""
    await desk.ask_and_wait("Second")
    desk.type("draft of second")
    await open_row(desk, "First", "First", "Yes.")
    assert desk.edit.text() == "draft of first"
    await open_row(desk, "Second", "Second", "Yes.")
    assert desk.edit.text() == "draft of second"
    new_chat(desk)
    desk.type("draft of none")
    await open_row(desk, "First", "First", "Yes.")
    new_chat(desk)
    assert desk.edit.text() == "draft of none"


async def test_f2_renames_the_chat_in_its_row(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First words")
    desk.press(Qt.Key.Key_F2)
    field = desk.part("renameField")
    QTest.keyClicks(field, "A better name")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.until(lambda: "A better name" in desk.listed())
    assert desk.title() == desk.window.windowTitle() == "A better name"


async def test_a_deleted_chat_comes_back_by_undo(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Keep me")
    new_chat(desk)
    await desk.ask_and_wait("Delete me")
    view = desk.part("conversationList")
    view.setFocus()
    desk.press(Qt.Key.Key_Delete, where=view)
    await desk.until(lambda: desk.toast() == ["Chat deleted", "Delete me", "Ctrl+Z", "Undo"])
    assert desk.listed() == ["Today", "Keep me", "Recently deleted"]
    assert desk.window._page.shows_start
    desk.click_toast()
    await desk.until(lambda: "Delete me" in desk.listed())
    await open_row(desk, "Delete me", "Delete me", "Yes.")


async def test_deleting_a_chat_that_is_answered_stops_the_server(desk: Desk, speaker: Speaker) -> None:
    speaker.says("word ", endless=True, delay=0.003)
    desk.ask("Talk")
    await desk.until(lambda: desk.answer().startswith("word word"))
    view = desk.part("conversationList")
    view.setFocus()
    desk.press(Qt.Key.Key_Delete, where=view)
    await desk.until(lambda: desk.toast() != [])
    await speaker.server.until(lambda: speaker.server.disconnects)
    desk.click_toast()
    await desk.until(lambda: "Talk" in desk.listed())
    desk.click_row("Talk")
    await desk.until(lambda: desk.answer().startswith("word word"))
    assert desk.notices()[0] == "You stopped this answer."


LONG = "\n\n".join(f"Paragraph {number} is here." for number in range(200))


async def search(desk: Desk, words: str, *listed: str) -> None:
    desk.press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(desk.part("searchChats"), words)
    await desk.until(lambda: desk.listed() == list(listed))


async def test_a_hit_of_the_search_opens_at_its_words(desk: Desk, speaker: Speaker) -> None:
    speaker.says(LONG)
    await desk.ask_and_wait("Number them")
    new_chat(desk)
    await desk.ask_and_wait("Something else")
    await search(desk, "120", "In messages", "Number them")
    desk.click_row("Number them")
    await desk.until(lambda: desk.selected() == "120")
    bar = desk.transcript.verticalScrollBar()
    assert 0 < bar.value() < bar.maximum()


async def test_a_hit_in_an_answer_that_is_not_shown_leads_to_it(desk: Desk, speaker: Speaker) -> None:
    speaker.says("A pelican.")
    speaker.says("A heron.")
    await desk.ask_and_wait("Name a bird")
    desk.press(Qt.Key.Key_R, CONTROL)
    await desk.until(lambda: desk.answer() == "A heron." and not desk.streaming())
    await search(desk, "pelican", "In messages", "Name a bird")
    desk.click_row("Name a bird")
    await desk.until(lambda: desk.selected() == "pelican")
    assert desk.messages() == ["Name a bird", "A pelican."]


async def test_opening_the_chat_that_is_open_keeps_what_is_typed(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.type("half a thought")
    desk.click_row("First")
    await asyncio.sleep(0)
    assert desk.edit.text() == "half a thought"


async def test_a_chat_whose_server_was_removed_can_still_be_read(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    new_chat(desk)
    await desk.program.servers.remove("ollama")
    await open_row(desk, "First", "First", "Yes.")
    assert desk.part("modelPicker").accessibleDescription() == "scripted:1b, Removed"


async def test_coming_back_to_a_chat_is_coming_back_to_where_one_read(desk: Desk, speaker: Speaker) -> None:
    speaker.says(LONG)
    await desk.ask_and_wait("Number them")
    bar = desk.transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    new_chat(desk)
    await desk.ask_and_wait("Something else")
    desk.click_row("Number them")
    await desk.until(lambda: len(desk.answer()) > 1_000)
    assert bar.value() == before


async def test_a_chat_left_at_its_end_is_shown_at_its_end(desk: Desk, speaker: Speaker) -> None:
    speaker.says(LONG)
    await desk.ask_and_wait("Number them")
    bar = desk.transcript.verticalScrollBar()
    bar.setValue(bar.maximum())
    new_chat(desk)
    await desk.ask_and_wait("Something else")
    desk.click_row("Number them")
    await desk.until(lambda: len(desk.answer()) > 1_000)
    assert bar.value() == bar.maximum() > 1_000
