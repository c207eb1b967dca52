"""Presets on the command line: lookup by id, values from `--var` and `--var-file`. Usage is not recorded, as there is no database."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from chatdesk.app.console.input import decode_text
from chatdesk.app.console.report import WrongUsage
from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.documents.kinds import CONVERTED, type_by_name
from chatdesk.kernel.languages import language_of
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

MAX_FILE_BYTES = 4_000_000
"""Size limit of a file to include in a prompt."""


def all_presets(own: Path, built_in: Path, language: str) -> tuple[Preset, ...]:
    """Return the user's presets, followed by the built-in ones in this language that they do not replace."""
    mine = [entry.preset for entry in PresetFolder(own, PresetOrigin.OWN).read().texts.values()]
    shipped = PresetFolder(built_in / language_of(language).preset_language, PresetOrigin.BUILT_IN).read()
    replaced = {preset.replaces for preset in mine} | {preset.id for preset in mine}
    return (*mine, *(entry.preset for entry in shipped.texts.values() if entry.preset.id not in replaced))


def find_preset(presets: Sequence[Preset], wanted: str) -> Preset:
    """Return the preset of this id or name. Raise `WrongUsage` with similar names."""
    folded = wanted.strip().casefold()
    for preset in presets:
        if folded in {preset.id.casefold(), preset.name.casefold()}:
            return preset
    near = _near(presets, folded)
    if near:
        text = QT_TRANSLATE_NOOP("Console", "Unknown preset: {name}. Did you mean {near}?")
        raise WrongUsage(text, name=wanted, near=", ".join(near[:5]))
    text = QT_TRANSLATE_NOOP("Console", "Unknown preset: {name}. Run `chatdesk presets` to list the available presets.")
    raise WrongUsage(text, name=wanted)


def _near(presets: Sequence[Preset], folded: str) -> list[str]:
    """Return the ids similar to `folded`: similar spelling first, then those that contain it."""
    ids = {word: preset.id for preset in presets for word in (preset.name.casefold(), preset.id.casefold())}
    alike = [ids[word] for word in get_close_matches(folded, ids)]
    holding = [preset.id for preset in presets if folded and folded in f"{preset.id} {preset.name}".casefold()]
    return list(dict.fromkeys((*alike, *holding)))


def documents_in(files: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of the values that are documents, which have to be converted into text. Raise `WrongUsage`."""
    paths = (path for _, path in map(_pair, files))
    return tuple(path for path in paths if (found := type_by_name(path)) and found.kind in CONVERTED)


def fill_in(preset: Preset, values: Sequence[str], files: Sequence[str], documents: Mapping[str, str]) -> AppliedPreset:
    """Return the preset with the values of its variables. `documents` has the texts of documents by path. Raise `WrongUsage`."""
    entered = dict(map(_pair, values))
    entered |= {name: documents[path] if path in documents else _read_file(path) for name, path in map(_pair, files)}
    variables = {variable.name: variable for variable in preset.variables}
    for name in entered:
        if name not in variables:
            raise _unknown_variable(preset, name)
    applied = AppliedPreset.of(preset, {name: _value(variables[name], value) for name, value in entered.items()})
    if applied.missing:
        wanted = ", ".join(f"--var {variable.name}=…" for variable in applied.missing)
        text = QT_TRANSLATE_NOOP("Console", "{preset} needs values for: {wanted}")
        raise WrongUsage(text, preset=preset.id, wanted=wanted)
    return applied


def as_lines(presets: Sequence[Preset]) -> str:
    """Return the list of presets as text: id, name, variables."""
    width = max((len(preset.id) for preset in presets), default=0)
    return "\n".join(f"{preset.id:{width}}  {preset.name}{_in_brackets(preset)}" for preset in presets)


def as_records(presets: Sequence[Preset]) -> list[dict[str, object]]:
    """Return the list of presets as JSON objects."""
    return [
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


def _in_brackets(preset: Preset) -> str:
    names = ", ".join(variable.name for variable in preset.variables)
    return f" ({names})" if names else ""


def _unknown_variable(preset: Preset, name: str) -> WrongUsage:
    names = ", ".join(variable.name for variable in preset.variables)
    if names:
        text = QT_TRANSLATE_NOOP("Console", "{preset} has no variable {name}. Its variables: {names}.")
        return WrongUsage(text, preset=preset.id, name=name, names=names)
    text = QT_TRANSLATE_NOOP("Console", "{preset} has no variables, so {name} cannot be set.")
    return WrongUsage(text, preset=preset.id, name=name)


def _pair(argument: str) -> tuple[str, str]:
    name, equals, value = argument.partition("=")
    if not equals or not name.strip():
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Use the form name=value instead of {argument}."), argument=argument
        )
    return name.strip(), value


def _read_file(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        reason = getattr(error, "strerror", None) or str(error)
        text = QT_TRANSLATE_NOOP("Console", "Cannot read “{path}”: {reason}.")
        raise WrongUsage(text, path=path, reason=reason) from error
    if len(data) > MAX_FILE_BYTES:
        text = QT_TRANSLATE_NOOP("Console", "“{path}” is larger than {megabytes} MB.")
        raise WrongUsage(text, path=path, megabytes=MAX_FILE_BYTES // 1_000_000)
    return decode_text(data, path)


def _value(variable: Variable, value: str) -> str:
    if variable.kind is VariableKind.TOGGLE:
        return TOGGLE_ON if value.strip().casefold() in {"on", "yes", "true", "1"} else ""
    if (
        variable.kind is VariableKind.CHOICE
        and variable.choices
        and not variable.free
        and value not in variable.choices
    ):
        text = QT_TRANSLATE_NOOP("Console", "{name} must be one of: {choices}.")
        raise WrongUsage(text, name=variable.name, choices=", ".join(variable.choices))
    if variable.kind is VariableKind.NUMBER:
        _check_number(variable, value)
    return value


def _check_number(variable: Variable, value: str) -> None:
    try:
        number = float(value)
    except ValueError:
        text = QT_TRANSLATE_NOOP("Console", "{name} must be a number, not {value}.")
        raise WrongUsage(text, name=variable.name, value=value) from None
    least, most = variable.minimum, variable.maximum
    if not (least is None or number >= least) or not (most is None or number <= most):
        text = QT_TRANSLATE_NOOP("Console", "{name} must be a number from {least} to {most}.")
        raise WrongUsage(
            text, name=variable.name, least="-∞" if least is None else least, most="∞" if most is None else most
        )
