"""A question asked of a scripted server through everything below the screen, and what came of it, in the words a person reads."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from chatdesk.app.console import error_texts
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import AnswerGrew
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, ToolCallPart
from chatdesk.kernel.chat.stream_events import AnswerStageChanged
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.registry import from_failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import Header, ServerConfig, ServerProtocol
from chatdesk.ui_kit.errors.error_texts import describe_failure
from tests.fakes.scripted_server import LAST_CHUNK, Request, Script, ScriptedServer, Step, chunk, head, reply
from tests.own_time import TIMEOUT

NAME = "Testbed"
MODEL = "scripted:1b"
OPENAI, OLLAMA = ServerProtocol.OPENAI, ServerProtocol.OLLAMA
VENDOR = {
    OPENAI: "custom",
    OLLAMA: "ollama",
    ServerProtocol.DIFY: "dify",
    ServerProtocol.FASTGPT: "fastgpt",
    ServerProtocol.N8N: "n8n",
    ServerProtocol.DB_GPT: "db-gpt",
    ServerProtocol.VECTORVEIN: "vectorvein",
}


@dataclass(frozen=True)
class Outcome:
    """`window` and `console` are the sentences of a failure; `steps` the buttons under it, the best one last; `more` its details."""

    text: str = ""
    reasoning: str = ""
    state: MessageState = MessageState.COMPLETE
    finish: FinishReason | None = None
    kind: str = ""
    window: str = ""
    console: str = ""
    steps: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    damaged: bool = False
    """Whether the message says that characters were lost."""
    more: str = field(default="", compare=False)
    usage: Usage = field(default=Usage(), compare=False)


@dataclass
class FaultHarness:
    """The real services over a database in memory's place, a network thread and one server."""

    servers: Servers
    conversations: Conversations
    chat: Chat
    branches: Branches
    address: str = ""
    """Of the server that was asked last."""

    async def point_at(
        self, url: str, protocol: ServerProtocol = OPENAI, headers: tuple[Header, ...] = ()
    ) -> ServerConfig:
        server = ServerConfig("s", NAME, VENDOR[protocol], protocol, url, headers)
        await self.servers.save(server)
        self.address = url
        return server

    async def begin(self, text: str = "Hi") -> str:
        """Ask, and return the conversation."""
        conversation = (await self.conversations.create()).id
        await self.chat.send(conversation, Question(text, ModelRef("s", MODEL)))
        return conversation

    async def go_on(self, conversation: str, text: str) -> Outcome:
        """Ask once more there."""
        await self.chat.send(conversation, Question(text, ModelRef("s", MODEL)))
        return await self.outcome(conversation)

    async def edit(self, question_id: str, text: str) -> None:
        """Ask a question in other words."""
        await self.chat.edit(question_id, Question(text, ModelRef("s", MODEL)))

    async def has_come(self, conversation: str, text: str) -> None:
        """Wait until the answer begins with a text."""
        async with asyncio.timeout(TIMEOUT):
            while not (await self.chat.messages(conversation))[-1].text.startswith(text):
                await asyncio.sleep(0.02)

    async def outcome(self, conversation: str) -> Outcome:
        """Wait for the end of the answer, which is on disk then as it is shown."""
        await self.chat.wait_until_idle(conversation)
        answer = (await self.chat.path(conversation))[0][-1]
        assert await self.chat.find(answer.id) == answer
        return outcome_of(answer)

    async def ask(
        self, steps: Iterable[Step] | Callable[[Request], Iterable[Step]], protocol: ServerProtocol = OPENAI
    ) -> Outcome:
        """Return what comes of asking a server that answers with `steps`."""
        script = steps if callable(steps) else answering(steps)
        async with ScriptedServer(script) as server:
            await self.point_at(server.url, protocol)
            async with asyncio.timeout(TIMEOUT):
                return await self.outcome(await self.begin())

    def preview_hosts(self) -> list[AnswerStageChanged]:
        """Return a list that takes in every stage from here on."""
        seen: list[AnswerStageChanged] = []

        def note(change: object) -> None:
            if isinstance(change, AnswerGrew):
                seen.extend(event for event in change.events if isinstance(event, AnswerStageChanged))

        self.chat.changes.subscribe(note)
        return seen


def on_the_console(failure: Failure) -> str:
    problem = error_texts.describe(from_failure(failure), ConsoleTexts(lambda: "en", Path("nowhere")))
    return f"{problem.sentence} {problem.detail}".rstrip()


def outcome_of(answer: Message) -> Outcome:
    failure = answer.failure
    text = describe_failure(failure) if failure else None
    return Outcome(
        answer.text,
        answer.reasoning.text if answer.reasoning else "",
        answer.state,
        answer.finish,
        failure.kind if failure else "",
        text.sentence if text else "",
        on_the_console(failure) if failure else "",
        tuple(action.label for action in text.actions) if text else (),
        tuple(part.name for part in answer.parts if isinstance(part, ToolCallPart)),
        answer.damaged,
        text.details if text else "",
        answer.usage or Usage(),
    )


def answering(steps: Iterable[Step]) -> Script:
    """Answer a question with `steps`, and whatever else is asked with what a server says that knows nothing more."""
    every = list(steps)

    def script(request: Request) -> Iterable[Step]:
        return every if request.method == "POST" else [reply({"error": "not here"}, 404)]

    return script


def sse(*payloads: object) -> list[Step]:
    """Return a stream of events: a text or bytes as they are, anything else as the JSON of one event."""
    return [head(), *map(_event, payloads), LAST_CHUNK]


def lines(*payloads: object) -> list[Step]:
    """Return a stream of JSON lines."""
    return [head(content_type="application/x-ndjson"), *map(_line, payloads), LAST_CHUNK]


def cut(stream: list[Step], *ending: Step) -> list[Step]:
    """Return the stream without its end, and with another."""
    return [*stream[:-1], *ending]


def says(text: object = None, reason: object = None, **more: object) -> dict[str, object]:
    """Return a chunk of OpenAI's."""
    delta = {"content": text} if text is not None else {}
    return {"choices": [{"index": 0, "delta": {**delta, **more}, "finish_reason": reason}]}


def line(text: str = "", **more: object) -> dict[str, object]:
    """Return a line of Ollama's."""
    return {"message": {"role": "assistant", "content": text}, "done": False, **more}


STOP = says(reason="stop")
DONE = "data: [DONE]\n\n"
END = line(done=True, done_reason="stop")


def _event(payload: object) -> bytes:
    return chunk(payload if isinstance(payload, bytes | str) else f"data: {json.dumps(payload)}\n\n")


def _line(payload: object) -> bytes:
    return chunk(payload if isinstance(payload, bytes | str) else json.dumps(payload) + "\n")
