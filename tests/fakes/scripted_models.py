"""An imitation of Ollama, and one of a server that speaks OpenAI's protocol, on top of the scripted server.

They stream what the test wrote, piece by piece, until the client leaves; `server.disconnects` then says when that was.
"""

import asyncio
import hashlib
import itertools
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chatdesk.features.chat.services.chat_titles import CHINESE_TASK, TASK
from tests.fakes.ollama_shelf import OllamaShelf, ScriptedPull, missing
from tests.fakes.scripted_server import (
    LAST_CHUNK,
    Hang,
    Pause,
    Request,
    Reset,
    ScriptedServer,
    Step,
    chunk,
    head,
    reply,
)

_LOADED_UNTIL = (datetime.now(UTC) + timedelta(minutes=45)).isoformat()
"""Longer than tests and drawings take."""


@dataclass(frozen=True)
class ScriptedAnswer:
    """What the model says. `silence` comes before the reply's headers, `delay` before each piece."""

    text: Sequence[str | asyncio.Event] = ("Hello", " there", ".")
    """An event is waited for; it belongs to the loop the server runs on."""
    reasoning: Sequence[str] = ()
    silence: float = 0.0
    delay: float = 0.0
    endless: bool = False
    """Say the text over and over."""
    error: str = ""
    """Fail with these words after the text."""
    stall: bool = False
    """Say nothing more after the text, and stay connected."""
    cut: bool = False
    """Break the connection after the text."""
    finish: str = "stop"
    """Why the model ended, in the word both protocols have."""
    refusal: bytes = b""
    """A whole reply instead of an answer."""

    def pieces(self) -> Iterator[tuple[str, str | asyncio.Event]]:
        """Yield ("reasoning" or "text", piece)."""
        yield from (("reasoning", piece) for piece in self.reasoning)
        yield from (("text", piece) for piece in (itertools.cycle(self.text) if self.endless else self.text))


@dataclass(frozen=True)
class ScriptedModel:
    """One entry of the list of models. `capabilities` are Ollama's words."""

    name: str = "scripted:1b"
    capabilities: Sequence[str] = ("completion",)
    context_length: int = 4096
    loaded: bool = True
    loaded_length: int | None = None
    """Tokens it is loaded with, where the server reports it."""
    num_ctx: int | None = None
    """Tokens its own file asks for."""
    layers: int = 0
    """With eight heads of 128 for keys; 0 = its build is not reported."""
    size: int = 1_000_000_000
    parameters: str = "1.0B"
    quantization: str = "Q4_K_M"
    licence: str = ""
    graphics: int = 0
    """Bytes of it on the graphics card while it is loaded."""
    opens_last_turn: bool | None = True
    """Whether its template leaves the last answer open, to be gone on with; None: an Ollama that does not show its prompts."""
    content: str = ""
    """Names what all of it is known by: a copy has that of its original; empty: its own."""
    weights: str = ""
    """Names what is loaded of it, as a variant has it of the model it is made of; empty: its own."""


Answers = ScriptedAnswer | Callable[[dict], ScriptedAnswer]
NO_TITLE = ScriptedAnswer(("",))


def scripted_ollama(
    answer: Answers = ScriptedAnswer(),
    models: Sequence[ScriptedModel] = (ScriptedModel(),),
    pull: Callable[[str], ScriptedPull] = lambda _name: ScriptedPull(error="pull model manifest: file does not exist"),
    title: Answers = NO_TITLE,
) -> ScriptedServer:
    """Return an Ollama 0.32 with these models; `answer` may be a function of the request's body, `pull` tells how one comes.

    `title` is what its models say when they are asked for the title of a chat.
    """
    shelf = OllamaShelf(models, pull, _that_came)

    def script(request: Request) -> list[Step] | AsyncIterator[Step]:
        match request.method, request.path:
            case "GET", "/api/version":
                return [reply({"version": "0.32.15"})]
            case "GET", "/api/tags":
                return [reply({"models": [_ollama_card(model) for model in shelf.models.values()]})]
            case "GET", "/v1/models":
                cards = [{"id": name, "object": "model", "owned_by": "library"} for name in shelf.models]
                return [reply({"object": "list", "data": cards})]
            case "GET", "/api/ps":
                loaded = [model for model in shelf.models.values() if model.name in shelf.loaded]
                return [reply({"models": [_ollama_load(model) for model in loaded]})]
            case "POST", "/api/show":
                model = shelf.find(request.json()["model"])
                return [reply(_ollama_show(model))] if model else [missing(request.json()["model"])]
            case "POST", "/api/chat":
                body = request.json()
                if shelf.find(body["model"]) is None:
                    return [missing(body["model"])]
                if prompt := _ollama_prompt(shelf.find(body["model"]), body):
                    return [reply({"model": body["model"], "_debug_info": {"rendered_template": prompt}})]
                if body.get("_debug_render_only"):  # an older one takes it for a question
                    return [reply({"message": {"role": "assistant", "content": "The"}, "done": True})]
                return shelf.keep(body) or _ollama_chat(_chosen(answer, title, body), body["model"])
            case _:
                return shelf.answer(request) or [reply("404 page not found", 404, "text/plain")]

    return ScriptedServer(script, keep_alive=True)


def scripted_openai(
    answer: Answers = ScriptedAnswer(),
    models: Sequence[ScriptedModel] = (ScriptedModel(),),
    *,
    key: str = "",
    reasoning_field: str = "reasoning_content",
    title: Answers = NO_TITLE,
) -> ScriptedServer:
    """Return a server that lives under `/v1` and wants `key`, if one is given; `title` as above."""

    def script(request: Request) -> list[Step] | AsyncIterator[Step]:
        if key and request.headers.get("authorization") != f"Bearer {key}":
            return [reply({"error": {"message": "Invalid API Key", "type": "authentication_error", "code": 401}}, 401)]
        match request.method, request.path:
            case "GET", "/v1/models":
                return [reply({"object": "list", "data": [{"id": model.name, "object": "model"} for model in models]})]
            case "POST", "/v1/chat/completions":
                body = request.json()
                if "model" not in body:
                    return [reply({"error": {"message": "'model' is required", "type": "invalid_request_error"}}, 400)]
                if body["model"] in {model.name for model in models}:
                    return _openai_chat(_chosen(answer, title, body), body["model"], reasoning_field)
                texts = {
                    "message": f"The model `{body['model']}` does not exist",
                    "type": "not_found_error",
                    "code": "model_not_found",
                }
                return [reply({"error": texts}, 404)]
            case _:
                return [reply({"error": {"message": "File Not Found", "type": "not_found_error", "code": 404}}, 404)]

    return ScriptedServer(script, keep_alive=True)


def _chosen(answer: Answers, title: Answers, body: dict) -> ScriptedAnswer:
    content = body["messages"][-1]["content"] if body.get("messages") else ""
    chosen = title if isinstance(content, str) and content.startswith((TASK, CHINESE_TASK)) else answer
    return chosen if isinstance(chosen, ScriptedAnswer) else chosen(body)


def _ollama_prompt(model: ScriptedModel | None, body: dict) -> str:
    """Return the prompt that ChatML makes of a question, where it is requested and sent."""
    if model is None or model.opens_last_turn is None or not body.get("_debug_render_only"):
        return ""
    prompt = ""
    for message in body["messages"]:
        thinking = f"<think>{message['thinking']}</think>" if message.get("thinking") else ""
        prompt += f"<|im_start|>{message['role']}\n{thinking}{message['content']}<|im_end|>\n"
    if model.opens_last_turn and body["messages"][-1]["role"] == "assistant":
        return prompt.removesuffix("<|im_end|>\n")
    return f"{prompt}<|im_start|>assistant\n"


async def _ollama_chat(answer: ScriptedAnswer, model: str) -> AsyncIterator[Step]:
    def line(**fields: object) -> bytes:
        return chunk(json.dumps({"model": model, "created_at": "2026-11-24T13:55:48.23948251Z", **fields}) + "\n")

    yield Pause(answer.silence)
    if answer.refusal:
        yield answer.refusal
        return
    yield head(content_type="application/x-ndjson")
    count = 0
    for kind, piece in answer.pieces():
        if isinstance(piece, asyncio.Event):
            await piece.wait()
            continue
        count += 1
        yield Pause(answer.delay)
        thinking = {"thinking": piece} if kind == "reasoning" else {}
        yield line(message={"role": "assistant", "content": "" if thinking else piece, **thinking}, done=False)
    if answer.stall:
        yield Hang()
    if answer.cut:
        yield Reset()
    if answer.error:
        yield chunk(json.dumps({"error": answer.error}) + "\n")
    else:
        metrics = {
            "total_duration": 5_000_000,
            "prompt_eval_count": 9,
            "eval_count": count,
            "eval_duration": count * 20_000_000,
        }
        yield line(message={"role": "assistant", "content": ""}, done=True, done_reason=answer.finish, **metrics)
    yield LAST_CHUNK


async def _openai_chat(answer: ScriptedAnswer, model: str, reasoning_field: str) -> AsyncIterator[Step]:
    def event(**fields: object) -> bytes:
        return chunk(
            f"data: {json.dumps({'id': 'chatcmpl-1', 'object': 'chat.completion.chunk', 'model': model, **fields})}\n\n"
        )

    def choice(delta: dict, reason: str | None = None) -> dict:
        return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

    yield Pause(answer.silence)
    if answer.refusal:
        yield answer.refusal
        return
    yield head()
    yield event(**choice({"role": "assistant", "content": None}))
    count = 0
    for kind, piece in answer.pieces():
        if isinstance(piece, asyncio.Event):
            await piece.wait()
            continue
        count += 1
        yield Pause(answer.delay)
        yield event(**choice({reasoning_field if kind == "reasoning" else "content": piece}))
    if answer.stall:
        yield Hang()
    if answer.cut:
        yield Reset()
    if answer.error:
        yield event(error={"message": answer.error, "type": "server_error", "code": 500})
    else:
        yield event(**choice({}, answer.finish))
        usage = {"prompt_tokens": 9, "completion_tokens": count, "total_tokens": 9 + count}
        yield event(choices=[], usage=usage)
        yield chunk("data: [DONE]\n\n")
    yield LAST_CHUNK


def _ollama_details(model: ScriptedModel) -> dict:
    return {
        "format": "gguf",
        "family": "qwen3",
        "parameter_size": model.parameters,
        "quantization_level": model.quantization,
        "context_length": model.context_length,
    }


def _ollama_card(model: ScriptedModel) -> dict:
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": "2026-11-24T13:45:04.246376651Z",
        "size": model.size,
        "digest": hashlib.sha256((model.content or model.name).encode()).hexdigest(),
        "details": _ollama_details(model),
        "capabilities": list(model.capabilities),
    }


def _ollama_load(model: ScriptedModel) -> dict:
    length = {} if model.loaded_length is None else {"context_length": model.loaded_length}
    until = {"expires_at": _LOADED_UNTIL, "size_vram": model.graphics}
    return {**_ollama_card(model), **until, **length}


def _ollama_show(model: ScriptedModel) -> dict:
    own = {} if model.num_ctx is None else {"parameters": f"num_ctx                        {model.num_ctx}"}
    heads = {"attention.head_count": 40, "attention.head_count_kv": 8, "attention.key_length": 128}
    build = {"block_count": model.layers, **heads} if model.layers else {}
    info = {"context_length": model.context_length, **build}
    weights = hashlib.sha256((model.weights or model.name).encode()).hexdigest()
    return {
        **own,
        "modelfile": f"# FROM {model.name}\nFROM /models/blobs/sha256-{weights}\n",
        "template": "{{ .Prompt }}",
        "license": model.licence,
        "details": _ollama_details(model),
        "model_info": {"general.architecture": "qwen3", **{f"qwen3.{name}": value for name, value in info.items()}},
        "capabilities": list(model.capabilities),
    }


def _that_came(name: str) -> ScriptedModel:
    return ScriptedModel(name, ("completion", "thinking"), 131_072, loaded=False, layers=48)
