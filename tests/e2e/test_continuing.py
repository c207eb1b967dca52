"""An answer that is cut off goes on from its last letter, on the real engine: together it is what it would have been in one piece."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.installation import find_starter_model
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.network.http import HttpClient
from chatdesk.providers.openai.chat_completions import OpenAIProvider
from chatdesk.providers.provider_factory import make_provider
from chatdesk.system.machine import physical_cores
from tests.e2e.test_wire_formats import LLAMA_CPP, missing

pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]

QUESTION = Turn(Role.USER, "Write a story about a girl named Luna.")
LENGTH = 40
"""Tokens of the whole."""


@pytest.fixture
async def address() -> AsyncIterator[EngineAddress]:
    engine = BuiltInEngine(EngineOptions(cores=physical_cores(), slots=1))
    yield await engine.ensure_running(find_starter_model().path)
    await engine.stop()


@pytest.fixture
async def asked(address: EngineAddress) -> AsyncIterator[OpenAIProvider]:
    server = ServerConfig("s", "Engine", LLAMA_CPP.id, LLAMA_CPP.protocol, address.base_url)
    async with HttpClient() as http:
        provider = make_provider(server, LLAMA_CPP, address.key, http)
        assert isinstance(provider, OpenAIProvider)
        yield provider


async def said(asked: OpenAIProvider, request: ChatRequest, tokens: int) -> str:
    parameters = Parameters(temperature=0.0, seed=1, max_tokens=tokens)
    events = [event async for event in asked.chat(replace(request, parameters=parameters))]
    return "".join(getattr(event, "text", "") for event in events)


@pytest.mark.parametrize("cut", [1, 7, 20])
async def test_two_halves_are_the_whole(asked: OpenAIProvider, cut: int):
    request = ChatRequest("m", (QUESTION,))
    whole = await said(asked, request, LENGTH)
    half = await said(asked, request, cut)
    assert whole.startswith(half)
    unfinished = replace(request, turns=(QUESTION, Turn(Role.ASSISTANT, half)), continues_answer=True)
    continuation = await asked.continuation(unfinished)
    assert continuation is not None
    assert half + await said(asked, continuation.request, LENGTH - cut) == whole
