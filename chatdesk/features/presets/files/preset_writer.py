"""Writer for preset files. Keeps what the user wrote in the header: comments, the order of keys, and unknown keys.

tomlkit edits a document in place; it is slower than `tomllib` and imported when the first preset is written.
"""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from chatdesk.features.presets.files.preset_file import LIST_KEYS, TEXT_KEYS
from chatdesk.features.presets.files.preset_head import FENCE, split_head
from chatdesk.features.presets.files.preset_sections import join_sections
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import SCHEMA, OutputKind, Preset, PresetKind, SendAs
from chatdesk.kernel.presets.variable import Variable, VariableKind

Container = MutableMapping[str, Any]
"""A table of a document; tomlkit has several types for it."""


def write_preset(preset: Preset, before: str = "") -> str:
    """Return the text of the preset file. `before` is its previous text, which is ignored if it cannot be parsed."""
    import tomlkit  # noqa: PLC0415 - start-up time: only writing needs it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - start-up time

    try:
        head = tomlkit.parse(split_head(before.removeprefix("\ufeff").replace("\r\n", "\n"))[0])
    except (TOMLKitError, PresetInvalid, RecursionError):
        head = tomlkit.document()
    new_values = _head(preset)
    _merge(head, new_values, ("schema", *TEXT_KEYS, *LIST_KEYS, "thinking", "output", "kind", "send_as"))
    _merge_parameters(head, preset)
    _merge_variables(head, preset.declared)
    if preset.imported_from:  # an edited preset keeps what its file has
        head["imported_from"] = preset.imported_from
    for key, value in preset.extra.items():
        if key not in head:
            head[key] = value
    texts = {name: getattr(preset, name) for name in ("prompt", "question", "greeting", "sample")}
    return f"{FENCE}\n{tomlkit.dumps(head).strip()}\n{FENCE}\n{join_sections(texts)}"


def _merge(table: Container, new_values: Mapping[str, object], keys: Iterable[str]) -> None:
    """Set or remove `keys` according to `new_values`; equal values keep their notation and comment."""
    for key in keys:
        if key not in new_values:
            table.pop(key, None)
        elif key not in table or table[key] != new_values[key]:
            table[key] = new_values[key]


def _merge_parameters(head: Container, preset: Preset) -> None:
    known = asdict(preset.parameters)
    new_values = {key: _plain(value) for key, value in known.items() if value is not None}
    if not isinstance(head.get("parameters"), MutableMapping):
        head.pop("parameters", None)
        if new_values:
            head["parameters"] = new_values
        return
    _merge(head["parameters"], new_values, known)
    if not head["parameters"]:
        head.pop("parameters")


def _merge_variables(head: Container, variables: Sequence[Variable]) -> None:
    """Write the variables in order, each into the table that declared it before."""
    import tomlkit  # noqa: PLC0415 - see above

    old = head.get("variables", [])
    tables = {table["name"]: table for table in old if isinstance(table, MutableMapping) and "name" in table}
    if list(tables) != [variable.name for variable in variables] or len(tables) != len(old):
        head.pop("variables", None)
        array = tomlkit.aot()
        for variable in variables:
            array.append(tables.get(variable.name, tomlkit.table()))
        if variables:
            head["variables"] = array
    for variable, table in zip(variables, head.get("variables", []), strict=True):
        _merge(table, _variable(variable), [field.name for field in fields(Variable)])


def _head(preset: Preset) -> dict[str, object]:
    """Return the known keys with non-default values."""
    head: dict[str, object] = {"schema": SCHEMA}
    head |= {key: value for key in TEXT_KEYS if (value := _in_one_line(getattr(preset, key)))}
    head |= {key: list(value) for key in LIST_KEYS if (value := getattr(preset, key))}
    enum_values = {
        "thinking": (preset.thinking, Thinking.AUTO),
        "output": (preset.output, OutputKind.MARKDOWN),
        "kind": (preset.kind, PresetKind.CHAT),
        "send_as": (preset.send_as, SendAs.AUTO),
    }
    head |= {key: str(value) for key, (value, default) in enum_values.items() if value is not default}
    return head


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _variable(variable: Variable) -> dict[str, object]:
    default = asdict(Variable(variable.name, VariableKind.TEXT))
    changed = {key: value for key, value in asdict(variable).items() if key == "name" or value != default[key]}
    return {key: _plain(value) for key, value in changed.items()}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, VariableKind) else value
