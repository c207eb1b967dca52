"""Recommendations of the authors for their models, as data (`resources/models.toml`)."""

import re
from collections.abc import Iterable
from dataclasses import field
from enum import IntEnum
from fnmatch import fnmatchcase

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.token_estimate import PictureTokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import ThinkTags

_SIZE = r"(?i)(?<![\w.])(?:\d+x)?(\d+(?:\.\d+)?)\s?([bm])(?![a-z0-9])"
"""Number of parameters in a name or a description: `7.6B`, `qwen3:4b`, `135M`, `8x7b`."""
_BYTES_PER_PARAMETER = 0.6
"""Of the usual quantisation to 4 bits."""


class Ability(IntEnum):
    """What can be expected of a model, by the number of its parameters. What is offered for a first message depends on it."""

    BASIC = 0
    """Less than one billion: short sentences."""
    SMALL = 1
    """From one billion: corrects and translates simple texts."""
    MEDIUM = 3
    """From three billion: answers mails, explains code."""
    LARGE = 9
    """From nine billion, and what vendors run: writes programs."""


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
    ability: Ability | None = None
    """What can be expected of it; None = depends on its size."""
    file_marks: bool = False
    """Whether documents are put between `[file content begin]` and `[file content end]`, as it was trained, and not in tags."""


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
        next((rule.ability for rule in found if rule.ability is not None), None),
        any(rule.file_marks for rule in found),
    )


def ability_of(model: Model, rules: Iterable[ModelRule]) -> Ability:
    """Return what can be expected of a model. One of unknown size is treated as large: vendors rarely publish the size of theirs."""
    if model.application:
        return Ability.LARGE
    if (known := rule_for(rules, model.ref.model_id).ability) is not None:
        return known
    billions = _billions(model.parameters or "") or _billions(model.ref.model_id) or _billions(model.name)
    if not billions and model.size_bytes and not model.remote:
        billions = model.size_bytes / _BYTES_PER_PARAMETER / 1e9
    if not billions:
        return Ability.LARGE
    return max(level for level in Ability if level <= billions)


def _billions(text: str) -> float:
    found = re.search(_SIZE, text)
    return float(found[1]) / (1 if found[2].lower() == "b" else 1000) if found else 0


def matches(patterns: Iterable[str], model_id: str) -> bool:
    """Return whether one of the patterns matches this model."""
    return any(fnmatchcase(model_id.lower(), pattern.lower()) for pattern in patterns)
