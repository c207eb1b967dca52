"""Requests of OpenAI's chat completions, with the quirks of each vendor.

Unset fields are omitted: some servers reject unknown fields, and defaults are up to the server. Format:
https://platform.openai.com/docs/api-reference/chat/create
"""

import re
from collections.abc import Mapping
from dataclasses import field
from urllib.parse import quote

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Thinking, Turn
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.thinking import EFFORTS
from chatdesk.kernel.servers.server import ServerConfig, Vendor, WireFormat
from chatdesk.providers.catalogue.vendors import Quirk
from chatdesk.providers.extra_members import extra_members

# A server's variant of OpenAI's protocol: the vendor's row and the user's settings.

USUAL_CHAT_PATH = "/chat/completions"
USUAL_RESPONSES_PATH = "/responses"
USUAL_MODELS_PATH = "/models"


@dataclass(frozen=True, slots=True)
class OpenAISetup:
    """Paths begin with a slash and are appended to the base URL; `{model}` is replaced with the model's id."""

    quirks: frozenset[str] = frozenset()
    wire_format: WireFormat = WireFormat.CHAT_COMPLETIONS
    chat_path: str = USUAL_CHAT_PATH
    responses_path: str = USUAL_RESPONSES_PATH
    models_path: str = USUAL_MODELS_PATH
    native_lists: tuple[str, ...] = ()
    api_version: str = ""
    model_ids: tuple[str, ...] = ()
    """Models that the user added; they precede those of the list."""
    extra_body: Mapping[str, object] = field(default_factory=dict)

    @property
    def may_lack_version(self) -> bool:
        """Whether to try a base URL without `/v1` again with it: servers with custom paths do not use it."""
        return self.chat_path == USUAL_CHAT_PATH and not self.api_version

    def path_of_chat(self, model_id: str) -> str:
        """Return the path for chat requests to a model."""
        path = self.responses_path if self.wire_format is WireFormat.RESPONSES else self.chat_path
        return self._with_version(path.replace("{model}", quote(model_id, safe="")))

    def path_of_models(self) -> str:
        """Return the path of the model list."""
        return self._with_version(self.models_path)

    def _with_version(self, path: str) -> str:
        return f"{path}?api-version={quote(self.api_version, safe='')}" if self.api_version else path


def setup_of(server: ServerConfig, vendor: Vendor) -> OpenAISetup:
    """Return the setup of `server`. Raise `ExtraBodyUnusable` if its additional JSON is invalid."""
    return OpenAISetup(
        vendor.quirks,
        server.wire_format if server.wire_format in vendor.wire_formats else vendor.wire_formats[0],
        vendor.chat_path,
        vendor.responses_path,
        vendor.models_path,
        vendor.native_lists,
        server.api_version if vendor.api_version and server.api_version else vendor.api_version,
        server.model_ids,
        extra_members(server),
    )


_ROLES = {Role.SYSTEM: "system", Role.USER: "user", Role.ASSISTANT: "assistant"}
"""Tool results are not included: without the corresponding calls, every server rejects them."""
SAMPLING = {
    Quirk.TOP_K: "top_k",
    Quirk.MIN_P: "min_p",
    Quirk.REPEAT_PENALTY: "repeat_penalty",
    Quirk.REPETITION_PENALTY: "repeat_penalty",
}
"""Parameters outside the protocol, by quirk; the value of a quirk is the parameter's name in the request."""
_UNKNOWN = re.compile(
    r"unknown|unsupported|unrecogni[sz]ed|unexpected|extra|not (?:supported|permitted|allowed)|does not support",
    re.IGNORECASE,
)
_REASONING_REQUIRED = re.compile(r"reasoning_content\b.{0,60}\bmust be passed back", re.IGNORECASE | re.DOTALL)


_NOTHING: Mapping[str, object] = {}


def chat_body(
    request: ChatRequest, quirks: frozenset[str], extra: Mapping[str, object] = _NOTHING
) -> dict[str, object]:
    """Return the body of a streaming request. `extra` contains members added by the user, which override other settings."""
    parameters = request.parameters
    limit = "max_completion_tokens" if Quirk.MAX_COMPLETION_TOKENS in quirks else "max_tokens"
    optional: dict[str, object] = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        limit: parameters.max_tokens,
        "random_seed" if Quirk.RANDOM_SEED in quirks else "seed": parameters.seed,
        "stop": list(parameters.stop) if parameters.stop else None,
        "response_format": _response_format(parameters),
    }
    for quirk, value in _sampling(parameters).items():
        optional[quirk.value] = value if quirk in quirks else None
    body: dict[str, object] = {
        "model": request.model_id,
        "messages": _messages(request, quirks),
        "stream": True,
    }
    if request.continues_answer and Quirk.CONTINUES_FINAL_MESSAGE in quirks:
        body |= {"continue_final_message": True, "add_generation_prompt": False}
    if Quirk.NO_STREAM_OPTIONS not in quirks:
        body["stream_options"] = {"include_usage": True}
    if Quirk.RETURN_PROGRESS in quirks:
        body["return_progress"] = True
    body |= {name: value for name, value in optional.items() if value is not None}
    return body | _thinking_switch(request, quirks) | dict(extra)


def corrected(quirks: frozenset[str], refusal: str) -> frozenset[str] | None:
    """Return the quirks of a server, corrected according to its `refusal` of a request; None if the refusal is about something else."""
    if "stream_options" in refusal:
        better = quirks | {Quirk.NO_STREAM_OPTIONS}
    elif _UNKNOWN.search(refusal) and (unknown := [quirk for quirk in SAMPLING if quirk.value in refusal]):
        better = quirks - set(unknown)
    elif "max_completion_tokens" in refusal and "max_tokens" in refusal:
        better = quirks ^ {Quirk.MAX_COMPLETION_TOKENS}
    elif _REASONING_REQUIRED.search(refusal):
        better = quirks | {Quirk.REASONING_IN_HISTORY}
    elif "reasoning_content" in refusal:
        better = quirks - {Quirk.REASONING_IN_HISTORY}
    else:
        return None
    return better if better != quirks else None


def _sampling(parameters: Parameters) -> dict[Quirk, float | None]:
    return {quirk: getattr(parameters, name) for quirk, name in SAMPLING.items()}


def _response_format(parameters: Parameters) -> dict[str, object] | None:
    if parameters.format is None:
        return None
    schema = parameters.schema()
    if schema is None:
        return {"type": "json_object"}
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}


def _messages(request: ChatRequest, quirks: frozenset[str]) -> list[dict[str, object]]:
    turns = [turn for turn in request.turns if turn.role in _ROLES]
    messages = [_message(turn, quirks) for turn in turns]
    if request.continues_answer:
        if Quirk.CONTINUES_PARTIAL_ANSWERS in quirks and turns[-1].reasoning:
            messages[-1]["reasoning_content"] = turns[-1].reasoning
        if Quirk.CONTINUES_PREFIX in quirks:
            messages[-1]["prefix"] = True
    return messages


def _message(turn: Turn, quirks: frozenset[str]) -> dict[str, object]:
    # A plain string, not a list of one part: several servers and chat templates accept only strings.
    content = [*_words(turn), *map(_image, turn.pictures)] if turn.pictures else turn.text
    message: dict[str, object] = {"role": _ROLES[turn.role], "content": content}
    if turn.role is Role.ASSISTANT and Quirk.REASONING_IN_HISTORY in quirks:
        message["reasoning_content"] = turn.reasoning
    return message


def _image(picture: Picture) -> dict[str, object]:
    return {"type": "image_url", "image_url": {"url": picture.data_uri()}}


def _words(turn: Turn) -> list[dict[str, object]]:
    return [{"type": "text", "text": turn.text}] if turn.text else []


def _thinking_switch(request: ChatRequest, quirks: frozenset[str]) -> dict[str, object]:
    if request.thinking is Thinking.AUTO or request.can_think is False:
        return {}
    off, on = request.thinking is Thinking.OFF, request.thinking is not Thinking.OFF
    effort = request.thinking.value if request.thinking in EFFORTS else None
    effort_option: dict[str, object] = {"reasoning_effort": effort} if effort else {}
    plain_on = "default" if Quirk.DEFAULT_EFFORT in quirks else "medium"
    template = {} if effort else {"chat_template_kwargs": {"enable_thinking": on, "thinking": on}}
    switches: dict[Quirk, dict[str, object]] = {
        Quirk.THINKING_TYPE: {"thinking": {"type": "enabled" if on else "disabled"}, **effort_option},
        Quirk.ENABLE_THINKING: {"enable_thinking": on, **effort_option},
        Quirk.THINKING_IN_TEMPLATE: {**template, **effort_option},
        Quirk.REASONING_EFFORT: {"reasoning_effort": "none" if off else effort or plain_on},
        Quirk.REASONING_OBJECT: {"reasoning": {"effort": effort} if effort else {"enabled": on}},
    }
    return next((switch for quirk, switch in switches.items() if quirk in quirks), {})
