"""Creativity in words, and the temperatures they stand for."""

import pytest

from chatdesk.features.models.domain.creativity import Creativity, creativity_of, temperatures
from chatdesk.kernel.models.model_rules import ModelRule, rule_for
from tests.unit.providers.catalogue.test_model_rules import RULES

USUAL = temperatures(ModelRule())


def test_the_words_stand_for_usual_temperatures() -> None:
    assert list(USUAL.values()) == [0.3, 0.7, 1.1]


@pytest.mark.parametrize("model", ["deepseek-r1:14b", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"])
def test_for_r1_they_stay_within_what_its_makers_advise(model: str) -> None:
    assert list(temperatures(rule_for(RULES, model)).values()) == [0.5, 0.6, 0.7]


def test_they_stay_within_what_a_provider_accepts() -> None:
    assert list(temperatures(ModelRule(), limit=1.0).values()) == [0.3, 0.7, 1.0]


@pytest.mark.parametrize(
    ("temperature", "creativity"),
    [
        (None, Creativity.DEFAULT),
        (0.3, Creativity.PRECISE),
        (0.1 + 0.2, Creativity.PRECISE),
        (0.42, Creativity.CUSTOM),
        (0.0, Creativity.CUSTOM),
    ],
)
def test_a_temperature_is_named_by_its_word_or_by_its_number(temperature: float | None, creativity: Creativity) -> None:
    assert creativity_of(temperature, USUAL) is creativity
