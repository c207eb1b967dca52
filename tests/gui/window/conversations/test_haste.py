"""People are faster than disks: what is done at once, one right after the other, must not get mixed up."""

from PySide6.QtCore import Qt

from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier


async def test_another_chat_opened_right_after_sending_stays_open(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.press(Qt.Key.Key_N, CONTROL)
    harness.ask("Second")
    harness.click_row("First")
    await harness.until(lambda: len(fake_model.asked) == 2 and "Second" in harness.listed())
    second = next(chat for chat in harness.program.chat.conversations.all() if chat.title == "Second")
    await harness.program.chat.chat.wait_until_idle(second.id)
    await harness.until(lambda: harness.marks("Second") == (False, True))
    assert harness.title() == "First"
    assert harness.messages() == ["First", "Yes."]


async def test_a_new_chat_begun_right_after_sending_is_another_one(harness: Harness, fake_model: FakeModel) -> None:
    harness.ask("One")
    harness.press(Qt.Key.Key_N, CONTROL)
    harness.ask("Two")
    await harness.until(lambda: len(fake_model.asked) == 2)
    await harness.until(lambda: harness.messages() == ["Two", "Yes."] and not harness.streaming())
    assert {chat.title for chat in harness.program.chat.conversations.all()} == {"One", "Two"}


async def test_the_keyboard_is_not_taken_from_the_search(harness: Harness, fake_model: FakeModel) -> None:
    harness.ask("One")
    harness.press(Qt.Key.Key_K, CONTROL)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert harness.part("searchChats").hasFocus()


async def test_a_question_that_could_not_be_sent_is_the_draft_of_where_it_was_asked(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("First")
    for server in harness.program.servers.servers.all():
        await harness.program.servers.servers.remove(server.id)
    harness.press(Qt.Key.Key_N, CONTROL)
    harness.ask("Nobody hears this")
    harness.click_row("First")
    await harness.until(lambda: harness.messages() == ["First", "Yes."])
    harness.press(Qt.Key.Key_Escape, where=harness.part("modelSearch"))
    await harness.until(lambda: harness.listed()[:2] == ["Drafts", "Nobody hears this"])
    harness.click_row("Nobody hears this")
    await harness.until(lambda: harness.edit.text() == "Nobody hears this")


async def test_two_questions_at_once_in_a_new_chat_are_one_chat(harness: Harness, fake_model: FakeModel) -> None:
    harness.ask("One")
    harness.ask("Two")
    await harness.until(lambda: harness.messages() == ["One", "Yes.", "Two", "Yes."] and not harness.streaming())
    assert len(harness.program.chat.conversations.all()) == 1


async def test_regenerating_while_an_answer_streams_ends_the_first(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("word ", endless=True, delay=0.003)
    fake_model.says("Other.")
    harness.ask("Talk")
    await harness.until(lambda: harness.answer().startswith("word word"))
    harness.press(Qt.Key.Key_R, CONTROL)
    await harness.until(lambda: harness.answer() == "Other." and not harness.streaming())
    await fake_model.server.until(lambda: fake_model.server.disconnects)
