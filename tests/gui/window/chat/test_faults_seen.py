"""What a person sees in the window while a server misbehaves, and what comes of what they do about it."""

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING
from chatdesk.kernel.chat.message import MessageState
from chatdesk.ui_kit.errors.wording_types import NextStep
from tests.fakes.scripted_server import reply
from tests.gui.window.harness import FakeModel, Harness
from tests.own_time import OwnTime

AT_MOST_SECONDS = 1.0


def stage(harness: Harness) -> str:
    """The line in the place of an answer that has not begun."""
    count = len(harness.transcript.document)
    body = harness.transcript.document[count - 1].body if count else None
    return body.stage.text(harness.transcript._page, 0) if body and body.waiting else ""


def thoughts(harness: Harness) -> str:
    """What it thought, folded or not."""
    return harness.transcript.document[1].source(REASONING)


async def stop(harness: Harness) -> None:
    with OwnTime() as waited:
        harness.press(Qt.Key.Key_Escape)
        await harness.until(lambda: not harness.streaming())
    assert waited.seconds < AT_MOST_SECONDS
    assert harness.notices() == ["You stopped this answer.", "[Regenerate]"]


async def test_a_connection_cut_while_it_thinks_keeps_the_thoughts_and_can_go_on(
    harness: Harness, fake_model: FakeModel
) -> None:
    harness.choose_model("thinker")
    fake_model.says(reasoning=("Let me ", "think"), cut=True)
    await harness.ask_and_wait("Why?")
    assert (thoughts(harness), harness.answer()) == ("Let me think", "")
    assert not harness.transcript.document[1].body.reasoning.running
    message, *steps = harness.notices()
    assert message == "The connection to Ollama was lost."
    assert harness.transcript.document[1].notices[0].notice.consequence == "The text received so far is kept."
    assert steps[-1] == "[Continue]"
    stored = await harness.program.chat.chat.find(harness.transcript.document.message(1).id)
    assert stored is not None
    assert (stored.state, stored.reasoning.text if stored.reasoning else "") == (
        MessageState.INTERRUPTED,
        "Let me think",
    )
    assert Verb.FOLD_REASONING in [control.command.verb for control in harness.transcript.controls_of(1)]
    fake_model.says("Because.", reasoning=("Now I know",))
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.CONTINUE)
    await harness.until(lambda: harness.answer() == "Because." and not harness.streaming())
    assert (thoughts(harness), harness.notices()) == ("Now I know", [])


async def test_a_model_that_loads_can_be_stopped_at_once(harness: Harness, fake_model: FakeModel) -> None:
    harness.choose_model("thinker")
    fake_model.says(silence=60.0)
    harness.ask("Why?")
    await harness.until(lambda: stage(harness) == "Loading the model")
    await stop(harness)
    await fake_model.server.until(
        lambda: any(left.request.path == "/api/chat" for left in fake_model.server.disconnects)
    )


async def test_a_busy_server_is_waited_for_before_the_person_s_eyes(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(refusal=reply({"error": "slow down"}, 429, headers={"Retry-After": "2"}))
    harness.ask("Why?")
    await harness.until(lambda: stage(harness) == "Server busy. Retrying in 2 s")
    await harness.until(lambda: stage(harness) == "Server busy. Retrying in 1 s")
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert len(fake_model.asked) == 2
    assert harness.notices() == []


async def test_who_does_not_want_to_wait_for_a_busy_server_stops(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(refusal=reply({"error": "slow down"}, 429, headers={"Retry-After": "50"}))
    harness.ask("Why?")
    await harness.until(lambda: stage(harness) == "Server busy. Retrying in 50 s")
    await stop(harness)
    assert len(fake_model.asked) == 1


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        (NextStep.LEAVE_OUT, ["Second"]),
        (NextStep.SUMMARISE, ["Second"]),
        (NextStep.SEND_ANYWAY, ["First ", "Yes.", "Second"]),
    ],
)
async def test_each_choice_under_a_refusal_for_its_length_is_carried_out(
    harness: Harness, fake_model: FakeModel, choice: NextStep, sent: list[str]
) -> None:
    harness.edit.setPlainText("First " + "word " * 900)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    content = "request (1300 tokens) exceeds the available context size (1200 tokens), try increasing it"
    fake_model.says(refusal=reply({"error": content}, 400))
    await harness.ask_and_wait("Second")
    assert harness.notices()[0] == "This chat does not fit the model's context window."
    before = len(fake_model.asked)
    for _ in range(3 if choice is NextStep.SUMMARISE else 0):  # piece by piece: so much is no more to be had at once
        fake_model.says("They said words.")
    harness.click_control(Verb.FAILURE_ACTION, action=choice)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    asked = [[message["content"] for message in body["messages"]] for body in fake_model.asked[before:]]
    spoken = [[text[:6] for text in texts if not text.startswith("The beginning")] for texts in asked]
    assert spoken[-1] == sent
    assert spoken[:-1] == [["Summar"]] * (3 if choice is NextStep.SUMMARISE else 0)
    if choice is NextStep.SUMMARISE:
        assert any("They said words." in text for text in asked[-1])
    assert len(harness.messages()) == 4


async def test_a_server_that_wants_tls_is_asked_so_when_the_person_says_so(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says(refusal=reply("", 301, headers={"Location": "https://127.0.0.1:9/api/chat"}))
    await harness.ask_and_wait("Hi")
    assert harness.notices()[0] == "Ollama requires an encrypted connection."
    (server,) = (server for server in harness.program.servers.servers.all() if server.name == "Ollama")
    assert server.base_url.startswith("http://")
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.USE_TLS)
    await harness.until(
        lambda: harness.notices() and harness.notices()[0] == "Ollama does not respond at https://127.0.0.1:9."
    )
    saved = harness.program.servers.servers.find(server.id)
    assert saved is not None
    assert saved.base_url == "https://127.0.0.1:9"
