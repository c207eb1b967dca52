"""The errors of ordinary life, from the server to the words under an answer and the next step."""

import pytest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import LAST_MODEL, LAST_SERVER
from chatdesk.ui_kit.errors.wording_types import NextStep
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.gui.window.harness import FakeModel, Harness

OVERFLOW = {"error": "the request exceeds the available context size (4096 tokens), try increasing it"}
NO_MEMORY = {"error": "model requires more system memory (5.6 GiB) than is available (3.9 GiB)"}
REFUSALS = [
    (reply({"error": "unauthorized"}, 401), "requires an API key", "[Provider settings]"),
    (reply({"error": "model 'scripted:1b' not found"}, 404), "has no model named scripted:1b", "[Choose a model]"),
    (reply({"error": "slow down"}, 429), "too many requests", "[Try again]"),
    (reply(OVERFLOW, 400), "does not fit the model's context window", "[Send anyway]"),
    (reply(NO_MEMORY, 500), "does not have enough memory for scripted:1b", "[Choose a model]"),
    (reply({"error": "out of memory"}, 500), "reported an internal error", "[Try again]"),
]


@pytest.mark.parametrize(
    ("refusal", "sentence", "step"), REFUSALS, ids=["401", "404", "429", "overflow", "memory", "500"]
)
async def test_a_refusal_is_explained_with_its_best_step_last(
    harness: Harness, fake_model: FakeModel, refusal: bytes, sentence: str, step: str
) -> None:
    fake_model.says(refusal=refusal)
    await harness.ask_and_wait("Hello")
    message, *steps = harness.notices()
    assert sentence in message
    assert steps[-1] == step
    assert harness.messages() == ["Hello", ""]
    assert harness.edit.text() == ""


async def test_a_server_that_is_down_is_named_and_asking_again_works_once_it_runs(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("First")
    port = fake_model.server.port
    await fake_model.server.__aexit__()
    await harness.ask_and_wait("Second")
    message, *steps = harness.notices()
    assert message == f"Ollama does not respond at http://127.0.0.1:{port}."
    assert steps[-2:] == ["[Try again]", "[Troubleshoot]"]
    assert harness.messages() == ["First", "Yes.", "Second", ""]
    await harness.until(lambda: harness.models.server_failed)  # the list of models knows it, too
    assert harness.models.chosen.ref == ModelRef("ollama", "scripted:1b"), "the chat keeps to its model"
    await fake_model.server.__aenter__()
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.RETRY)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert harness.notices() == []
    await harness.until(lambda: not harness.models.server_failed)


async def test_a_stream_cut_in_the_middle_keeps_what_came_and_can_go_on(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("Half an ", "answer", cut=True)
    await harness.ask_and_wait("Tell me")
    assert harness.answer() == "Half an answer"
    message, *steps = harness.notices()
    assert message.endswith("was lost.")
    assert harness.transcript.document[1].notices[0].notice.consequence == "The text received so far is kept."
    assert steps == ["[Try again]", "[Continue]"]
    fake_model.says(" and the rest.")
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.CONTINUE)
    await harness.until(lambda: harness.answer() == "Half an answer and the rest." and not harness.streaming())


async def test_an_error_in_the_middle_keeps_what_came(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Half", error="the runner crashed")
    await harness.ask_and_wait("Tell me")
    assert harness.answer() == "Half"
    assert harness.notices()[0] == "Ollama reported an internal error."


async def test_the_step_under_an_error_leads_there(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(refusal=reply({"error": "unauthorized"}, 401))
    await harness.ask_and_wait("Hello")
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.SERVER_SETTINGS)
    await harness.until(lambda: harness.window._middle.shown == "models")


async def test_after_a_missing_key_was_entered_the_question_is_asked_again_by_the_step_beside_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says(refusal=reply({"error": "unauthorized"}, 401))
    await harness.ask_and_wait("Hello")
    assert harness.notices()[1:] == ["[Try again]", "[Provider settings]"]
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.RETRY)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())


async def test_server_settings_open_at_the_key_of_the_server_that_wants_one(
    harness: Harness, fake_model: FakeModel
) -> None:
    """A key pasted there must not go to the server that was added last and is open still."""

    def wants_a_key(request: Request) -> list[Step]:
        if request.path.endswith("/models"):
            return [reply({"data": [{"id": "locked"}]})]
        return [reply({"error": {"message": "no key"}}, 401)]

    async with ScriptedServer(wants_a_key) as first, ScriptedServer(wants_a_key) as second:
        servers = harness.program.servers.servers
        for name, address in (("asked", first.url), ("other", second.url)):
            await servers.save(
                ServerConfig(name, name.title(), "custom", servers.vendors["custom"].protocol, f"{address}/v1")
            )
            await harness.program.servers.models.refresh_server(servers.find(name))
        harness.router.show_server("other", "address")
        harness.router.show_chats()
        harness.window._choose_model(ModelRef("asked", "locked"))
        await harness.ask_and_wait("Hello")
        harness.click_control(Verb.FAILURE_ACTION, action=NextStep.SERVER_SETTINGS)
        await harness.until(lambda: focused(harness) == "serverKey")
        card = harness.window.focusWidget()
        while card is not None and not isinstance(card, ServerCard):
            card = card.parentWidget()
        assert card is not None
        assert first.url in [edit.text().removesuffix("/v1") for edit in card.findChildren(QLineEdit)]


def focused(harness: Harness) -> str:
    widget = harness.window.focusWidget()
    return widget.objectName() if widget else ""


async def test_without_any_model_what_was_typed_stays(harness: Harness, fake_model: FakeModel) -> None:
    for server in harness.program.servers.servers.all():
        await harness.program.servers.servers.remove(server.id)
    harness.program.settings.set(LAST_SERVER, "")
    harness.program.settings.set(LAST_MODEL, "")
    harness.ask("Is anybody there?")
    await harness.until(lambda: harness.edit.text() == "Is anybody there?")
    assert harness.chat_page.shows_start
