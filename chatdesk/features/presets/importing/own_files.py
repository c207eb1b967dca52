"""Import of Chatdesk preset files. They are imported verbatim unless they contain something that must not be imported.

Not imported are unknown keys (a later version might act on them), the replacement of a built-in preset, and default values of variables
that are filled from a file, the selection or the clipboard.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from chatdesk.features.presets.files.plain_text import clean_line, clean_text, hidden_characters, is_clean
from chatdesk.features.presets.files.preset_file import read_preset, unknown_parameters
from chatdesk.features.presets.files.preset_head import FENCE, split_head
from chatdesk.features.presets.importing.entries import Draft, Read, skipped_field_notes
from chatdesk.features.presets.importing.limits import (
    MAX_DESCRIPTION_LENGTH,
    MAX_HEADER_LENGTH,
    MAX_NAME_LENGTH,
    MAX_PRESET_CHARACTERS,
)
from chatdesk.kernel.errors.preset_errors import PresetInvalid, PresetProblem
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.preset_import import (
    ImportFormat,
    ImportNote,
    ImportProblem,
    ImportRefused,
    NoteKind,
    SkipReason,
)
from chatdesk.kernel.presets.variable import Variable, VariableKind

_EXTERNAL_KINDS = (VariableKind.FILE, VariableKind.SELECTION, VariableKind.CLIPBOARD)
_EXTENSIONS = (".md", ".markdown", ".txt", ".text", ".chatdesk")
"""Extensions to remove. Exported files end with `.chatdesk` plus another extension, so that desktops recognize them."""


def is_own(text: str) -> bool:
    """Return whether a text starts with the header of a preset file."""
    return text.partition("\n")[0].rstrip() == FENCE


def read_own(text: str, name: str) -> Read:
    """Return the preset of a file with or without a header. Raises `ImportRefused`."""
    if len(text) > MAX_PRESET_CHARACTERS + MAX_HEADER_LENGTH:
        return SkipReason.TOO_LONG
    stem = name.replace("\\", "/").rpartition("/")[2]
    for ending in _EXTENSIONS:
        stem = stem[: -len(ending)] if stem.lower().endswith(ending) else stem
    headed = is_own(text)
    try:
        head, _ = split_head(text.replace("\r\n", "\n").replace("\r", "\n"))
        if len(head) > MAX_HEADER_LENGTH:
            return SkipReason.TOO_LONG
        preset = read_preset(text, clean_line(stem) or "preset", PresetOrigin.OWN)
    except PresetInvalid as error:
        if error.problem is PresetProblem.EMPTY:
            return SkipReason.EMPTY
        newer = error.problem is PresetProblem.NEWER_SCHEMA
        problem = ImportProblem.NEWER if newer else ImportProblem.BAD_PRESET
        raise ImportRefused(problem, detail=str(error.line or 1)) from error
    return _sanitized(preset, text, tomllib.loads(head)) if headed else _sanitized(preset, "", {})


def _sanitized(preset: Preset, text: str, head: Mapping[str, object]) -> Draft | SkipReason:
    """Return the sanitized preset. `text` is the whole file of a preset with a header, otherwise empty."""
    unknown = dict(_unknown(preset, head))
    notes = [*skipped_field_notes(unknown)]
    if others := [clean_line(key)[:60] for key, value in unknown.items() if not skipped_field_notes({key: value})]:
        notes.append(ImportNote(NoteKind.UNKNOWN_KEYS, len(others), ", ".join(others[:12])))
    clean = replace(
        preset,
        id=preset.id if text else "",
        name=clean_line(preset.name)[:MAX_NAME_LENGTH] or "preset",
        description=clean_line(preset.description)[:MAX_DESCRIPTION_LENGTH],
        category=clean_line(preset.category)[:MAX_NAME_LENGTH],
        tags=tuple(filter(None, map(clean_line, preset.tags))),
        icon=clean_line(preset.icon),
        language=clean_line(preset.language),
        version=clean_line(preset.version),
        models=tuple(filter(None, map(clean_line, preset.models))),
        declared=tuple(map(_clean, preset.declared)),
        replaces="",
        imported_from="",
        extra={},
        prompt=clean_text(preset.prompt),
        question=clean_text(preset.question),
        greeting=clean_text(preset.greeting),
        sample=clean_text(preset.sample),
    )
    if not (clean.prompt or clean.question or clean.greeting):
        return SkipReason.EMPTY
    if hidden := sum(map(hidden_characters, (clean.prompt, clean.question, clean.greeting, clean.sample))):
        notes.append(ImportNote(NoteKind.HIDDEN_CHARACTERS, hidden))
    unchanged = "name" in head and not unknown and clean == preset and all(map(is_clean, _texts(head)))
    kind = ImportFormat.CHATDESK if text else ImportFormat.TEXT
    return Draft(clean, kind, tuple(notes), text if unchanged else "")


def _unknown(preset: Preset, head: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the keys and values of the header that this version does not know."""
    yield from preset.extra.items()
    yield from unknown_parameters(head.get("parameters")).items()
    known = {field.name for field in fields(Variable)}
    variables = head.get("variables")
    for table in variables if isinstance(variables, list) else ():
        yield from ((key, value) for key, value in table.items() if key not in known)


def _texts(value: object) -> Iterator[str]:
    """Yield the strings of a header as written in the file; the parsed values are already sanitized."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _clean(variable: Variable) -> Variable:
    return replace(
        variable,
        label=clean_line(variable.label),
        hint=clean_line(variable.hint),
        default="" if variable.kind in _EXTERNAL_KINDS else clean_text(variable.default),
        choices=tuple(map(clean_line, variable.choices)),
        on=clean_text(variable.on),
        off=clean_text(variable.off),
    )
