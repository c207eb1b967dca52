"""A chat that outgrows its model: what the strip above the composer says, and what comes of each choice."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton

from chatdesk.features.chat.ui.context.context_strip import ContextStrip
from chatdesk.features.chat.ui.transcript.context_border import BorderWay
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.context.context_plan import ContextChoice
from tests.fakes.scripted_server import reply
from tests.gui.window.desk import Desk, Speaker

LONG = "word " * 808
"""1,011 tokens. Three of these are all that the scripted model has room for: 4,096 tokens, 1,024 of them for the answer."""


def strip(desk: Desk) -> ContextStrip | None:
    found = desk.window.findChild(ContextStrip)
    return found if found is not None and found.isVisible() else None


def words(desk: Desk) -> str:
    shown = strip(desk)
    return shown.accessibleName() if shown else ""


def buttons(desk: Desk) -> list[str]:
    shown = strip(desk)
    return [button.text() for button in shown.findChildren(QPushButton) if button.isVisible()] if shown else []


async def press(desk: Desk, way: str) -> None:
    """Press a button of the strip by the keyboard."""
    button = desk.part(f"context.{way}")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)


async def say(desk: Desk, text: str) -> None:
    """Paste and send: to type so much takes seconds."""
    before = len(desk.messages()) if not desk.window._page.shows_start else 0
    desk.edit.setPlainText(text)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: len(desk.messages()) >= before + 2 and not desk.streaming())


async def menu(desk: Desk) -> QMenu:
    await desk.until(lambda: desk.window.findChild(QMenu, "contextMenu"))
    found = desk.window.findChild(QMenu, "contextMenu")
    assert found is not None
    return found


async def long_chat(desk: Desk) -> None:
    """A chat that is full, and a question that is written and makes it too long."""
    for number in range(3):
        await say(desk, f"{number} {LONG}")
    desk.type("And now?")
    await desk.until(lambda: strip(desk))


async def send(desk: Desk) -> None:
    """Send what is written, and wait until the answer is over."""
    before = len(desk.messages())
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: len(desk.messages()) == before + 2 and not desk.streaming())


def sent(speaker: Speaker) -> list[str]:
    return [message["content"][:6].strip() for message in speaker.asked[-1]["messages"]]


async def test_nothing_is_said_while_everything_fits(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    await desk.until(lambda: not desk.streaming())
    assert strip(desk) is None


async def test_the_strip_says_how_much_there_is_room_for_and_what_would_be_left_out(desk: Desk) -> None:
    await long_chat(desk)
    assert "about 3100 tokens" in words(desk)
    assert "The context window of scripted:1b is 4096" in words(desk)
    assert "2 oldest message(s) would not be included" in words(desk)
    assert buttons(desk) == ["Leave out", "Summarise", "Send anyway"]


async def test_typing_more_than_fits_is_told_before_it_is_sent(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    desk.edit.setPlainText("word " * 3000)
    await desk.until(lambda: strip(desk))
    assert "about 3800 tokens" in words(desk)
    desk.edit.setPlainText("word")
    await desk.until(lambda: strip(desk) is None)


async def test_what_was_sent_without_a_choice_waits_for_it_and_is_then_answered(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    asked = len(speaker.asked)
    await send(desk)
    assert len(speaker.asked) == asked
    assert desk.notices()[0] == "This chat does not fit the model's context window."
    await press(desk, "leave-out")
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert sent(speaker) == ["1 word", "Yes.", "2 word", "Yes.", "And no"]
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096}
    assert len(desk.messages()) == 8
    await desk.until(lambda: "are not included" in words(desk))
    assert buttons(desk) == ["Change…"]


async def test_the_same_can_be_chosen_under_the_answer(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    await send(desk)
    assert desk.notices()[-3:] == ["[Send anyway]", "[Summarise oldest]", "[Leave out oldest]"]
    desk.click_control(Verb.FAILURE_ACTION, action="send_anyway")
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert len(speaker.asked[-1]["messages"]) == 7


async def test_the_summary_can_be_read_changed_and_taken_away(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    await press(desk, "summarise")
    await desk.until(lambda: "will be summarised" in words(desk))
    speaker.says("They said words.")
    await send(desk)
    await desk.until(lambda: "as a summary" in words(desk))
    assert "They said words." in speaker.asked[-1]["messages"][0]["content"]
    await press(desk, "read")
    edit = desk.part("summaryText")
    assert isinstance(edit, QPlainTextEdit)
    assert edit.toPlainText() == "They said words."
    edit.selectAll()
    QTest.keyClicks(edit, "They counted.")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    kept = lambda: desk.program.conversations.get(desk.chat()).context  # noqa: E731
    await desk.until(lambda: kept().summary and kept().summary.text == "They counted.")
    await press(desk, "read")
    desk.part("removeSummary").click()
    await desk.until(lambda: kept().summary is None)
    assert kept().choice is ContextChoice.ASK


async def test_another_choice_can_be_made_later(desk: Desk) -> None:
    await long_chat(desk)
    await press(desk, "leave-out")
    await desk.until(lambda: buttons(desk) == ["Change…"])
    await press(desk, "change")
    found = await menu(desk)
    assert [action.isChecked() for action in found.actions()] == [False, True, False, False]
    found.actions()[0].trigger()
    await desk.until(lambda: "Leave out" in buttons(desk))


async def test_a_larger_context_is_offered_up_to_what_the_model_was_trained_for(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Hi")
    conversations = desk.program.conversations
    chat = conversations.get(desk.chat())
    await conversations.set_parameters(chat.id, replace(chat.parameters, num_ctx=128))
    desk.edit.setPlainText(LONG)
    await desk.until(lambda: strip(desk))
    assert buttons(desk) == ["Use a 2K context", "Send anyway", "Larger context…"]
    await press(desk, "more")
    found = await menu(desk)
    assert [action.text() for action in found.actions()] == [
        "256 tokens (memory use unknown)",
        "512 tokens (memory use unknown)",
        "1024 tokens (memory use unknown)",
        "4096 tokens (memory use unknown)",
    ]
    found.actions()[-1].trigger()
    await desk.until(lambda: strip(desk) is None)
    await desk.ask_and_wait("Resume")
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096}


async def test_the_choice_is_remembered_for_the_chat_alone(desk: Desk) -> None:
    await long_chat(desk)
    first = desk.chat()
    await press(desk, "leave-out")
    await desk.until(lambda: buttons(desk) == ["Change…"])
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: strip(desk) is None)
    await desk.window._chat.open(first)
    await desk.until(lambda: buttons(desk) == ["Change…"])


async def test_a_server_that_refuses_is_believed(desk: Desk, speaker: Speaker) -> None:
    await say(desk, f"1 {LONG}")
    words_of_it = "request (3000 tokens) exceeds the available context size (2000 tokens), try increasing it"
    speaker.says(refusal=reply({"error": words_of_it}, 400))
    desk.type("And now?")
    await send(desk)
    await desk.until(lambda: strip(desk))
    assert "about 3000 tokens" in words(desk)
    assert "the context window of scripted:1b is 2000" in words(desk)
    await press(desk, "leave-out")
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert sent(speaker) == ["And no"]


async def test_a_silent_cut_is_told_under_the_answer(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    await press(desk, "send-anyway")
    await desk.until(lambda: "The whole chat is sent" in words(desk))
    await say(desk, f"4 {LONG}")
    await desk.until(desk.notices)
    assert desk.notices() == [
        "The server silently dropped part of this chat.",
        "[Summarise oldest]",
        "[Leave out oldest]",
    ]
    desk.click_control(Verb.FAILURE_ACTION, action="leave_out")
    await desk.until(lambda: sent(speaker)[0] == "1 word" and not desk.streaming())
    path, _ = await desk.program.chat.path(desk.chat())
    assert path[-1].state is MessageState.COMPLETE


async def test_a_cloud_model_offers_the_page_to_sign_in_at(desk: Desk, speaker: Speaker) -> None:
    page = "https://ollama.example/connect?name=desk"
    speaker.says(refusal=reply({"error": "unauthorized", "signin_url": page}, 401))
    opened: list[str] = []
    desk.transcript.link_activated.connect(lambda link, _words: opened.append(link))
    desk.transcript.link_activated.disconnect(desk.window._links.open)
    desk.ask("Hi")
    await desk.until(lambda: len(desk.messages()) == 2 and desk.notices())
    assert desk.notices()[0] == "Ollama requires you to sign in to use this model."
    assert desk.notices()[-1] == "[Sign in…]"
    desk.click_control(Verb.FAILURE_ACTION, action="sign_in")
    await desk.until(lambda: opened == [page])


def border(desk: Desk) -> tuple[str, str] | None:
    """What is said at the border in the chat, and the words of the message above it."""
    for index in range(len(desk.messages())):
        if control := desk.control(Verb.CONTEXT, index):
            return control.name.partition(":")[0], desk.words(index)[:6].strip()
    return None


UNSEEN = "The model no longer sees the messages above"


async def test_what_is_left_out_ends_at_a_line_in_the_chat(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    assert border(desk) is None
    await press(desk, "leave-out")
    await desk.until(lambda: border(desk) == (UNSEEN, "Yes."))
    await send(desk)
    assert sent(speaker)[0] == "1 word"
    assert desk.control(Verb.CONTEXT, 1)


async def test_the_line_leads_to_the_choices(desk: Desk) -> None:
    await long_chat(desk)
    await press(desk, "leave-out")
    await desk.until(lambda: border(desk))
    desk.transcript.verticalScrollBar().setValue(0)
    control = desk.control(Verb.CONTEXT, 1)
    assert control is not None
    desk.transcript.verticalScrollBar().setValue(control.rect.top() - 100)
    desk.click_control(Verb.CONTEXT, 1)
    found = await menu(desk)
    assert [action.isChecked() for action in found.actions()] == [False, True, False, False]
    shown = desk.control(Verb.CONTEXT, 1)
    assert shown is not None
    below = desk.transcript.viewport().mapToGlobal(shown.rect.bottomLeft()).y()
    assert abs(found.pos().y() - below) < 20  # its shadow lies over the button
    found.actions()[3].trigger()
    await desk.until(lambda: border(desk) is None)


async def test_the_line_is_right_after_a_version_an_edit_and_more_room(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    await press(desk, "leave-out")
    await desk.until(lambda: border(desk))
    path, _ = await desk.program.chat.path(desk.chat())
    model = path[-1].model
    assert model is not None
    await desk.program.chat.edit(path[2].id, Question("Short", model))
    await desk.until(lambda: desk.answer() == "Yes." and len(desk.messages()) == 4 and not desk.streaming())
    await desk.until(lambda: border(desk) is None)  # there is room for this branch
    await desk.program.branches.show_sibling((await desk.program.chat.path(desk.chat()))[0][2].id, -1)
    await desk.until(lambda: border(desk) == (UNSEEN, "Yes."))
    conversation = desk.program.conversations.get(desk.chat())
    assert conversation.context.choice is ContextChoice.LEAVE_OUT
    desk.edit.setPlainText("")
    await desk.until(lambda: border(desk) is None)


async def test_the_line_is_there_after_a_restart(desk: Desk, open_desk: object) -> None:
    await long_chat(desk)
    await press(desk, "leave-out")
    await desk.until(lambda: border(desk))
    await desk.close()
    again = await open_desk()
    await again.until(lambda: len(again.messages()) == 6)
    await again.until(lambda: border(again) == (UNSEEN, "Yes."))


async def test_a_summary_stands_at_the_line_and_can_be_read_there(desk: Desk, speaker: Speaker) -> None:
    await long_chat(desk)
    await press(desk, "summarise")
    await desk.until(lambda: border(desk) == ("The messages above will be summarised when you send", "Yes."))
    speaker.says("They said words.")
    await send(desk)
    await desk.until(lambda: border(desk) and border(desk)[0] == "The model sees a summary of the messages above")
    index = next(index for index in range(len(desk.messages())) if desk.control(Verb.CONTEXT, index))
    desk.transcript._scroller.show(index, None)
    desk.click_control(Verb.CONTEXT, index, BorderWay.READ.value)
    edit = desk.part("summaryText")
    assert isinstance(edit, QPlainTextEdit)
    assert edit.toPlainText() == "They said words."
