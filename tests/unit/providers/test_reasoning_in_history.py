"""What every vendor is sent of earlier answers: the body as it goes over the wire. Their rules: docs/fault-proof.md, case 57."""

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.providers.provider_factory import make_provider
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.paths import RESOURCES

FILE = RESOURCES / "providers.toml"
VENDORS = load_vendors(FILE.read_text("utf-8"))
TURNS = (
    Turn(Role.USER, "Hi"),
    Turn(Role.ASSISTANT, "Hello.", "They greet."),
    Turn(Role.USER, "And?"),
    Turn(Role.ASSISTANT, "Nothing."),
    Turn(Role.USER, "Bye"),
)
PLAIN = [
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Hello."},
    {"role": "user", "content": "And?"},
    {"role": "assistant", "content": "Nothing."},
    {"role": "user", "content": "Bye"},
]
WANTED_BACK = [
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Hello.", "reasoning_content": "They greet."},
    {"role": "user", "content": "And?"},
    {"role": "assistant", "content": "Nothing.", "reasoning_content": ""},
    {"role": "user", "content": "Bye"},
]
"""With nothing thought, too: without the field the server refuses the whole request."""


@pytest.mark.parametrize(
    "vendor", [each for each in VENDORS if not each.protocol.is_application], ids=lambda vendor: vendor.id
)
async def test_reasoning_goes_back_where_the_vendor_s_rule_says_so_and_nowhere_else(http: HttpClient, vendor: Vendor):
    def script(request: Request) -> list[Step]:
        empty = {"models": [], "done": True, "choices": [{"delta": {"content": "Bye"}, "finish_reason": "stop"}]}
        return [reply(empty)]

    async with ScriptedServer(script) as server:
        path = "" if vendor.protocol is ServerProtocol.OLLAMA else "/v1"
        config = ServerConfig("s", vendor.name, vendor.id, vendor.protocol, server.url + path)
        provider = make_provider(config, vendor, "key-1234567", http)
        async for _ in provider.chat(ChatRequest("m", TURNS)):
            pass
    bodies = [request.json() for request in server.requests if request.method == "POST"]
    assert [body["messages"] for body in bodies] == [WANTED_BACK if vendor.id == "deepseek" else PLAIN]
    assert vendor.id == "deepseek" or "They greet" not in str(bodies)
