"""What is shown of a server's parameters is what the server is sent."""

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.models.parameters import PARAMETER_NAMES, Parameters
from chatdesk.kernel.servers.server import ServerProtocol, WireFormat
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.providers.ollama.ollama_provider import chat_body as ollama_body
from chatdesk.providers.openai.dialect import chat_body as openai_body
from chatdesk.providers.parameter_support import known_parameters
from chatdesk.system.resources import Resources

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
EVERY = {
    "temperature": 0.5,
    "top_p": 0.9,
    "max_tokens": 10,
    "seed": 1,
    "top_k": 5,
    "min_p": 0.1,
    "repeat_penalty": 1.1,
    "stop": ("x",),
    "num_ctx": 512,
    "keep_alive": "1m",
    "format": "json",
}
TURNS = (Turn(Role.USER, "Hi"),)


def test_every_parameter_is_looked_at_here():
    assert set(EVERY) == set(PARAMETER_NAMES)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.id)
def test_what_is_said_to_be_known_is_sent_and_nothing_else(vendor, name: str):
    def body(request: ChatRequest) -> dict[str, object]:
        return ollama_body(request) if vendor.protocol is ServerProtocol.OLLAMA else openai_body(request, vendor.quirks)

    if vendor.protocol.is_application:
        return
    known = known_parameters(vendor.protocol, WireFormat.CHAT_COMPLETIONS, vendor.quirks)
    plain = body(ChatRequest("m", TURNS))
    sent = body(ChatRequest("m", TURNS, parameters=Parameters(**{name: EVERY[name]})))
    assert (sent != plain) is (name in known)


def test_applications_choose_for_themselves():
    assert known_parameters(ServerProtocol.DIFY, WireFormat.CHAT_COMPLETIONS, frozenset()) == frozenset()
    assert known_parameters(ServerProtocol.DB_GPT, WireFormat.CHAT_COMPLETIONS, frozenset()) == {
        "temperature",
        "max_tokens",
    }


def test_the_newer_form_of_openai_knows_less():
    known = known_parameters(ServerProtocol.OPENAI, WireFormat.RESPONSES, frozenset())
    assert known == {"temperature", "top_p", "max_tokens", "format"}
