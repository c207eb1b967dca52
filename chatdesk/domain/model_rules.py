"""What makers advise for their models, as data (`resources/models.toml`)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from chatdesk.domain.parameters import Parameters


@dataclass(frozen=True, slots=True)
class ModelRule:
    """For all models whose id is one of `models`; `*` stands for anything, upper and lower case are one."""

    models: tuple[str, ...] = ()
    instructions_in_question: bool = False
    """Instructions belong before the first question, not into a system message."""
    parameters: Parameters = field(default_factory=Parameters)


def rule_for(rules: Iterable[ModelRule], model_id: str) -> ModelRule:
    """Return the first rule that is about this model; an empty one if none is."""
    return next((rule for rule in rules if matches(rule.models, model_id)), ModelRule())


def matches(patterns: Iterable[str], model_id: str) -> bool:
    """Whether one of the patterns means this model."""
    return any(fnmatchcase(model_id.lower(), pattern.lower()) for pattern in patterns)
