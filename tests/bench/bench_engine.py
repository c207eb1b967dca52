"""E1 and E2, how soon the built-in engine answers: the second turn of a chat of 8,000 tokens, and a chat that was read ahead.

E1 counts tokens that the engine reads: those of the second turn against those of the same question as a chat of its own. The times stand
beside it; a token costs more the more tokens are before it, so that only the count tells whether anything is read twice. E2 holds the first
token of a chat that was opened before against that of a cold one.
"""

import asyncio
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.engine.installation import find_starter_model
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.chat.conversation import Conversation, Question
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import ENGINE_CONTEXT, ENGINE_READ_AHEAD, TITLES
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.bench.figure import Figure

IDS = ("E1", "E2")
_ROUNDS = 2
_CONTEXT = 8192
_LONG, _MIDDLE = 7_000, 1_500
"""Tokens of a history, roughly."""
_TOKENS_OF_SENTENCE = 13
_QUESTION = "What should a visitor see there first, and how long does the way take on foot? " * 20
_MAX_TOKENS = 4
"""Of an answer: what is measured is what happens before it."""


def measure() -> list[Figure]:
    """Return the figures of E1 and E2."""
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(_measure(Path(home)))


async def _measure(home: Path) -> list[Figure]:
    async with _program(home) as program:
        alone = await _answer(program, await _chat(program, 0, "alone"))
        chat = await _chat(program, _LONG, "long")
        whole, second = await _answer(program, chat), await _answer(program, chat)
        cold, ahead, waited = [], [], []
        for number in range(_ROUNDS):
            cold.append(_first_token(await _answer(program, await _chat(program, _MIDDLE, f"cold {number}"), "Go on.")))
            chat = await _chat(program, _MIDDLE, f"ahead {number}")
            waited.append(await _read_ahead(program, chat))
            ahead.append(_first_token(await _answer(program, chat, "Go on.")))
    first_cold, first_ahead = statistics.median(cold), statistics.median(ahead)
    return [
        Figure(
            "E1.second_turn",
            _new_tokens(second) / _new_tokens(alone),
            "x new tokens",
            at_most=1.2,
            beside={
                "tokens of the chat": second.prompt_tokens or 0,
                "of them read": _new_tokens(second),
                "ms": _first_token(second),
                "new tokens alone, ms": _first_token(alone),
                "whole chat, ms": _first_token(whole),
            },
        ),
        Figure(
            "E2.read_ahead",
            first_cold / first_ahead,
            "x sooner",
            at_least=5,
            beside={"cold, ms": first_cold, "read ahead, ms": first_ahead, "reading, ms": statistics.median(waited)},
        ),
    ]


@asynccontextmanager
async def _program(home: Path) -> AsyncIterator[Program]:
    folders = Folders.locate({"CHATDESK_HOME": str(home)})
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        program.settings.set(TITLES, "off")
        program.settings.set(ENGINE_CONTEXT, _CONTEXT)
        program.settings.set(ENGINE_READ_AHEAD, "always")
        await program.servers.built_in.search()
        yield program


def _model() -> ModelRef:
    return ModelRef(BUILT_IN_ID, find_starter_model().id)


async def _chat(program: Program, tokens: int, name: str) -> Conversation:
    """Return a chat with a history of about this many tokens, which no other chat begins with."""
    parameters = Parameters(temperature=0.0, seed=1, max_tokens=_MAX_TOKENS)
    conversation = await program.chat.conversations.create(parameters=parameters, instructions=f"This is {name}.")
    messages, parent = [], None
    sentences = tokens // _TOKENS_OF_SENTENCE
    for start in range(0, sentences, 50):
        role = (Role.USER, Role.ASSISTANT)[start // 50 % 2]
        text = " ".join(
            f"In {name}, house {number} has a red door." for number in range(start, min(start + 50, sentences))
        )
        message = Message.new(conversation.id, parent, role, program.chat.now(), text)
        parent = message.id
        messages.append(message)
    if messages and messages[-1].role is Role.USER:
        messages.pop()
    if messages:
        conversation = await program.chat.conversations.add_complete(
            replace(conversation, id=f"{conversation.id}x", head_id=messages[-1].id),
            [replace(message, conversation_id=f"{conversation.id}x") for message in messages],
        )
    return conversation


async def _answer(program: Program, conversation: Conversation, text: str = _QUESTION) -> Usage:
    await program.chat.chat.send(conversation.id, Question(text, _model()))
    await program.chat.chat.wait_until_idle(conversation.id)
    answer = (await program.chat.chat.path(conversation.id))[0][-1]
    if answer.usage is None or answer.state is not MessageState.COMPLETE:
        raise RuntimeError(f"no answer: {answer.failure}")
    return answer.usage


async def _read_ahead(program: Program, conversation: Conversation) -> float:
    """Read a chat ahead as opening it does, without the delay, and return how long that took in milliseconds."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    request = await program.chat.chat.request_ahead(conversation, _model(), Thinking.AUTO)
    if request is None or not await program.servers.connections.read_ahead(_model(), request):
        raise RuntimeError("nothing was read ahead")
    return (loop.time() - begin) * 1000


def _new_tokens(usage: Usage) -> int:
    return (usage.prompt_tokens or 0) - (usage.cached_prompt_tokens or 0)


def _first_token(usage: Usage) -> float:
    """Milliseconds until the first token, as the user sees them."""
    return float(usage.first_token_milliseconds or 0)
