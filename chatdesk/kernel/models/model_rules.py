"""What makers advise for their models, as data (`resources/models.toml`)."""

from collections.abc import Iterable
from dataclasses import field
from fnmatch import fnmatchcase

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.token_estimate import PictureTokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import ThinkTags


@dataclass(frozen=True, slots=True)
class ModelRule:
    """For all models whose id is one of `models`; `*` stands for anything, upper and lower case are one."""

    models: tuple[str, ...] = ()
    instructions_in_question: bool = False
    """Instructions belong before the first question, not into a system message."""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: tuple[Thinking, ...] | None = None
    """What the model can be told about thinking; None = the rule says nothing."""
    tags: tuple[ThinkTags, ...] = ()
    """What it writes around its reasoning, beside the usual tags."""
    pictures: PictureTokens | None = None
    """How many tokens it takes for a picture; None = the rule says nothing."""


def rule_for(rules: Iterable[ModelRule], model_id: str) -> ModelRule:
    """Return what the rules about this model say together, an earlier one before a later; an empty rule if none is about it."""
    found = [rule for rule in rules if matches(rule.models, model_id)]
    parameters = Parameters()
    for rule in reversed(found):
        parameters = rule.parameters.over(parameters)
    return ModelRule(
        (model_id,),
        any(rule.instructions_in_question for rule in found),
        parameters,
        next((rule.thinking for rule in found if rule.thinking is not None), None),
        tuple(pair for rule in found for pair in rule.tags),
        next((rule.pictures for rule in found if rule.pictures is not None), None),
    )


def matches(patterns: Iterable[str], model_id: str) -> bool:
    """Whether one of the patterns means this model."""
    return any(fnmatchcase(model_id.lower(), pattern.lower()) for pattern in patterns)
