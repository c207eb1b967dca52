"""Recommendations of the authors for their models, as data (`resources/models.toml`)."""

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
    """A rule for all models whose id matches one of `models`; `*` matches anything, and case is ignored."""

    models: tuple[str, ...] = ()
    instructions_in_question: bool = False
    """Whether instructions belong before the first question instead of in a system message."""
    parameters: Parameters = field(default_factory=Parameters)
    temperature_range: tuple[float, float] | None = None
    """The lowest and the highest temperature that they advise; None = not specified."""
    thinking: tuple[Thinking, ...] | None = None
    """Supported thinking levels; None = not specified."""
    tags: tuple[ThinkTags, ...] = ()
    """Tags around its reasoning, in addition to the usual ones."""
    pictures: PictureTokens | None = None
    """Tokens it needs for a picture; None = not specified."""


def rule_for(rules: Iterable[ModelRule], model_id: str) -> ModelRule:
    """Return all rules for this model combined, with earlier ones taking precedence; an empty rule if none matches."""
    found = [rule for rule in rules if matches(rule.models, model_id)]
    parameters = Parameters()
    for rule in reversed(found):
        parameters = rule.parameters.over(parameters)
    return ModelRule(
        (model_id,),
        any(rule.instructions_in_question for rule in found),
        parameters,
        next((rule.temperature_range for rule in found if rule.temperature_range is not None), None),
        next((rule.thinking for rule in found if rule.thinking is not None), None),
        tuple(pair for rule in found for pair in rule.tags),
        next((rule.pictures for rule in found if rule.pictures is not None), None),
    )


def matches(patterns: Iterable[str], model_id: str) -> bool:
    """Return whether one of the patterns matches this model."""
    return any(fnmatchcase(model_id.lower(), pattern.lower()) for pattern in patterns)
