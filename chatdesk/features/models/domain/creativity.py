"""Creativity in words: the temperatures they stand for, by the advice of a model's makers and the limit of its provider."""

from collections.abc import Mapping
from enum import StrEnum

from chatdesk.kernel.models.model_rules import ModelRule

_USUAL = (0.3, 0.7, 1.1)
_SAME = 1e-9


class Creativity(StrEnum):
    """How freely a model chooses its words. `DEFAULT` sends no temperature, `CUSTOM` a number that no word stands for."""

    DEFAULT = "default"
    PRECISE = "precise"
    BALANCED = "balanced"
    CREATIVE = "creative"
    CUSTOM = "custom"


WORDED = (Creativity.PRECISE, Creativity.BALANCED, Creativity.CREATIVE)


def temperatures(rule: ModelRule, limit: float | None = None) -> Mapping[Creativity, float]:
    """Return the temperature of each word. `limit` is the highest one that the provider accepts."""
    if rule.temperature_range:
        least, most = rule.temperature_range
        advised = rule.parameters.temperature
        values = (least, (least + most) / 2 if advised is None else advised, most)
    else:
        values = _USUAL
    return {word: value if limit is None else min(value, limit) for word, value in zip(WORDED, values, strict=True)}


def creativity_of(temperature: float | None, levels: Mapping[Creativity, float]) -> Creativity:
    """Return the word for a temperature that the user has set."""
    if temperature is None:
        return Creativity.DEFAULT
    return next((word for word, value in levels.items() if abs(value - temperature) < _SAME), Creativity.CUSTOM)
