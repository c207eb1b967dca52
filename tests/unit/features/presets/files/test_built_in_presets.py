"""The presets that come with the program: readable, complete, and the same in both languages but for their words."""

import re
from functools import cache
from pathlib import Path

from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.presets.preset import CATEGORIES, Preset, PresetKind, PresetOrigin
from chatdesk.kernel.presets.template import names_in
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable, VariableKind
from tests.for_all import for_all
from tests.paths import RESOURCES

LANGUAGES = ("en", "zh_CN")
FILES = sorted((RESOURCES / "presets").glob("*/*.md"))
IDS = sorted({file.stem for file in FILES})
LONGEST_DESCRIPTION = 90
"""Characters: one line of a card in the library."""
HAN = re.compile(r"[\u4e00-\u9fff]")

each_file = for_all(FILES, lambda file: f"{file.parent.name}-{file.stem}")
each_id = for_all(IDS)


@cache
def read(file: Path) -> Preset:
    return read_preset(file.read_text("utf-8"), file.stem, PresetOrigin.BUILT_IN)


def in_both(preset_id: str) -> tuple[Preset, Preset]:
    english, chinese = (read(RESOURCES / "presets" / language / f"{preset_id}.md") for language in LANGUAGES)
    return english, chinese


def texts_of(preset: Preset) -> tuple[str, str, str]:
    return preset.prompt, preset.question, preset.greeting


def test_both_languages_have_the_same_presets() -> None:
    ids = {language: {file.stem for file in FILES if file.parent.name == language} for language in LANGUAGES}
    assert ids["en"] == ids["zh_CN"] == set(IDS)
    assert {file.parent.name for file in FILES} == set(LANGUAGES)


def test_no_two_of_a_language_have_the_same_name() -> None:
    for language in LANGUAGES:
        names = [read(file).name for file in FILES if file.parent.name == language]
        assert len(names) == len(set(names))


def test_every_category_has_some() -> None:
    assert {read(file).category for file in FILES} == set(CATEGORIES)


def test_one_is_for_the_translation_harness() -> None:
    (harness,) = (file.stem for file in FILES if file.parent.name == "en" and read(file).kind is PresetKind.TRANSLATION)
    for preset in in_both(harness):
        assert [variable.name for variable in preset.variables] == ["from", "to", "glossary"]


@each_file
def test_its_head_is_complete_and_short_enough_to_show(file: Path) -> None:
    preset = read(file)
    assert preset.language == file.parent.name
    assert preset.category in CATEGORIES
    assert preset.name
    assert preset.tags
    assert 0 < len(preset.description) <= LONGEST_DESCRIPTION
    assert (RESOURCES / "icons" / f"{preset.icon}.svg").is_file()
    assert not preset.extra, "a key that the program does not know is a slip"


@each_file
def test_its_variables_are_declared_and_used(file: Path) -> None:
    preset = read(file)
    used = {name for text in texts_of(preset) for name in names_in(text)}
    assert used - SYSTEM_NAMES == {variable.name for variable in preset.declared}


@each_file
def test_its_form_is_labelled_and_filled_with_what_it_allows(file: Path) -> None:
    for variable in read(file).declared:
        assert variable.label
        assert allows(variable, variable.default), variable.name


def allows(variable: Variable, value: str) -> bool:
    """Tell whether a person could leave `value` in the form and send it."""
    match variable.kind:
        case VariableKind.CHOICE:
            return value in variable.choices
        case VariableKind.NUMBER:
            return (variable.minimum or 0) <= float(value) <= (variable.maximum or float("inf"))
        case VariableKind.TOGGLE:
            return value in {"on", ""}
        case _:
            return bool(value) or not variable.required


@each_file
def test_it_can_be_tried_at_once(file: Path) -> None:
    preset = read(file)
    applied = AppliedPreset.of(preset)
    facts = dict.fromkeys(SYSTEM_NAMES, "…")
    assert applied.missing == ()
    assert preset.sample or preset.question
    sent = applied.system_text(facts) + applied.message_text(preset.sample, facts)
    assert names_in(sent) == ()


@each_id
def test_both_languages_do_the_same(preset_id: str) -> None:
    english, chinese = in_both(preset_id)
    for what in ("icon", "category", "models", "parameters", "thinking", "output", "kind", "send_as"):
        assert getattr(english, what) == getattr(chinese, what), what
    assert [bool(text) for text in texts_of(english)] == [bool(text) for text in texts_of(chinese)]
    assert bool(english.sample) == bool(chinese.sample)


@each_id
def test_both_languages_take_the_same_values(preset_id: str) -> None:
    def form(preset: Preset) -> list[tuple[str, VariableKind, bool, bool]]:
        return [(variable.name, variable.kind, variable.free, variable.required) for variable in preset.declared]

    english, chinese = in_both(preset_id)
    assert form(english) == form(chinese)
    for one, other in zip(texts_of(english), texts_of(chinese), strict=True):
        assert set(names_in(one)) == set(names_in(other))


@each_id
def test_each_speaks_its_language(preset_id: str) -> None:
    english, chinese = in_both(preset_id)
    for text in (chinese.name, chinese.description, chinese.prompt or chinese.question):
        assert HAN.search(text)
    for variable in chinese.declared:
        assert HAN.search(variable.label)
    for text in (english.name, english.description, *(variable.label for variable in english.declared)):
        assert not HAN.search(text)


def test_the_library_is_worth_opening() -> None:
    assert len(IDS) >= 60


def test_the_curated_order_names_each_of_them_once() -> None:
    order = [line for line in (RESOURCES / "presets/order.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert sorted(order) == IDS


@each_id
def test_a_preset_that_waits_for_a_text_says_which(preset_id: str) -> None:
    english, chinese = in_both(preset_id)
    if english.kind is PresetKind.CHAT and not english.question:
        assert english.placeholder
        assert HAN.search(chinese.placeholder) or chinese.placeholder.isascii() is False
