"""Thinking levels of models: none, on or off, or several efforts. The levels of each model are data (`resources/`)."""

from collections.abc import Iterable

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_rules import matches

EFFORTS = (Thinking.MINIMAL, Thinking.LOW, Thinking.MEDIUM, Thinking.HIGH, Thinking.XHIGH, Thinking.MAX)
"""In ascending order."""
_PLAIN_ON = (Thinking.MEDIUM, Thinking.HIGH)
"""Efforts to use if only thinking as such was requested, in order of preference."""


@dataclass(frozen=True, slots=True)
class ThinkingRule:
    """A rule for all models whose id matches one of `models`. No choices: they do not think. `ON` alone: they always think."""

    models: tuple[str, ...]
    choices: tuple[Thinking, ...] = ()


@dataclass(frozen=True, slots=True)
class ThinkingChoices:
    """Thinking levels of a model. `sure` is False if it is unknown whether it supports thinking at all."""

    choices: tuple[Thinking, ...] = ()
    sure: bool = True

    @property
    def always(self) -> bool:
        """Whether it always thinks."""
        return self.choices == (Thinking.ON,)

    @property
    def has_efforts(self) -> bool:
        """Whether it supports several efforts."""
        return any(choice in EFFORTS for choice in self.choices)

    def nearest(self, wanted: Thinking) -> Thinking:
        """Return the supported level closest to `wanted`; `AUTO` if there is nothing to request."""
        if wanted is Thinking.AUTO or not self.choices or self.always:
            return Thinking.AUTO
        if wanted in self.choices:
            return wanted
        efforts = [effort for effort in EFFORTS if effort in self.choices]
        if wanted is Thinking.OFF:
            return efforts[0] if efforts else Thinking.AUTO
        if not efforts:
            return Thinking.ON if Thinking.ON in self.choices else Thinking.AUTO
        if wanted is Thinking.ON:
            return next((effort for effort in _PLAIN_ON if effort in efforts), efforts[-1])
        rank = EFFORTS.index(wanted)
        return min(efforts, key=lambda effort: (abs(EFFORTS.index(effort) - rank), EFFORTS.index(effort)))


NOTHING = ThinkingChoices()


def choices_for(rules: Iterable[ThinkingRule], model_id: str) -> tuple[Thinking, ...] | None:
    """Return the choices of the first rule for this model; None if there is none."""
    return next((rule.choices for rule in rules if matches(rule.models, model_id)), None)
