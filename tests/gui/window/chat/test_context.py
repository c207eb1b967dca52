"""A chat that outgrows its model: what the strip above the composer says, and what comes of each choice."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton

from chatdesk.features.chat.ui.composer.context_meter import ContextMeter
from chatdesk.features.chat.ui.context.context_strip import ContextStrip
from chatdesk.features.chat.ui.transcript.context_border import BorderAction
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.context.context_plan import ContextChoice
from chatdesk.ui_kit.widgets.button import ButtonKind
from tests.fakes.scripted_server import reply
from tests.gui.window.harness import FakeModel, Harness

LONG = "word " * 808
"""1,011 tokens. Three of these are all that the scripted model has room for: 4,096 tokens, 1,024 of them for the answer."""


def strip(harness: Harness) -> ContextStrip | None:
    found = harness.window.findChild(ContextStrip)
    return found if found is not None and found.isVisible() else None


def text_of(harness: Harness) -> str:
    shown = strip(harness)
    return shown.accessibleName() if shown else ""


def buttons(harness: Harness) -> list[str]:
    shown = strip(harness)
    return [button.text() for button in shown.findChildren(QPushButton) if button.isVisible()] if shown else []


async def press(harness: Harness, step: str) -> None:
    """Press a button of the strip by the keyboard."""
    button = harness.part(f"context.{step}")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)


async def say(harness: Harness, text: str) -> None:
    """Paste and send: to type so much takes seconds."""
    before = len(harness.messages()) if not harness.chat_page.shows_start else 0
    harness.edit.setPlainText(text)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(harness.messages()) >= before + 2 and not harness.streaming())


async def menu(harness: Harness) -> QMenu:
    await harness.until(lambda: harness.window.findChild(QMenu, "contextMenu"))
    found = harness.window.findChild(QMenu, "contextMenu")
    assert found is not None
    return found


async def long_chat(harness: Harness) -> None:
    """A chat that is full, and a question that is written and makes it too long."""
    for number in range(3):
        await say(harness, f"{number} {LONG}")
    harness.type("And now?")
    await harness.until(lambda: strip(harness))


async def send(harness: Harness) -> None:
    """Send what is written, and wait until the answer is over."""
    before = len(harness.messages())
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(harness.messages()) == before + 2 and not harness.streaming())


def sent(fake_model: FakeModel) -> list[str]:
    return [message["content"][:6].strip() for message in fake_model.asked[-1]["messages"]]


async def test_nothing_is_said_while_everything_fits(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    await harness.until(lambda: not harness.streaming())
    assert strip(harness) is None


async def test_the_strip_says_how_much_there_is_room_for_and_what_would_be_left_out(harness: Harness) -> None:
    await long_chat(harness)
    assert "about 3100 tokens" in text_of(harness)
    assert "The context window of scripted:1b is 4096" in text_of(harness)
    assert "2 oldest message(s) would not be included" in text_of(harness)
    assert buttons(harness) == ["Leave out", "Summarise", "Send anyway"]


async def test_typing_more_than_fits_is_reported_before_it_is_sent(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    harness.edit.setPlainText("word " * 3000)
    await harness.until(lambda: strip(harness))
    assert "about 3800 tokens" in text_of(harness)
    harness.edit.setPlainText("word")
    await harness.until(lambda: strip(harness) is None)


async def test_what_was_sent_without_a_choice_waits_for_it_and_is_then_answered(
    harness: Harness, fake_model: FakeModel
) -> None:
    await long_chat(harness)
    asked = len(fake_model.asked)
    await send(harness)
    assert len(fake_model.asked) == asked
    assert harness.notices()[0] == "This chat does not fit the model's context window."
    await press(harness, "leave-out")
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert sent(fake_model) == ["1 word", "Yes.", "2 word", "Yes.", "And no"]
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096}
    assert len(harness.messages()) == 8
    await harness.until(lambda: "are not included" in text_of(harness))
    assert buttons(harness) == ["Change…"]


async def test_the_same_can_be_chosen_under_the_answer(harness: Harness, fake_model: FakeModel) -> None:
    await long_chat(harness)
    await send(harness)
    assert harness.notices()[-3:] == ["[Send anyway]", "[Summarise oldest]", "[Leave out oldest]"]
    harness.click_control(Verb.FAILURE_ACTION, action="send_anyway")
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert len(fake_model.asked[-1]["messages"]) == 7


async def test_the_summary_can_be_read_changed_and_taken_away(harness: Harness, fake_model: FakeModel) -> None:
    await long_chat(harness)
    await press(harness, "summarise")
    await harness.until(lambda: "will be summarised" in text_of(harness))
    fake_model.says("They said words.")
    await send(harness)
    await harness.until(lambda: "as a summary" in text_of(harness))
    assert "They said words." in fake_model.asked[-1]["messages"][0]["content"]
    await press(harness, "read")
    edit = harness.part("summaryText")
    assert isinstance(edit, QPlainTextEdit)
    assert edit.toPlainText() == "They said words."
    edit.selectAll()
    QTest.keyClicks(edit, "They counted.")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    stored = lambda: harness.program.chat.conversations.get(harness.chat()).context  # noqa: E731
    await harness.until(lambda: stored().summary and stored().summary.text == "They counted.")
    await press(harness, "read")
    harness.part("removeSummary").click()
    await harness.until(lambda: stored().summary is None)
    assert stored().choice is ContextChoice.ASK


async def test_another_choice_can_be_made_later(harness: Harness) -> None:
    await long_chat(harness)
    await press(harness, "leave-out")
    await harness.until(lambda: buttons(harness) == ["Change…"])
    await press(harness, "change")
    found = await menu(harness)
    assert [action.isChecked() for action in found.actions()] == [False, True, False, False]
    found.actions()[0].trigger()
    await harness.until(lambda: "Leave out" in buttons(harness))


async def test_a_larger_context_is_offered_up_to_what_the_model_was_trained_for(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Hi")
    conversations = harness.program.chat.conversations
    chat = conversations.get(harness.chat())
    await conversations.set_parameters(chat.id, replace(chat.parameters, num_ctx=128))
    harness.edit.setPlainText(LONG)
    await harness.until(lambda: strip(harness))
    assert buttons(harness) == ["Use a 2K context", "Larger context…", "Send anyway"]
    await press(harness, "more")
    found = await menu(harness)
    assert [action.text() for action in found.actions()] == [
        "256 tokens (memory use unknown)",
        "512 tokens (memory use unknown)",
        "1024 tokens (memory use unknown)",
        "4096 tokens (memory use unknown)",
    ]
    found.actions()[-1].trigger()
    await harness.until(lambda: strip(harness) is None)
    await harness.ask_and_wait("Resume")
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096}


async def test_the_choice_is_remembered_for_the_chat_alone(harness: Harness) -> None:
    await long_chat(harness)
    first = harness.chat()
    await press(harness, "leave-out")
    await harness.until(lambda: buttons(harness) == ["Change…"])
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: strip(harness) is None)
    await harness.chat_presenter.open(first)
    await harness.until(lambda: buttons(harness) == ["Change…"])


async def test_a_server_that_refuses_is_believed(harness: Harness, fake_model: FakeModel) -> None:
    await say(harness, f"1 {LONG}")
    words_of_it = "request (3000 tokens) exceeds the available context size (2000 tokens), try increasing it"
    fake_model.says(refusal=reply({"error": words_of_it}, 400))
    harness.type("And now?")
    await send(harness)
    await harness.until(lambda: strip(harness))
    assert "about 3000 tokens" in text_of(harness)
    assert "the context window of scripted:1b is 2000" in text_of(harness)
    await press(harness, "leave-out")
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert sent(fake_model) == ["And no"]


async def test_a_silent_cut_is_reported_under_the_answer(harness: Harness, fake_model: FakeModel) -> None:
    await long_chat(harness)
    await press(harness, "send-anyway")
    await harness.until(lambda: "The whole chat is sent" in text_of(harness))
    await say(harness, f"4 {LONG}")
    await harness.until(harness.notices)
    assert harness.notices() == [
        "The server silently dropped part of this chat.",
        "[Summarise oldest]",
        "[Leave out oldest]",
    ]
    harness.click_control(Verb.FAILURE_ACTION, action="leave_out")
    await harness.until(lambda: sent(fake_model)[0] == "1 word" and not harness.streaming())
    path, _ = await harness.program.chat.chat.path(harness.chat())
    assert path[-1].state is MessageState.COMPLETE


async def test_a_cloud_model_offers_the_page_to_sign_in_at(harness: Harness, fake_model: FakeModel) -> None:
    page = "https://ollama.example/connect?name=desk"
    fake_model.says(refusal=reply({"error": "unauthorized", "signin_url": page}, 401))
    opened: list[str] = []
    harness.transcript.link_activated.connect(lambda link, _words: opened.append(link))
    harness.transcript.link_activated.disconnect(harness.window._links.open)
    harness.ask("Hi")
    await harness.until(lambda: len(harness.messages()) == 2 and harness.notices())
    assert harness.notices()[0] == "Ollama requires you to sign in to use this model."
    assert harness.notices()[-1] == "[Sign in…]"
    harness.click_control(Verb.FAILURE_ACTION, action="sign_in")
    await harness.until(lambda: opened == [page])


def border(harness: Harness) -> tuple[str, str] | None:
    """What is said at the border in the chat, and the words of the message above it."""
    for index in range(len(harness.messages())):
        if control := harness.control(Verb.CONTEXT, index):
            return control.name.partition(":")[0], harness.words(index)[:6].strip()
    return None


UNSEEN = "The model no longer sees the messages above"


async def test_what_is_left_out_ends_at_a_line_in_the_chat(harness: Harness, fake_model: FakeModel) -> None:
    await long_chat(harness)
    assert border(harness) is None
    await press(harness, "leave-out")
    await harness.until(lambda: border(harness) == (UNSEEN, "Yes."))
    await send(harness)
    assert sent(fake_model)[0] == "1 word"
    assert harness.control(Verb.CONTEXT, 1)


async def test_the_line_leads_to_the_choices(harness: Harness) -> None:
    await long_chat(harness)
    await press(harness, "leave-out")
    await harness.until(lambda: border(harness))
    harness.transcript.verticalScrollBar().setValue(0)
    control = harness.control(Verb.CONTEXT, 1)
    assert control is not None
    harness.transcript.verticalScrollBar().setValue(control.rect.top() - 100)
    harness.click_control(Verb.CONTEXT, 1)
    found = await menu(harness)
    assert [action.isChecked() for action in found.actions()] == [False, True, False, False]
    shown = harness.control(Verb.CONTEXT, 1)
    assert shown is not None
    below = harness.transcript.viewport().mapToGlobal(shown.rect.bottomLeft()).y()
    assert abs(found.pos().y() - below) < 20  # its shadow lies over the button
    found.actions()[3].trigger()
    await harness.until(lambda: border(harness) is None)


async def test_the_line_is_right_after_a_version_an_edit_and_more_room(harness: Harness, fake_model: FakeModel) -> None:
    await long_chat(harness)
    await press(harness, "leave-out")
    await harness.until(lambda: border(harness))
    path, _ = await harness.program.chat.chat.path(harness.chat())
    model = path[-1].model
    assert model is not None
    await harness.program.chat.chat.edit(path[2].id, Question("Short", model))
    await harness.until(lambda: harness.answer() == "Yes." and len(harness.messages()) == 4 and not harness.streaming())
    await harness.until(lambda: border(harness) is None)  # there is room for this branch
    await harness.program.chat.branches.show_sibling(
        (await harness.program.chat.chat.path(harness.chat()))[0][2].id, -1
    )
    await harness.until(lambda: border(harness) == (UNSEEN, "Yes."))
    conversation = harness.program.chat.conversations.get(harness.chat())
    assert conversation.context.choice is ContextChoice.LEAVE_OUT
    harness.edit.setPlainText("")
    await harness.until(lambda: border(harness) is None)


async def test_the_line_is_there_after_a_restart(harness: Harness, open_harness: object) -> None:
    await long_chat(harness)
    await press(harness, "leave-out")
    await harness.until(lambda: border(harness))
    await harness.close()
    again = await open_harness()
    await again.until(lambda: len(again.messages()) == 6)
    await again.until(lambda: border(again) == (UNSEEN, "Yes."))


async def test_a_summary_stands_at_the_line_and_can_be_read_there(harness: Harness, fake_model: FakeModel) -> None:
    await long_chat(harness)
    await press(harness, "summarise")
    await harness.until(lambda: border(harness) == ("The messages above will be summarised when you send", "Yes."))
    fake_model.says("They said words.")
    await send(harness)
    await harness.until(
        lambda: border(harness) and border(harness)[0] == "The model sees a summary of the messages above"
    )
    index = next(index for index in range(len(harness.messages())) if harness.control(Verb.CONTEXT, index))
    harness.transcript._scroller.show(index, None)
    harness.click_control(Verb.CONTEXT, index, BorderAction.READ.value)
    edit = harness.part("summaryText")
    assert isinstance(edit, QPlainTextEdit)
    assert edit.toPlainText() == "They said words."


def meter(harness: Harness) -> str:
    """The name of the meter; empty if it is not shown."""
    found = harness.window.findChild(ContextMeter)
    return found.accessibleName().replace(",", "") if found and found.isVisible() else ""


async def test_a_new_chat_has_a_meter_once_something_is_written(harness: Harness) -> None:
    assert meter(harness) == ""
    harness.edit.setPlainText(LONG)
    await harness.until(lambda: "This message 1000" in meter(harness))
    harness.edit.setPlainText("")
    await harness.until(lambda: meter(harness) == "")


async def test_the_meter_follows_the_chat_and_not_the_stream(harness: Harness, fake_model: FakeModel) -> None:
    end = asyncio.Event()
    await say(harness, LONG)
    await harness.until(lambda: "Chat so far 1000" in meter(harness))
    assert meter(harness).startswith("About 10")
    assert "of 4096 tokens" in meter(harness)
    before = meter(harness)
    fake_model.says("word " * 400, end)
    harness.ask("More")
    await harness.until(lambda: harness.answer().startswith("word word"))
    assert meter(harness) == before
    end.set()
    await harness.until(lambda: "Chat so far 1500" in meter(harness))


async def test_a_chat_without_messages_has_no_meter(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    await harness.until(lambda: meter(harness))
    harness.transcript.delete_requested.emit(harness.transcript.document.message(0).id)
    await harness.until(lambda: harness.chat_page.shows_start)
    await harness.until(lambda: meter(harness) == "")


async def test_another_chat_has_its_own_meter(harness: Harness) -> None:
    await say(harness, LONG)
    await harness.until(lambda: "Chat so far 1000" in meter(harness))
    harness.window.navigation.new_chat()
    await harness.until(lambda: meter(harness) == "")


async def test_a_message_that_fits_no_context_of_its_model_needs_a_larger_model(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Hi")
    harness.edit.setPlainText("word " * 8_000)
    await harness.until(lambda: "Choose a larger model…" in buttons(harness))
    assert harness.part("context.model").kind is ButtonKind.FILLED
    assert "Use" not in " ".join(buttons(harness))
    await press(harness, "model")
    assert harness.part("modelSearch").isVisible()
