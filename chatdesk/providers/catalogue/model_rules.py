"""Reading of `resources/models.toml`. The rules are defined in `kernel/models/model_rules.py`."""

import tomllib

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.token_estimate import PictureTokens
from chatdesk.kernel.models.model_rules import Ability, ModelRule
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import ThinkTags


def load_model_rules(text: str) -> tuple[ModelRule, ...]:
    """Return the rules in their order.

    Raise `KeyError`, `TypeError`, `ValueError` or `tomllib.TOMLDecodeError`: the file is part of the program.
    """
    return tuple(
        ModelRule(
            tuple(rule["models"]),
            rule.get("instructions_in_question", False),
            Parameters(**rule.get("parameters", {})),
            _range(rule["temperature_range"]) if "temperature_range" in rule else None,
            tuple(map(Thinking, rule["thinking"])) if "thinking" in rule else None,
            tuple(ThinkTags(*pair) for pair in rule.get("tags", ())),
            PictureTokens(**rule["pictures"]) if "pictures" in rule else None,
            Ability[rule["ability"].upper()] if "ability" in rule else None,
            rule.get("file_marks", False),
        )
        for rule in tomllib.loads(text)["rule"]
    )


def _range(ends: list[float]) -> tuple[float, float]:
    least, most = ends
    return float(least), float(most)
