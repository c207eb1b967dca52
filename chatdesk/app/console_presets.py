"""Presets on the command line: found by their id, filled in by `--var` and `--var-file`. No database: nothing is counted or remembered."""

import json
import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from chatdesk.domain.presets.applied import AppliedPreset
from chatdesk.domain.presets.preset import Preset, PresetOrigin
from chatdesk.domain.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.domain.settings import LANGUAGE
from chatdesk.prompts.preset_folder import PresetFolder
from chatdesk.services.presets import FALLBACK_LANGUAGE

LARGEST_FILE = 4_000_000
"""Bytes of a file that is put into a prompt."""


class WrongUsage(Exception):
    """What was typed cannot be done; its text says why and what would do."""


def console_language(setting: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the built-in presets: the window's setting, or what the system's locale says."""
    if setting != LANGUAGE.default:
        return setting
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh_CN" if locale.lower().startswith("zh") else FALLBACK_LANGUAGE


def all_presets(own: Path, built_in: Path, language: str) -> tuple[Preset, ...]:
    """Return one's own presets, then the built-in ones in this language that none of them replaces."""
    mine = [entry.preset for entry in PresetFolder(own, PresetOrigin.OWN).read().texts.values()]
    folder = built_in / language
    shipped = PresetFolder(folder if folder.is_dir() else built_in / FALLBACK_LANGUAGE, PresetOrigin.BUILT_IN).read()
    replaced = {preset.replaces for preset in mine} | {preset.id for preset in mine}
    return (*mine, *(entry.preset for entry in shipped.texts.values() if entry.preset.id not in replaced))


def find_preset(presets: Sequence[Preset], wanted: str) -> Preset:
    """Return the preset of this id or name. Raises `WrongUsage`, naming what is near."""
    folded = wanted.strip().casefold()
    for preset in presets:
        if folded in {preset.id.casefold(), preset.name.casefold()}:
            return preset
    near = _near(presets, folded)
    hint = f" Did you mean: {', '.join(near[:5])}?" if near else " `chatdesk presets` lists them."
    raise WrongUsage(f"There is no preset called {wanted}.{hint}")


def _near(presets: Sequence[Preset], folded: str) -> list[str]:
    """Return the ids that `folded` may be meant for: spelled alike, then those it is a part of."""
    ids = {word: preset.id for preset in presets for word in (preset.name.casefold(), preset.id.casefold())}
    alike = [ids[word] for word in get_close_matches(folded, ids)]
    holding = [preset.id for preset in presets if folded and folded in f"{preset.id} {preset.name}".casefold()]
    return list(dict.fromkeys((*alike, *holding)))


def filled_in(preset: Preset, values: Sequence[str], files: Sequence[str]) -> AppliedPreset:
    """Return the preset with its variables filled in. Raises `WrongUsage`."""
    given = dict(map(_pair, values))
    given |= {name: _text_of(path) for name, path in map(_pair, files)}
    variables = {variable.name: variable for variable in preset.variables}
    for name in given:
        if name not in variables:
            raise WrongUsage(f"{preset.id} has no variable {name}. {_listed(preset)}")
    applied = AppliedPreset.of(preset, {name: _value(variables[name], value) for name, value in given.items()})
    if applied.missing:
        wanted = ", ".join(f"--var {variable.name}=…" for variable in applied.missing)
        raise WrongUsage(f"{preset.id} needs to know more: {wanted}")
    return applied


def as_lines(presets: Sequence[Preset]) -> str:
    """Return the list of presets for people: id, name, variables."""
    width = max((len(preset.id) for preset in presets), default=0)
    return "\n".join(f"{preset.id:{width}}  {preset.name}{_in_brackets(preset)}" for preset in presets)


def as_json(presets: Sequence[Preset]) -> str:
    """Return the list of presets for programs."""
    rows = [
        {
            "id": preset.id,
            "origin": preset.origin,
            "name": preset.name,
            "category": preset.category,
            "description": preset.description,
            "variables": [
                {"name": each.name, "kind": each.kind, "default": each.default, "required": each.required}
                for each in preset.variables
            ],
        }
        for preset in presets
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _in_brackets(preset: Preset) -> str:
    names = ", ".join(variable.name for variable in preset.variables)
    return f" ({names})" if names else ""


def _listed(preset: Preset) -> str:
    names = ", ".join(variable.name for variable in preset.variables)
    return f"It has: {names}." if names else "It has none."


def _pair(argument: str) -> tuple[str, str]:
    name, equals, value = argument.partition("=")
    if not equals or not name.strip():
        raise WrongUsage(f"Write name=value, not {argument}.")
    return name.strip(), value


def _text_of(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST_FILE:
        raise WrongUsage(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(f"{path} is no text in UTF-8.") from error


def _value(variable: Variable, value: str) -> str:
    if variable.kind is VariableKind.TOGGLE:
        return TOGGLE_ON if value.strip().casefold() in {"on", "yes", "true", "1"} else ""
    if (
        variable.kind is VariableKind.CHOICE
        and variable.choices
        and not variable.free
        and value not in variable.choices
    ):
        raise WrongUsage(f"{variable.name} is one of: {', '.join(variable.choices)}.")
    if variable.kind is VariableKind.NUMBER:
        _check_number(variable, value)
    return value


def _check_number(variable: Variable, value: str) -> None:
    try:
        number = float(value)
    except ValueError:
        raise WrongUsage(f"{variable.name} is a number, not {value}.") from None
    least, most = variable.minimum, variable.maximum
    if not (least is None or number >= least) or not (most is None or number <= most):
        raise WrongUsage(f"{variable.name} is a number from {least} to {most}.")
