"""People are faster than disks: what is done at once, one right after the other, must not get mixed up."""

from PySide6.QtCore import Qt

from tests.gui.window.desk import Desk, Speaker

CONTROL = Qt.KeyboardModifier.ControlModifier


async def test_another_chat_opened_right_after_sending_stays_open(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.press(Qt.Key.Key_N, CONTROL)
    desk.ask("Second")
    desk.click_row("First")
    await desk.until(lambda: len(speaker.asked) == 2 and "Second" in desk.listed())
    second = next(chat for chat in desk.program.conversations.all() if chat.title == "Second")
    await desk.program.chat.wait_until_idle(second.id)
    await desk.until(lambda: desk.marks("Second") == (False, True))
    assert desk.title() == "First"
    assert desk.messages() == ["First", "Yes."]


async def test_a_new_chat_begun_right_after_sending_is_another_one(desk: Desk, speaker: Speaker) -> None:
    desk.ask("One")
    desk.press(Qt.Key.Key_N, CONTROL)
    desk.ask("Two")
    await desk.until(lambda: len(speaker.asked) == 2)
    await desk.until(lambda: desk.messages() == ["Two", "Yes."] and not desk.streaming())
    assert {chat.title for chat in desk.program.conversations.all()} == {"One", "Two"}


async def test_the_keyboard_is_not_taken_from_the_search(desk: Desk, speaker: Speaker) -> None:
    desk.ask("One")
    desk.press(Qt.Key.Key_K, CONTROL)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert desk.part("searchChats").hasFocus()


async def test_a_question_that_could_not_be_sent_is_the_draft_of_where_it_was_asked(
    desk: Desk, speaker: Speaker
) -> None:
    await desk.ask_and_wait("First")
    for server in desk.program.servers.all():
        await desk.program.servers.remove(server.id)
    desk.press(Qt.Key.Key_N, CONTROL)
    desk.ask("Nobody hears this")
    desk.click_row("First")
    await desk.until(lambda: desk.messages() == ["First", "Yes."])
    desk.press(Qt.Key.Key_Escape, where=desk.part("modelSearch"))
    desk.press(Qt.Key.Key_N, CONTROL)
    assert desk.edit.text() == "Nobody hears this"


async def test_two_questions_at_once_in_a_new_chat_are_one_chat(desk: Desk, speaker: Speaker) -> None:
    desk.ask("One")
    desk.ask("Two")
    await desk.until(lambda: desk.messages() == ["One", "Yes.", "Two", "Yes."] and not desk.streaming())
    assert len(desk.program.conversations.all()) == 1


async def test_regenerating_while_an_answer_streams_ends_the_first(desk: Desk, speaker: Speaker) -> None:
    speaker.says("word ", endless=True, delay=0.003)
    speaker.says("Other.")
    desk.ask("Talk")
    await desk.until(lambda: desk.answer().startswith("word word"))
    desk.press(Qt.Key.Key_R, CONTROL)
    await desk.until(lambda: desk.answer() == "Other." and not desk.streaming())
    await speaker.server.until(lambda: speaker.server.disconnects)
