"""Reads `resources/models.toml`. What the rules mean: `domain/model_rules.py`."""

import tomllib

from chatdesk.domain.model_rules import ModelRule
from chatdesk.domain.parameters import Parameters


def load_model_rules(text: str) -> tuple[ModelRule, ...]:
    """Return the rules in their order. Raises `KeyError`, `TypeError` or `tomllib.TOMLDecodeError`: the file is ours."""
    return tuple(
        ModelRule(
            tuple(rule["models"]),
            rule.get("instructions_in_question", False),
            Parameters(**rule.get("parameters", {})),
        )
        for rule in tomllib.loads(text)["rule"]
    )
