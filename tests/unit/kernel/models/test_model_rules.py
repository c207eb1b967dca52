"""What can be expected of a model, by its size, its name and the rules."""

import pytest

from chatdesk.kernel.chat.application import Application
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_rules import Ability, ability_of
from chatdesk.providers.catalogue.model_rules import load_model_rules
from tests.paths import RESOURCES

RULES = load_model_rules((RESOURCES / "models.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "parameters", "size", "ability"),
    [
        ("SmolLM2-135M-Instruct.Q4_1.gguf", None, 98_000_000, Ability.BASIC),
        ("smollm2:latest", "134.52M", None, Ability.BASIC),
        ("qwen3:0.6b", None, None, Ability.BASIC),
        ("gemma3:1b", "999.89M", None, Ability.BASIC),
        ("llama3.2:1b", "1.2B", None, Ability.SMALL),
        ("deepseek-r1:1.5b", None, None, Ability.SMALL),
        ("qwen3:4b", None, None, Ability.MEDIUM),
        ("deepseek-r1:8b", "8.2B", None, Ability.MEDIUM),
        ("hf.co/unsloth/Qwen3-14B-GGUF:Q4_K_M", None, None, Ability.LARGE),
        ("mixtral:8x7b", None, None, Ability.MEDIUM),
        ("my-own-model", None, 5_000_000_000, Ability.MEDIUM),
        ("deepseek-chat", None, None, Ability.LARGE),
        ("gpt-5", None, None, Ability.LARGE),
        ("gemini-2.5-flash-lite", None, None, Ability.MEDIUM),
        ("gpt-4.1-nano", None, None, Ability.MEDIUM),
    ],
)
def test_the_ability_follows_from_size_and_name(
    name: str, parameters: str | None, size: int | None, ability: Ability
) -> None:
    model = Model(ModelRef("server", name), name, parameters=parameters, size_bytes=size)
    assert ability_of(model, RULES) is ability


def test_an_application_can_do_what_it_was_made_for() -> None:
    model = Model(ModelRef("dify", "app"), "Tiny 1b", application=Application())
    assert ability_of(model, RULES) is Ability.LARGE
