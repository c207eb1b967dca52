"""What we ask Ollama for an answer. Source of the format: docs/api.md of ollama/ollama, "Generate a chat completion"."""

from base64 import b64encode
from collections.abc import Mapping

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.models.thinking import EFFORTS
from chatdesk.kernel.servers.extra_body import OPTIONS
from chatdesk.providers.ollama.models import is_cloud

_ROLES = {Role.SYSTEM: "system", Role.USER: "user", Role.ASSISTANT: "assistant"}

_NOTHING: Mapping[str, object] = {}


def chat_body(request: ChatRequest, extra: Mapping[str, object] = _NOTHING) -> dict[str, object]:
    """Return the body of a request for one streamed answer. What nobody set is left out: the model's own file says it then.

    `extra` are members a person added; they win over what they set otherwise, options one by one.
    """
    parameters = request.parameters
    options = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "top_k": parameters.top_k,
        "min_p": parameters.min_p,
        "repeat_penalty": parameters.repeat_penalty,
        "num_predict": parameters.max_tokens,
        "seed": parameters.seed,
        "stop": list(parameters.stop) if parameters.stop else None,
        "num_ctx": None if is_cloud(request.model_id) else parameters.num_ctx,
    }
    body: dict[str, object] = {
        "model": request.model_id,
        "messages": _messages(request),
        "stream": True,
        # By default Ollama drops the oldest turns, or the beginning of its own answer, without a word. Better an error one can act on.
        "truncate": False,
        "shift": False,
    }
    chosen: dict[str, object] = {name: value for name, value in options.items() if value is not None}
    added = extra.get(OPTIONS)
    if isinstance(added, dict):
        chosen |= added
    if chosen:
        body[OPTIONS] = chosen
    if parameters.keep_alive is not None:
        body["keep_alive"] = _keep_alive(parameters.keep_alive)
    if parameters.format is not None:
        body["format"] = parameters.schema() or parameters.format
    # A model that cannot think refuses to be asked to: where nobody knows, it is asked, and asked again without.
    if request.thinking is not Thinking.AUTO and request.can_think is not False:
        body["think"] = request.thinking.value if request.thinking in EFFORTS else request.thinking is Thinking.ON
    return body | {name: value for name, value in extra.items() if name != OPTIONS}


def unload_body(model_id: str) -> dict[str, object]:
    """Return the request that puts a model out of memory."""
    return {"model": model_id, "messages": [], "keep_alive": 0, "stream": False}


def prompt_body(request: ChatRequest, extra: Mapping[str, object] = _NOTHING) -> dict[str, object]:
    """Return the request for the prompt that an answer would be made from. A server from before this (0.11.11) answers with one token."""
    body = chat_body(request, extra)
    options = body.get(OPTIONS)
    one_token = {**(options if isinstance(options, dict) else {}), "num_predict": 1}
    return body | {"stream": False, "_debug_render_only": True, OPTIONS: one_token}


def _messages(request: ChatRequest) -> list[dict[str, object]]:
    turns = [turn for turn in request.turns if turn.role in _ROLES]
    messages = [_message(turn) for turn in turns]
    if request.goes_on and turns[-1].reasoning:  # earlier ones a model does not need
        messages[-1]["thinking"] = turns[-1].reasoning
    return messages


def _message(turn: Turn) -> dict[str, object]:
    message: dict[str, object] = {"role": _ROLES[turn.role], "content": turn.text}
    if turn.pictures:
        message["images"] = [b64encode(picture.data).decode("ascii") for picture in turn.pictures]
    return message


def _keep_alive(span: str) -> str | int:
    """Return the span as Ollama takes it: a text of digits alone is refused, a number is seconds."""
    return int(span) if span.removeprefix("-").isdecimal() else span
