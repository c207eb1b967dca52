"""What models can be told about thinking: not at all, to do it or not, or how much of it. Which model can what is data (`resources/`)."""

from collections.abc import Iterable

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_rules import matches

EFFORTS = (Thinking.MINIMAL, Thinking.LOW, Thinking.MEDIUM, Thinking.HIGH, Thinking.XHIGH, Thinking.MAX)
"""From little to much."""
_PLAIN_ON = (Thinking.MEDIUM, Thinking.HIGH)
"""The effort that is meant where somebody only says that it shall think."""


@dataclass(frozen=True, slots=True)
class ThinkingRule:
    """For all models whose id is one of `models`. No choice: they do not think. `ON` alone: they always do."""

    models: tuple[str, ...]
    choices: tuple[Thinking, ...] = ()


@dataclass(frozen=True, slots=True)
class ThinkingChoices:
    """What a model can be told. `sure` is False where nobody knows whether it thinks at all."""

    choices: tuple[Thinking, ...] = ()
    sure: bool = True

    @property
    def always(self) -> bool:
        """Whether it thinks whatever it is told."""
        return self.choices == (Thinking.ON,)

    @property
    def has_efforts(self) -> bool:
        """Whether it can be told how much."""
        return any(choice in EFFORTS for choice in self.choices)

    def nearest(self, wanted: Thinking) -> Thinking:
        """Return what to tell the model if `wanted` is asked for; `AUTO` where there is nothing to tell."""
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
        place = EFFORTS.index(wanted)
        return min(efforts, key=lambda effort: (abs(EFFORTS.index(effort) - place), EFFORTS.index(effort)))


NOTHING = ThinkingChoices()


def choices_for(rules: Iterable[ThinkingRule], model_id: str) -> tuple[Thinking, ...] | None:
    """Return what the first rule about this model says; None if none is."""
    return next((rule.choices for rule in rules if matches(rule.models, model_id)), None)
