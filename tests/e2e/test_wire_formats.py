"""The real engine, a llama.cpp server, asked in both of OpenAI's formats and recognised by its address."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.installation import find_starter_model
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.base import KeyRejected
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, WireFormat
from chatdesk.network.http import HttpClient
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.providers.provider import Provider
from chatdesk.providers.provider_factory import make_provider
from chatdesk.providers.recognition import recognise
from chatdesk.system.machine import physical_cores
from tests.own_time import OwnTime
from tests.paths import RESOURCES

VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))
LLAMA_CPP = next(vendor for vendor in VENDORS if vendor.id == "llama-cpp")
CHAT = (
    Turn(Role.SYSTEM, "You are a parrot."),
    Turn(Role.USER, "Say: green"),
    Turn(Role.ASSISTANT, "green", "they want green"),
    Turn(Role.USER, "Say: blue"),
)


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]
both = pytest.mark.parametrize("wire_format", WireFormat)


@pytest.fixture
async def address() -> AsyncIterator[EngineAddress]:
    engine = BuiltInEngine(EngineOptions(cores=physical_cores(), slots=1))
    yield await engine.ensure_running(find_starter_model().path)
    await engine.stop()


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


def provider(address: EngineAddress, http: HttpClient, wire_format: WireFormat, **settings: str) -> Provider:
    server = ServerConfig(
        "s", "llama.cpp", "llama-cpp", ServerProtocol.OPENAI, address.base_url, wire_format=wire_format, **settings
    )
    return make_provider(server, LLAMA_CPP, address.key, http)


async def answer(asked: Provider, turns: tuple[Turn, ...] = CHAT, **parameters: object) -> GrowingAnswer:
    grown = GrowingAnswer()
    request = ChatRequest("m", turns, parameters=Parameters(temperature=0, **parameters))
    async for event in asked.chat(request):
        grown.apply(event)
    return grown


@both
async def test_it_answers_with_usage_and_stops_at_the_limit(
    address: EngineAddress, http: HttpClient, wire_format: WireFormat
):
    asked = provider(address, http, wire_format)
    whole = await answer(asked, max_tokens=64)
    assert (whole.finish, bool(whole.text)) == (FinishReason.STOP, True)
    assert whole.usage.prompt_tokens > 10
    assert whole.usage.completion_tokens > 0
    assert whole.usage.tokens_per_second > 0
    cut = await answer(asked, (Turn(Role.USER, "Count from one to twenty."),), max_tokens=4)
    assert (cut.finish, cut.usage.completion_tokens) == (FinishReason.LENGTH, 4)


@both
async def test_both_formats_say_the_same_and_extra_json_reaches_the_model(
    address: EngineAddress, http: HttpClient, wire_format: WireFormat
):
    usual = await answer(provider(address, http, WireFormat.CHAT_COMPLETIONS), max_tokens=24)
    same = await answer(provider(address, http, wire_format), max_tokens=24)
    assert same.text == usual.text
    banned = await answer(
        provider(address, http, wire_format, extra_body='{"grammar": "root ::= \\"purple\\""}'), max_tokens=24
    )
    assert banned.text == "purple"


@pytest.mark.alone
@both
async def test_a_stop_reaches_the_server(address: EngineAddress, http: HttpClient, wire_format: WireFormat):
    asked = provider(address, http, wire_format, extra_body='{"ignore_eos": true}')
    request = ChatRequest("m", CHAT, parameters=Parameters(max_tokens=900))
    async with aclosing(asked.chat(request)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                break
    with OwnTime() as waited:
        await answer(asked, max_tokens=1)  # there is one slot: it is free again
    assert waited.seconds < 15


@both
async def test_a_wrong_key_is_reported(address: EngineAddress, http: HttpClient, wire_format: WireFormat):
    with pytest.raises(KeyRejected):
        await answer(provider(EngineAddress(address.base_url, "wrong"), http, wire_format))


async def test_its_address_tells_who_it_is(address: EngineAddress, http: HttpClient):
    (found,) = await recognise(address.base_url, VENDORS, http)
    assert (found.vendor_id, found.base_url, found.needs_key) == ("llama-cpp", address.base_url, True)
