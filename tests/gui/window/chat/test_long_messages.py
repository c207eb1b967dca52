"""One message that is too long, and a chat that outgrows its context: which next steps are offered, and what comes of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from chatdesk.features.chat.ui.context.context_strip import ContextStrip
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.widgets.button import ButtonKind
from tests.fakes.scripted_models import ScriptedModel
from tests.fakes.scripted_server import reply
from tests.gui.window.chat.test_context import border, buttons, menu, press, say, text_of
from tests.gui.window.harness import FakeModel, Harness

LARGE = ScriptedModel("large:1b", context_length=131_072, layers=2)
DOCUMENT = "word " * 1600
"""2,000 tokens."""


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (LARGE,)


def choose(harness: Harness, tokens: int) -> None:
    """Choose so much context for the model."""
    harness.program.models.preferences.set_context(ModelRef("ollama", LARGE.name), tokens)


async def send(harness: Harness, text: str) -> None:
    """Paste a text and send it, and wait until something is said about it."""
    harness.edit.setPlainText(text)
    harness.press(Qt.Key.Key_Return)
    await harness.until(
        lambda: not harness.chat_page.shows_start and len(harness.messages()) == 2 and harness.notices()
    )


async def test_a_message_that_is_too_long_is_read_with_the_smallest_context_that_is_enough(
    harness: Harness, fake_model: FakeModel
) -> None:
    choose(harness, 256)
    await send(harness, DOCUMENT)
    sentence, *steps = harness.notices()
    assert sentence == "Even without older messages, this does not fit the model's context window."
    assert steps == ["[Choose a model]", "[Send anyway]", "[Use a 4K context]"]
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.MORE_CONTEXT)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096}
    assert harness.notices() == []


async def test_the_strip_over_the_composer_offers_the_same_and_counts_no_message_that_is_not_there(
    harness: Harness, fake_model: FakeModel
) -> None:
    choose(harness, 256)
    await send(harness, DOCUMENT)
    await harness.until(lambda: harness.window.findChild(ContextStrip) and text_of(harness))
    assert text_of(harness) == "This message has about 2000 tokens; the context window of large:1b is 256."
    assert buttons(harness) == ["Use a 4K context", "Larger context…", "Send anyway"]
    best = harness.part("context.enough")
    assert best.kind is ButtonKind.FILLED
    assert best.geometry().right() + 1 == best.parentWidget().width()
    assert border(harness) is None
    await press(harness, "enough")
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096}


async def test_a_message_sent_anyway_that_is_refused_shows_what_the_server_counted(
    harness: Harness, fake_model: FakeModel
) -> None:
    choose(harness, 256)
    await send(harness, DOCUMENT)
    error = "request (1689 tokens) exceeds the available context size (256 tokens), try increasing it"
    fake_model.says(refusal=reply({"error": error}, 400))
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.SEND_ANYWAY)
    shown: Callable[[], list[str]] = lambda: [strip.notice.consequence for strip in item(harness).notices]  # noqa: E731
    await harness.until(
        lambda: shown() == ["Ollama counted 1689 tokens; its context window is 256. Nothing was left out."]
    )
    assert harness.notices()[-1] == "[Use a 4K context]"
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.MORE_CONTEXT)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096}


async def test_where_nothing_can_be_left_out_that_is_no_choice(harness: Harness) -> None:
    choose(harness, 256)
    await send(harness, DOCUMENT)
    await press(harness, "send-anyway")
    await harness.until(lambda: buttons(harness) == ["Change…"])
    await press(harness, "change")
    found = await menu(harness)
    assert [action.isEnabled() for action in found.actions()[:4]] == [True, False, False, True]
    found.close()


def item(harness: Harness) -> object:
    return harness.transcript.document[len(harness.transcript.document) - 1]


async def test_the_question_and_its_own_failed_answer_are_no_older_messages(harness: Harness) -> None:
    choose(harness, 1024)
    await say(harness, "word " * 400)
    await say(harness, "word " * 500)
    await harness.until(lambda: "oldest message" in text_of(harness))
    assert "2 oldest message(s) would not be included." in text_of(harness)
    sentence, *steps = harness.notices()
    assert sentence == "This chat does not fit the model's context window."
    assert steps[-1] == "[Use a 2K context]"
    assert "[Leave out oldest]" in steps


async def test_a_chat_grows_out_of_its_context_by_itself_and_says_so_once(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["options"] == {"num_ctx": 8192}
    await say(harness, "word " * 8000)
    assert fake_model.asked[-1]["options"] == {"num_ctx": 16_384}
    assert harness.toast()[:1] == ["The model is reloaded with a context window of 16K, which it keeps."]
    assert text_of(harness) == ""
    assert len(fake_model.asked[-1]["messages"]) == 3, "nothing was left out"
    await harness.ask_and_wait("And now?")
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.ask_and_wait("Something else")
    assert [body["options"]["num_ctx"] for body in fake_model.asked[-2:]] == [16_384, 16_384]


STALE = (
    "an error was encountered while running the model: error: task id = 14, error: request (3466 tokens) exceeds the "
    "available context size (2048 tokens), try increasing it"
)


async def test_a_process_that_dies_in_mid_answer_leaves_continue_and_no_other_chat_is_refused(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("Once upon", " a time", error=STALE)
    await harness.ask_and_wait("Write a very long story about a dragon")
    assert harness.answer() == "Once upon a time"
    assert harness.notices()[0] == "The model process on Ollama ended."
    assert harness.notices()[-1] == "[Continue]"
    (_, answer), _ = await harness.program.chat.chat.path(harness.chat())
    assert answer.state is MessageState.INTERRUPTED
    fake_model.says(" there was one.")
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.CONTINUE)
    await harness.until(lambda: harness.answer() == "Once upon a time there was one." and not harness.streaming())
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asked = len(fake_model.asked)
    await harness.ask_and_wait("Why is the sky blue?")
    assert len(fake_model.asked) == asked + 1
    assert harness.answer() == "Yes."


async def test_every_button_of_the_strip_can_be_seen_in_a_narrow_window(harness: Harness) -> None:
    choose(harness, 1024)
    await say(harness, "word " * 400)
    harness.window.resize(560, 820)
    harness.edit.setPlainText("word " * 500)
    await harness.until(lambda: "oldest message" in text_of(harness))
    strip = harness.window.findChild(ContextStrip)
    assert strip is not None
    await harness.until(lambda: len(buttons(harness)) == 5 and all_inside(strip))


def all_inside(strip: ContextStrip) -> bool:
    shown = [button for button in strip.findChildren(QPushButton) if button.isVisible()]
    return all(button.visibleRegion().boundingRect().size() == button.size() for button in shown)
