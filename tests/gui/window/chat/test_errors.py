"""The errors of ordinary life, from the server to the words under an answer and the next step."""

import pytest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import LAST_MODEL, LAST_SERVER
from chatdesk.ui_kit.errors.error_wording import NextStep
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.gui.window.desk import Desk, Speaker

OVERFLOW = {"error": "the request exceeds the available context size (4096 tokens), try increasing it"}
NO_MEMORY = {"error": "model requires more system memory (5.6 GiB) than is available (3.9 GiB)"}
REFUSALS = [
    (reply({"error": "unauthorized"}, 401), "requires an API key", "[Server settings]"),
    (reply({"error": "model 'scripted:1b' not found"}, 404), "has no model named scripted:1b", "[Choose a model]"),
    (reply({"error": "slow down"}, 429), "too many requests", "[Try again]"),
    (reply(OVERFLOW, 400), "does not fit the model's context window", "[Send anyway]"),
    (reply(NO_MEMORY, 500), "does not have enough memory for scripted:1b", "[Choose a model]"),
    (reply({"error": "out of memory"}, 500), "reported an internal error", "[Try again]"),
]


@pytest.mark.parametrize(
    ("refusal", "sentence", "step"), REFUSALS, ids=["401", "404", "429", "overflow", "memory", "500"]
)
async def test_a_refusal_is_told_in_words_with_its_best_step_last(
    desk: Desk, speaker: Speaker, refusal: bytes, sentence: str, step: str
) -> None:
    speaker.says(refusal=refusal)
    await desk.ask_and_wait("Hello")
    told, *steps = desk.notices()
    assert sentence in told
    assert steps[-1] == step
    assert desk.messages() == ["Hello", ""]
    assert desk.edit.text() == ""


async def test_a_server_that_is_down_is_named_and_asking_again_works_once_it_runs(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    port = speaker.server.port
    await speaker.server.__aexit__()
    await desk.ask_and_wait("Second")
    told, *steps = desk.notices()
    assert told == f"Ollama does not respond at http://127.0.0.1:{port}."
    assert steps[-2:] == ["[Try again]", "[Troubleshoot]"]
    assert desk.messages() == ["First", "Yes.", "Second", ""]
    await desk.until(lambda: desk.window._models.server_failed)  # the list of models knows it, too
    assert desk.window._models.chosen.ref == ModelRef("ollama", "scripted:1b"), "the chat keeps to its model"
    await speaker.server.__aenter__()
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.RETRY)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert desk.notices() == []
    await desk.until(lambda: not desk.window._models.server_failed)


async def test_a_stream_cut_in_the_middle_keeps_what_came_and_can_go_on(desk: Desk, speaker: Speaker) -> None:
    speaker.says("Half an ", "answer", cut=True)
    await desk.ask_and_wait("Tell me")
    assert desk.answer() == "Half an answer"
    told, *steps = desk.notices()
    assert "was lost. The text received so far is kept." in told
    assert steps == ["[Try again]", "[Continue]"]
    speaker.says(" and the rest.")
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.CONTINUE)
    await desk.until(lambda: desk.answer() == "Half an answer and the rest." and not desk.streaming())


async def test_an_error_in_the_middle_keeps_what_came(desk: Desk, speaker: Speaker) -> None:
    speaker.says("Half", error="the runner crashed")
    await desk.ask_and_wait("Tell me")
    assert desk.answer() == "Half"
    assert desk.notices()[0] == "Ollama reported an internal error."


async def test_the_step_under_an_error_leads_there(desk: Desk, speaker: Speaker) -> None:
    speaker.says(refusal=reply({"error": "unauthorized"}, 401))
    await desk.ask_and_wait("Hello")
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.SERVER_SETTINGS)
    await desk.until(lambda: desk.window._places.title == "Settings")


async def test_server_settings_open_at_the_key_of_the_server_that_wants_one(desk: Desk, speaker: Speaker) -> None:
    """A key pasted there must not go to the server that was added last and is open still."""

    def wants_a_key(request: Request) -> list[Step]:
        if request.path.endswith("/models"):
            return [reply({"data": [{"id": "locked"}]})]
        return [reply({"error": {"message": "no key"}}, 401)]

    async with ScriptedServer(wants_a_key) as first, ScriptedServer(wants_a_key) as second:
        servers = desk.program.servers
        for name, address in (("asked", first.url), ("other", second.url)):
            await servers.save(
                ServerConfig(name, name.title(), "custom", servers.vendors["custom"].protocol, f"{address}/v1")
            )
            await desk.program.models.refresh_server(servers.find(name))
        desk.window._places.show_server("other", "address")
        desk.window._places.show_chats()
        desk.window._choose_model(ModelRef("asked", "locked"))
        await desk.ask_and_wait("Hello")
        desk.click_control(Verb.FAILURE_ACTION, action=NextStep.SERVER_SETTINGS)
        await desk.until(lambda: focused(desk) == "serverKey")
        card = desk.window.focusWidget()
        while card is not None and not isinstance(card, ServerCard):
            card = card.parentWidget()
        assert card is not None
        assert first.url in [edit.text().removesuffix("/v1") for edit in card.findChildren(QLineEdit)]


def focused(desk: Desk) -> str:
    widget = desk.window.focusWidget()
    return widget.objectName() if widget else ""


async def test_without_any_model_what_was_typed_stays(desk: Desk, speaker: Speaker) -> None:
    for server in desk.program.servers.all():
        await desk.program.servers.remove(server.id)
    desk.program.settings.set(LAST_SERVER, "")
    desk.program.settings.set(LAST_MODEL, "")
    desk.ask("Is anybody there?")
    await desk.until(lambda: desk.edit.text() == "Is anybody there?")
    assert desk.window._page.shows_start
