"""What a person sees in the window while a server misbehaves, and what comes of what they do about it."""

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING
from chatdesk.kernel.chat.message import MessageState
from chatdesk.ui_kit.errors.error_wording import NextStep
from tests.fakes.scripted_server import reply
from tests.gui.window.desk import Desk, Speaker
from tests.own_time import OwnTime

AT_MOST_SECONDS = 1.0


def stage(desk: Desk) -> str:
    """The line in the place of an answer that has not begun."""
    count = len(desk.transcript.document)
    body = desk.transcript.document[count - 1].body if count else None
    return body.stage.words(desk.transcript._page, 0) if body and body.waiting else ""


def thoughts(desk: Desk) -> str:
    """What it thought, folded or not."""
    return desk.transcript.document[1].source(REASONING)


async def stop(desk: Desk) -> None:
    with OwnTime() as waited:
        desk.press(Qt.Key.Key_Escape)
        await desk.until(lambda: not desk.streaming())
    assert waited.seconds < AT_MOST_SECONDS
    assert desk.notices() == ["You stopped this answer.", "[Regenerate]"]


async def test_a_connection_cut_while_it_thinks_keeps_the_thoughts_and_can_go_on(desk: Desk, speaker: Speaker) -> None:
    desk.choose_model("thinker")
    speaker.says(reasoning=("Let me ", "think"), cut=True)
    await desk.ask_and_wait("Why?")
    assert (thoughts(desk), desk.answer()) == ("Let me think", "")
    assert not desk.transcript.document[1].body.reasoning.running
    told, *steps = desk.notices()
    assert told == "The connection to Ollama was lost. The text received so far is kept."
    assert steps[-1] == "[Continue]"
    kept = await desk.program.chat.find(desk.transcript.document.message(1).id)
    assert kept is not None
    assert (kept.state, kept.reasoning.text if kept.reasoning else "") == (MessageState.INTERRUPTED, "Let me think")
    assert Verb.FOLD_REASONING in [control.command.verb for control in desk.transcript.controls_of(1)]
    speaker.says("Because.", reasoning=("Now I know",))
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.CONTINUE)
    await desk.until(lambda: desk.answer() == "Because." and not desk.streaming())
    assert (thoughts(desk), desk.notices()) == ("Now I know", [])


async def test_a_model_that_loads_can_be_stopped_at_once(desk: Desk, speaker: Speaker) -> None:
    desk.choose_model("thinker")
    speaker.says(silence=60.0)
    desk.ask("Why?")
    await desk.until(lambda: stage(desk) == "Loading the model")
    await stop(desk)
    await speaker.server.until(lambda: any(left.request.path == "/api/chat" for left in speaker.server.disconnects))


async def test_a_busy_server_is_waited_for_before_the_person_s_eyes(desk: Desk, speaker: Speaker) -> None:
    speaker.says(refusal=reply({"error": "slow down"}, 429, headers={"Retry-After": "2"}))
    desk.ask("Why?")
    await desk.until(lambda: stage(desk) == "Server busy. Retrying in 2 s")
    await desk.until(lambda: stage(desk) == "Server busy. Retrying in 1 s")
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert len(speaker.asked) == 2
    assert desk.notices() == []


async def test_who_does_not_want_to_wait_for_a_busy_server_stops(desk: Desk, speaker: Speaker) -> None:
    speaker.says(refusal=reply({"error": "slow down"}, 429, headers={"Retry-After": "50"}))
    desk.ask("Why?")
    await desk.until(lambda: stage(desk) == "Server busy. Retrying in 50 s")
    await stop(desk)
    assert len(speaker.asked) == 1


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        (NextStep.LEAVE_OUT, ["Second"]),
        (NextStep.SUMMARISE, ["Second"]),
        (NextStep.SEND_ANYWAY, ["First ", "Yes.", "Second"]),
    ],
)
async def test_each_choice_under_a_refusal_for_its_length_is_carried_out(
    desk: Desk, speaker: Speaker, choice: NextStep, sent: list[str]
) -> None:
    desk.edit.setPlainText("First " + "word " * 900)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    words = "request (1300 tokens) exceeds the available context size (1200 tokens), try increasing it"
    speaker.says(refusal=reply({"error": words}, 400))
    await desk.ask_and_wait("Second")
    assert desk.notices()[0] == "This chat does not fit the model's context window."
    before = len(speaker.asked)
    for _ in range(3 if choice is NextStep.SUMMARISE else 0):  # piece by piece: so much is no more to be had at once
        speaker.says("They said words.")
    desk.click_control(Verb.FAILURE_ACTION, action=choice)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    asked = [[message["content"] for message in body["messages"]] for body in speaker.asked[before:]]
    spoken = [[text[:6] for text in texts if not text.startswith("The beginning")] for texts in asked]
    assert spoken[-1] == sent
    assert spoken[:-1] == [["Summar"]] * (3 if choice is NextStep.SUMMARISE else 0)
    if choice is NextStep.SUMMARISE:
        assert any("They said words." in text for text in asked[-1])
    assert len(desk.messages()) == 4


async def test_a_server_that_wants_tls_is_asked_so_when_the_person_says_so(desk: Desk, speaker: Speaker) -> None:
    speaker.says(refusal=reply("", 301, headers={"Location": "https://127.0.0.1:9/api/chat"}))
    await desk.ask_and_wait("Hi")
    assert desk.notices()[0] == "Ollama requires an encrypted connection."
    (server,) = (server for server in desk.program.servers.all() if server.name == "Ollama")
    assert server.base_url.startswith("http://")
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.USE_TLS)
    await desk.until(lambda: desk.notices() and desk.notices()[0] == "Ollama does not respond at https://127.0.0.1:9.")
    saved = desk.program.servers.find(server.id)
    assert saved is not None
    assert saved.base_url == "https://127.0.0.1:9"
