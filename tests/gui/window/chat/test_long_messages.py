"""One message that is too long, and a chat that outgrows its context: which next steps are offered, and what comes of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from chatdesk.features.chat.ui.context.context_strip import ContextStrip
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.error_wording import NextStep
from tests.fakes.scripted_models import ScriptedModel
from tests.fakes.scripted_server import reply
from tests.gui.window.chat.test_context import border, buttons, menu, press, say, words
from tests.gui.window.desk import Desk, Speaker

LARGE = ScriptedModel("large:1b", context_length=131_072, layers=2)
DOCUMENT = "word " * 1600
"""2,000 tokens."""


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (LARGE,)


def choose(desk: Desk, tokens: int) -> None:
    """Choose so much context for the model."""
    desk.program.preferences.set_context(ModelRef("ollama", LARGE.name), tokens)


async def send(desk: Desk, text: str) -> None:
    """Paste a text and send it, and wait until something is said about it."""
    desk.edit.setPlainText(text)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: not desk.window._page.shows_start and len(desk.messages()) == 2 and desk.notices())


async def test_a_message_that_is_too_long_is_read_with_the_smallest_context_that_is_enough(
    desk: Desk, speaker: Speaker
) -> None:
    choose(desk, 256)
    await send(desk, DOCUMENT)
    sentence, *steps = desk.notices()
    assert sentence == "Even without older messages, this does not fit the model's context window."
    assert steps == ["[Choose a model]", "[Send anyway]", "[Use a 4K context]"]
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.MORE_CONTEXT)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096}
    assert desk.notices() == []


async def test_the_strip_over_the_composer_offers_the_same_and_counts_no_message_that_is_not_there(
    desk: Desk, speaker: Speaker
) -> None:
    choose(desk, 256)
    await send(desk, DOCUMENT)
    await desk.until(lambda: desk.window.findChild(ContextStrip) and words(desk))
    assert words(desk) == "This message has about 2000 tokens; the context window of large:1b is 256."
    assert buttons(desk) == ["Use a 4K context", "Send anyway", "Larger context…"]
    assert border(desk) is None
    await press(desk, "enough")
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096}


async def test_a_message_sent_anyway_that_is_refused_shows_what_the_server_counted(
    desk: Desk, speaker: Speaker
) -> None:
    choose(desk, 256)
    await send(desk, DOCUMENT)
    error = "request (1689 tokens) exceeds the available context size (256 tokens), try increasing it"
    speaker.says(refusal=reply({"error": error}, 400))
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.SEND_ANYWAY)
    shown: Callable[[], list[str]] = lambda: [strip.notice.consequence for strip in item(desk).notices]  # noqa: E731
    await desk.until(
        lambda: shown() == ["Ollama counted 1689 tokens; its context window is 256. Nothing was left out."]
    )
    assert desk.notices()[-1] == "[Use a 4K context]"
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.MORE_CONTEXT)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096}


async def test_where_nothing_can_be_left_out_that_is_no_choice(desk: Desk) -> None:
    choose(desk, 256)
    await send(desk, DOCUMENT)
    await press(desk, "send-anyway")
    await desk.until(lambda: buttons(desk) == ["Change…"])
    await press(desk, "change")
    found = await menu(desk)
    assert [action.isEnabled() for action in found.actions()[:4]] == [True, False, False, True]
    found.close()


def item(desk: Desk) -> object:
    return desk.transcript.document[len(desk.transcript.document) - 1]


async def test_the_question_and_its_own_failed_answer_are_no_older_messages(desk: Desk) -> None:
    choose(desk, 1024)
    await say(desk, "word " * 400)
    await say(desk, "word " * 500)
    await desk.until(lambda: "oldest message" in words(desk))
    assert "2 oldest message(s) would not be included." in words(desk)
    sentence, *steps = desk.notices()
    assert sentence == "This chat does not fit the model's context window."
    assert steps[-1] == "[Use a 2K context]"
    assert "[Leave out oldest]" in steps


async def test_a_chat_grows_out_of_its_context_by_itself_and_says_so_once(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Hi")
    assert speaker.asked[-1]["options"] == {"num_ctx": 8192}
    await say(desk, "word " * 8000)
    assert speaker.asked[-1]["options"] == {"num_ctx": 16_384}
    assert desk.toast()[:1] == ["The model is reloaded with a context window of 16K, which it keeps."]
    assert words(desk) == ""
    assert len(speaker.asked[-1]["messages"]) == 3, "nothing was left out"
    await desk.ask_and_wait("And now?")
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await desk.ask_and_wait("Something else")
    assert [body["options"]["num_ctx"] for body in speaker.asked[-2:]] == [16_384, 16_384]


STALE = (
    "an error was encountered while running the model: error: task id = 14, error: request (3466 tokens) exceeds the "
    "available context size (2048 tokens), try increasing it"
)


async def test_a_process_that_dies_in_mid_answer_leaves_continue_and_no_other_chat_is_refused(
    desk: Desk, speaker: Speaker
) -> None:
    speaker.says("Once upon", " a time", error=STALE)
    await desk.ask_and_wait("Write a very long story about a dragon")
    assert desk.answer() == "Once upon a time"
    assert desk.notices()[0] == "The model process on Ollama ended."
    assert desk.notices()[-1] == "[Continue]"
    (_, answer), _ = await desk.program.chat.path(desk.chat())
    assert answer.state is MessageState.INTERRUPTED
    speaker.says(" there was one.")
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.CONTINUE)
    await desk.until(lambda: desk.answer() == "Once upon a time there was one." and not desk.streaming())
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asked = len(speaker.asked)
    await desk.ask_and_wait("Why is the sky blue?")
    assert len(speaker.asked) == asked + 1
    assert desk.answer() == "Yes."


async def test_every_button_of_the_strip_can_be_seen_in_a_narrow_window(desk: Desk) -> None:
    choose(desk, 1024)
    await say(desk, "word " * 400)
    desk.window.resize(560, 820)
    desk.edit.setPlainText("word " * 500)
    await desk.until(lambda: "oldest message" in words(desk))
    strip = desk.window.findChild(ContextStrip)
    assert strip is not None
    await desk.until(lambda: len(buttons(desk)) == 5 and all_inside(strip))


def all_inside(strip: ContextStrip) -> bool:
    shown = [button for button in strip.findChildren(QPushButton) if button.isVisible()]
    return all(button.visibleRegion().boundingRect().size() == button.size() for button in shown)
