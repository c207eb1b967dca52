"""An answer of each application as it stands on the wire, with what it says: for laws that hold however the bytes are cut."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.errors.base import ServerError
from chatdesk.providers.applications.db_gpt import DbGptDecoder
from chatdesk.providers.applications.dify_events import DifyDecoder
from chatdesk.providers.applications.fastgpt import FastGptDecoder
from chatdesk.providers.applications.n8n import N8nDecoder, TextLinesFramer
from chatdesk.providers.streaming.answer_reader import AnswerDecoder
from chatdesk.providers.streaming.framing import EventOrWholeFramer, Framer
from tests.unit.providers.decoding import error_of, not_an_api


@dataclass(frozen=True)
class Wire:
    """The bytes of one answer."""

    name: str
    body: bytes
    text: str
    decoder: Callable[[], AnswerDecoder]
    framer: Callable[[], Framer] = EventOrWholeFramer
    reasoning: str = ""


def sse(*events: tuple[str, object] | dict) -> bytes:
    """Return events; one with a name is a pair."""
    written = []
    for event in events:
        name, value = event if isinstance(event, tuple) else ("", event)
        data = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        written.append((f"event: {name}\n" if name else "") + (f"data: {data}\n" if data else "") + "\n")
    return "".join(written).encode()


def lines(*events: dict) -> bytes:
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events).encode()


def completion(text: str | None = None, finish: str | None = None, **delta: object) -> dict:
    content = {} if text is None else {"content": text}
    return {"choices": [{"index": 0, "delta": {**content, **delta}, "finish_reason": finish}]}


def dify(kind: str, **more: object) -> dict:
    return {"event": kind, "task_id": "t", "message_id": "m", "conversation_id": "c", **more}


def n8n(kind: str, content: str | None = None, node: str = "n1", run: int = 0) -> dict:
    said = {} if content is None else {"content": content}
    return {"type": kind, **said, "metadata": {"nodeId": node, "nodeName": "AI Agent", "itemIndex": 0, "runIndex": run}}


def dify_decoder() -> DifyDecoder:
    return DifyDecoder(error_of, not_an_api, "https://dify.example/v1")


def fastgpt_decoder() -> FastGptDecoder:
    return FastGptDecoder(error_of, not_an_api)


def n8n_decoder() -> N8nDecoder:
    return N8nDecoder(error_of)


WIRES = (
    Wire(
        "dify",
        sse(
            ("ping", ""),
            dify("workflow_started", data={}),
            dify("node_started", data={"title": "LLM"}),
            dify("message", answer="<think>hm</think>\n\nCiao\u2028Roma, "),
            dify("from_the_future", data={"answer": "x"}),
            dify("message", answer="è 🌍 bella."),
            dify("message_end", metadata={"usage": {"prompt_tokens": 1, "completion_tokens": 2}}),
            dify("workflow_finished", data={"status": "succeeded"}),
        ),
        "Ciao\u2028Roma, è 🌍 bella.",
        dify_decoder,
        reasoning="hm",
    ),
    Wire(
        "fastgpt",
        sse(
            ("flowNodeStatus", {"status": "running", "name": "AI 对话"}),
            ("answer", completion(None, reasoning_content="想一想")),
            ("answer", completion("你好，")),
            ("fastAnswer", completion("世界。")),
            ("answer", completion("", "stop")),
            ("answer", "[DONE]"),
            ("flowResponses", [{"moduleName": "AI", "inputTokens": 5, "outputTokens": 7}]),
        ),
        "你好，世界。",
        fastgpt_decoder,
        reasoning="想一想",
    ),
    Wire(
        "db-gpt",
        sse(completion("One "), completion("two\u0085three."), completion(None, "stop"), ("", "[DONE]")),
        "One two\u0085three.",
        lambda: DbGptDecoder(error_of, not_an_api),
    ),
    Wire(
        "db-gpt agents",
        sse(completion("One"), completion("One two"), completion("One two three."), ("", "[DONE]")),
        "One two three.",
        lambda: DbGptDecoder(error_of, not_an_api, repeats=True),
    ),
    Wire(
        "n8n",
        lines(n8n("begin"), n8n("item", "Hel"), n8n("item", "lo\n"), n8n("item", "\u2028you 🌍"), n8n("end")),
        "Hello\n\u2028you 🌍",
        n8n_decoder,
        TextLinesFramer,
    ),
    Wire("n8n whole", json.dumps({"output": "Hello\n\nyou"}).encode(), "Hello\n\nyou", n8n_decoder, TextLinesFramer),
    Wire("n8n plain", b"Hello\n\nyou\n- one\n", "Hello\n\nyou\n- one", n8n_decoder, TextLinesFramer),
)


def heard(wire: Wire, pieces: list[bytes]) -> tuple[GrowingAnswer, AnswerDecoder, ServerError | None]:
    """Return what comes of the bytes in these pieces, and the error they end with."""
    framer, decoder, answer = wire.framer(), wire.decoder(), GrowingAnswer()
    error: ServerError | None = None
    try:
        for piece in [*pieces, None]:
            frames = framer.finish() if piece is None else framer.feed(piece)
            for frame in frames:
                for event in decoder.decode(frame) if frame.data is not None else ():
                    answer.apply(event)
        for event in decoder.flush():
            answer.apply(event)
    except ServerError as raised:
        error = raised
    return answer, decoder, error
