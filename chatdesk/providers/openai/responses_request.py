"""What we ask over OpenAI's Responses API. What comes back: `responses_events.py`.

Every question brings the whole chat along, as with chat completions: nothing is kept for us on the server, so nothing there can differ
from what the person sees. Format: https://platform.openai.com/docs/api-reference/responses/create
"""

from collections.abc import Mapping

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Thinking, Turn
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.thinking import EFFORTS
from chatdesk.providers.catalogue.vendors import Quirk
from chatdesk.providers.openai.dialect import SAMPLING

_ROLES = {Role.SYSTEM: "system", Role.USER: "user", Role.ASSISTANT: "assistant"}


def responses_body(request: ChatRequest, quirks: frozenset[str], extra: Mapping[str, object]) -> dict[str, object]:
    """Return the body of a request for one streamed answer. `extra` are members a person added; they win over what they set otherwise."""
    parameters = request.parameters
    optional: dict[str, object] = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "max_output_tokens": parameters.max_tokens,
        "text": _text_format(parameters),
    }
    for quirk, name in SAMPLING.items():
        optional[quirk.value] = getattr(parameters, name) if quirk in quirks else None
    body: dict[str, object] = {
        "model": request.model_id,
        "input": [_message(turn) for turn in request.turns if turn.role in _ROLES],
        "stream": True,
    }
    if Quirk.STORE_NOTHING in quirks:
        body["store"] = False
    body |= {name: value for name, value in optional.items() if value is not None}
    return body | _thinking_switch(request) | dict(extra)


def _text_format(parameters: Parameters) -> dict[str, object] | None:
    if parameters.format is None:
        return None
    schema = parameters.schema()
    if schema is None:
        return {"format": {"type": "json_object"}}
    return {"format": {"type": "json_schema", "name": "answer", "schema": schema}}


def _message(turn: Turn) -> dict[str, object]:
    """Return a turn as an item. Words of the model are a part of its output: llama.cpp refuses them as a plain text."""
    content: object = turn.text
    if turn.role is Role.ASSISTANT:
        content = [{"type": "output_text", "text": turn.text}]
    elif turn.pictures:
        words = [{"type": "input_text", "text": turn.text}] if turn.text else []
        content = [*words, *map(_image, turn.pictures)]
    return {"type": "message", "role": _ROLES[turn.role], "content": content}


def _image(picture: Picture) -> dict[str, object]:
    return {"type": "input_image", "image_url": picture.data_uri()}


def _thinking_switch(request: ChatRequest) -> dict[str, object]:
    """Return how thinking is switched. Whoever wants to see it must ask for its summary: the API shows nothing of it unasked."""
    if request.thinking is Thinking.AUTO or request.can_think is False:
        return {}
    if request.thinking is Thinking.OFF:
        return {"reasoning": {"effort": "none"}}
    effort = request.thinking if request.thinking in EFFORTS else Thinking.MEDIUM
    return {"reasoning": {"effort": effort.value, "summary": "auto"}}
