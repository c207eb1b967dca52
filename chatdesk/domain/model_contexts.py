"""How much context a person wants for a model, kept as one setting: an object in JSON, tokens by server and model."""

import json

from chatdesk.domain.model import ModelRef
from chatdesk.domain.parameters import NUMBER_RANGES

_MOST_KEPT = 500
_BETWEEN = "\n"
"""Stands in no name."""


def context_in(text: str, ref: ModelRef) -> int | None:
    """Return what is wanted for a model; None if nothing is. Tolerant: what was changed by hand into something else says nothing."""
    tokens = _read(text).get(_key(ref))
    return tokens if isinstance(tokens, int) and NUMBER_RANGES["num_ctx"].has(tokens) else None


def with_context(text: str, ref: ModelRef, tokens: int) -> str:
    """Return the setting with this wish in it; the oldest ones go when there are too many."""
    wishes = _read(text)
    wishes.pop(_key(ref), None)
    wishes[_key(ref)] = tokens
    return json.dumps(dict(list(wishes.items())[-_MOST_KEPT:]), ensure_ascii=False)


def _read(text: str) -> dict[str, object]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _key(ref: ModelRef) -> str:
    return f"{ref.server_id}{_BETWEEN}{ref.model_id}"
