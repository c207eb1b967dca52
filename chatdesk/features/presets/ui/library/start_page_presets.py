"""Presets offered on the start page of an empty chat: favorites and used presets first, then the default ones."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from chatdesk.features.chat.ui.composer.suggestions import Suggestion, SuggestionGroup, default_suggestions
from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.text.safe_text import plain_line

_COLUMN_SIZE = 2
_MAX_COLUMNS = 3


def start_page_presets(
    presets: Iterable[Preset], state: Callable[[str], PresetState], ability: Ability = Ability.LARGE
) -> tuple[SuggestionGroup, ...]:
    """Return up to three columns. If there are favorites or used presets, the first column contains them.

    The others only contain what a model of this ability can be expected to do.
    """
    known = {preset.key: preset for preset in presets}
    replaced = {f"built-in:{preset.replaces}": preset for preset in known.values() if preset.replaces}
    preferred = [preset for preset in known.values() if state(preset.key).favourite or state(preset.key).uses]
    preferred.sort(
        key=lambda preset: (not state(preset.key).favourite, -state(preset.key).uses, preset.name.casefold())
    )
    own = tuple(_suggestion(preset) for preset in preferred[:_COLUMN_SIZE])
    used_keys = {each.key for each in own}
    columns = []
    usual = default_suggestions(ability)
    for group in usual:
        # The default suggestions keep their short texts, so that the page does not change when the library has been loaded.
        cards = (
            each if each.text or each.key in known else _copy(replaced.get(each.key)) for each in group.suggestions
        )
        shown = tuple(card for card in cards if card and card.key not in used_keys)
        if shown:
            columns.append(SuggestionGroup(group.category, group.title, group.icon, shown))
    if not own:
        return tuple(columns) or usual
    uses = {
        group.category: sum(state(preset.key).uses for preset in known.values() if preset.category == group.category)
        for group in columns
    }
    columns.sort(key=lambda group: -uses[group.category])
    yours = SuggestionGroup("", QCoreApplication.translate("Suggestions", "Yours"), "library", own)
    return (yours, *columns[: _MAX_COLUMNS - 1])


def _copy(preset: Preset | None) -> Suggestion | None:
    return _suggestion(preset) if preset else None


def _suggestion(preset: Preset) -> Suggestion:
    return Suggestion(plain_line(preset.name), plain_line(preset.description), preset.key)
