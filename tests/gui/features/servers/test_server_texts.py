"""The picker and the cards of the settings say the same of a server."""

import pytest

from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_texts import server_group, server_state
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.ui.cards.card_texts import server_summary
from chatdesk.features.servers.ui.server_texts import ServerHealth, health_of, health_text
from chatdesk.kernel.errors.base import (
    ChatdeskError,
    KeyExposed,
    KeyMissing,
    KeyRejected,
    NotAChatServer,
    ServerLoading,
    ServerUnreachable,
)
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, ServerStatus, Vendor

VENDOR = Vendor("custom", "Custom", ServerProtocol.OPENAI, "", needs_key=False, local=False)
SERVER = ServerConfig("lab", "Lab", "custom", ServerProtocol.OPENAI, "https://llm.example/v1")
HERE = ServerConfig("here", "Here", "custom", ServerProtocol.OPENAI, "http://127.0.0.1:8000/v1")

STATES = [
    (ServerState(SERVER), "Checking…"),
    (ServerState(SERVER, ServerStatus(None, 1, 5.0)), "Connected"),
    (ServerState(SERVER, error=ServerUnreachable()), "Not reachable"),
    (ServerState(HERE, error=ServerUnreachable()), "Not running"),
    (ServerState(SERVER, error=ServerLoading()), "Loading model"),
    (ServerState(SERVER, error=KeyMissing()), "API key required"),
    (ServerState(SERVER, error=KeyRejected()), "API key rejected"),
    (ServerState(SERVER, error=KeyExposed()), "API key not sent"),
]


@pytest.mark.parametrize(("state", "expected"), STATES)
def test_picker_and_card_have_the_same_words(state: ServerState, expected: str) -> None:
    assert server_group(state, VENDOR).state_text == expected
    assert server_summary(state.server, VENDOR, state).state == expected


def test_what_no_word_says_is_a_sentence_in_the_picker() -> None:
    error: ChatdeskError = NotAChatServer("Lab", url="https://llm.example/v1/models")
    kind, text = server_state(ServerState(SERVER, error=error), VENDOR)
    assert kind is StateKind.ERROR
    assert text == "The server at https://llm.example/v1/models is not a chat API."
    assert health_of(ServerState(SERVER, error=error), VENDOR) is ServerHealth.BROKEN


def test_every_standing_has_words_of_its_own() -> None:
    assert len({health_text(standing) for standing in ServerHealth}) == len(ServerHealth)
