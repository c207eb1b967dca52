"""How much context was wanted for models before `models.json`: one setting then, an object in JSON, tokens by server and model.

It is read while there is no `models.json` yet, and never written again.
"""

import json

from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.models.parameters import NUMBER_RANGES, Parameters

EARLIER_CONTEXTS = "state.model_contexts"
"""The setting's key."""
_BETWEEN = "\n"
"""Stood between the id of a server and that of a model."""
_MOST_KEPT = 500


def earlier_contexts(value: object) -> dict[ModelRef, ModelPreference]:
    """Return what the setting says, as it is kept now. Tolerant: what was changed by hand into something else says nothing."""
    try:
        wishes = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return {}
    found: dict[ModelRef, ModelPreference] = {}
    for key, tokens in list(wishes.items())[-_MOST_KEPT:] if isinstance(wishes, dict) else ():
        server, between, model = key.partition(_BETWEEN)
        whole = isinstance(tokens, int) and not isinstance(tokens, bool)
        if server and between and model and whole and NUMBER_RANGES["num_ctx"].has(tokens):
            found[ModelRef(server, model)] = ModelPreference(parameters=Parameters(num_ctx=tokens))
    return found
