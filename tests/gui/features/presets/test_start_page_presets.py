"""Which presets an empty chat offers."""

from collections.abc import Mapping
from dataclasses import replace

from chatdesk.features.chat.ui.composer.suggestions import default_suggestions
from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.features.presets.ui.library.start_page_presets import start_page_presets
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.kernel.presets.preset import Preset, PresetOrigin

USUAL = default_suggestions()
BUILT_IN = [
    Preset(each.key.partition(":")[2], PresetOrigin.BUILT_IN, f"{each.title} (library)", "x", category=group.category)
    for group in USUAL
    for each in group.suggestions
]
OWN = Preset("mine", PresetOrigin.OWN, "Mine", "x")


def titles(presets: list[Preset], states: Mapping[str, PresetState] | None = None) -> list[list[str]]:
    found = start_page_presets(presets, lambda key: (states or {}).get(key, PresetState()))
    return [[group.title, *(each.title for each in group.suggestions)] for group in found]


def test_without_habits_they_are_the_usual_ones_before_and_after_the_library_is_read() -> None:
    assert start_page_presets([], lambda _key: PresetState()) == USUAL
    assert start_page_presets([*BUILT_IN, OWN], lambda _key: PresetState()) == USUAL


def test_favourites_and_what_is_used_come_first_in_a_column_of_their_own() -> None:
    snake = BUILT_IN[-1]
    shown = titles([*BUILT_IN, OWN], {OWN.key: PresetState(favourite=True), snake.key: PresetState(uses=4)})
    assert shown[0] == ["Yours", "Mine", snake.name]
    assert shown[1][0] == "Coding"
    assert snake.name not in shown[1]
    assert len(shown) == 3


def test_a_copy_of_one_s_own_stands_in_its_place() -> None:
    copy = replace(BUILT_IN[0], id="copy", origin=PresetOrigin.OWN, name="My translation", replaces=BUILT_IN[0].id)
    assert titles([*BUILT_IN[1:], copy])[0][1] == "My translation"


def test_what_a_model_cannot_do_is_not_suggested() -> None:
    def keys(ability: Ability) -> list[str]:
        found = start_page_presets([*BUILT_IN, OWN], lambda _key: PresetState(), ability)
        return [each.key.removeprefix("built-in:") or each.title for group in found for each in group.suggestions]

    simple = ["Say hello", "Ask a simple question", "Write a short poem"]
    assert keys(Ability.BASIC) == simple
    assert keys(Ability.SMALL) == [*simple, "polish-english"]
    assert "snake-game" not in keys(Ability.MEDIUM)
    assert "explain-code" in keys(Ability.MEDIUM)
    assert "snake-game" in keys(Ability.LARGE)
