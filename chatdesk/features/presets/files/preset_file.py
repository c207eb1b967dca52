"""Parser for preset files. `preset_writer.py` writes them; `preset_sections.py` splits the texts below the header.

    +++
    schema = 1
    name = "Translate and explain"
    category = "translation"
    [[variables]]
    name = "target"
    kind = "choice"
    choices = ["English", "German"]
    +++
    Translate what you are given into {{target}}.

The header is TOML (as in Hugo's content files): typed, unsurprising, and with line numbers in its errors. A file without a header is a
prompt named after its file. The keys and values are those of `Preset` and `Variable`; user documentation: docs/preset-files.md.
"""

import re
from dataclasses import replace

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.files.preset_head import PresetHead, split_head
from chatdesk.features.presets.files.preset_sections import split_sections
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.errors.preset_errors import PresetInvalid, PresetProblem
from chatdesk.kernel.models.parameters import (
    MAX_STOP_LENGTH,
    MAX_STOPS,
    NUMBER_RANGES,
    PARAMETER_NAMES,
    Parameters,
    are_stops,
    from_record,
    is_format,
    is_keep_alive,
)
from chatdesk.kernel.presets.preset import (
    MAX_PRESET_LENGTH,
    MAX_PRESET_NAME_LENGTH,
    MAX_VARIABLES,
    SCHEMA,
    OutputKind,
    Preset,
    PresetKind,
    PresetOrigin,
    SendAs,
)
from chatdesk.kernel.presets.template import NAME
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable, VariableKind

TEXT_KEYS = ("name", "icon", "category", "language", "description", "placeholder", "version", "replaces")
LIST_KEYS = ("tags", "models")
KNOWN_KEYS = frozenset(
    {
        "schema",
        "thinking",
        "output",
        "kind",
        "send_as",
        "parameters",
        "variables",
        "imported_from",
        *TEXT_KEYS,
        *LIST_KEYS,
    }
)


def read_preset(text: str, preset_id: str, origin: PresetOrigin) -> Preset:
    """Return the preset. Raises `PresetInvalid`."""
    if len(text) > MAX_PRESET_LENGTH:
        raise PresetInvalid(PresetProblem.TOO_LARGE)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head_text, body = split_head(text)
    head = PresetHead.of(head_text)
    schema = head.table.get("schema", SCHEMA)
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise head.wrong_type("schema")
    if schema > SCHEMA:
        raise PresetInvalid(PresetProblem.NEWER_SCHEMA, head.line_of("schema"), str(schema))
    texts = split_sections(body)
    preset = Preset(
        id=preset_id,
        origin=origin,
        name=head.line("name", MAX_PRESET_NAME_LENGTH)
        or clean_line(preset_id.replace("-", " "))[:MAX_PRESET_NAME_LENGTH],
        prompt=texts["prompt"],
        question=texts.get("question", ""),
        greeting=texts.get("greeting", ""),
        sample=texts.get("sample", ""),
        icon=head.line("icon"),
        category=head.line("category"),
        language=head.line("language"),
        tags=head.lines("tags"),
        description=head.line("description"),
        placeholder=head.line("placeholder"),
        models=head.lines("models"),
        parameters=_parameters(head),
        thinking=head.enum_value("thinking", Thinking, Thinking.AUTO),
        output=head.enum_value("output", OutputKind, OutputKind.MARKDOWN),
        kind=head.enum_value("kind", PresetKind, PresetKind.CHAT),
        send_as=head.enum_value("send_as", SendAs, SendAs.AUTO),
        declared=_variables(head),
        version=head.line("version"),
        replaces=head.line("replaces"),
        imported_from=head.line("imported_from"),
        extra={key: value for key, value in head.table.items() if key not in KNOWN_KEYS},
    )
    if not (preset.prompt or preset.question or preset.greeting):
        raise PresetInvalid(PresetProblem.EMPTY)
    return preset


def _parameters(head: PresetHead) -> Parameters:
    table = head.table.get("parameters", {})
    if not isinstance(table, dict):
        raise head.wrong_type("parameters")
    inner = PresetHead(table, head.source, "parameters.")
    numbers = {name: inner.number_in(name, allowed) for name, allowed in NUMBER_RANGES.items()}
    stops = inner.texts("stop")
    if not are_stops(stops):
        raise inner.out_of_range("stop", f"1 – {MAX_STOPS} × 1 – {MAX_STOP_LENGTH}")
    texts = {
        "keep_alive": inner.checked("keep_alive", is_keep_alive, "10m, 1h30m, 0, -1"),
        "format": inner.checked("format", is_format, "json, JSON schema"),
    }
    return from_record({**numbers, **texts, "stop": stops})


def unknown_parameters(table: object) -> dict[str, object]:
    """Return the unknown keys of the parameters table."""
    unknown = table.keys() - set(PARAMETER_NAMES) if isinstance(table, dict) else ()
    return {key: value for key, value in table.items() if key in unknown} if isinstance(table, dict) else {}


def _variables(head: PresetHead) -> tuple[Variable, ...]:
    tables = head.table.get("variables", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise head.wrong_type("variables")
    if len(tables) > MAX_VARIABLES:
        raise PresetInvalid(PresetProblem.TOO_LARGE, 0, "variables")
    variables = tuple(_variable(PresetHead(table, head.source, "variables.")) for table in tables)
    names = [variable.name for variable in variables]
    for name in names:
        if names.count(name) > 1:
            raise PresetInvalid(PresetProblem.TWICE, _line_of_name(head.source, name), name)
    return variables


def _variable(table: PresetHead) -> Variable:
    name = table.text("name")
    if not NAME.fullmatch(name) or name in SYSTEM_NAMES:
        raise PresetInvalid(PresetProblem.BAD_NAME, _line_of_name(table.source, name), name)
    minimum, maximum = table.number("minimum"), table.number("maximum")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise table.out_of_range("minimum", f"≤ {maximum:,.15g}")
    step = table.number("step")
    if step is not None and step <= 0:
        raise table.out_of_range("step", "> 0")
    variable = Variable(
        name=name,
        kind=table.enum_value("kind", VariableKind, VariableKind.TEXT),
        label=table.line("label"),
        hint=table.line("hint"),
        choices=table.lines("choices"),
        free=table.flag("free", default=False),
        required=table.flag("required", default=False),
        remember=table.flag("remember", default=True),
        minimum=minimum,
        maximum=maximum,
        step=step,
        on=table.text("on"),
        off=table.text("off"),
    )
    return replace(variable, default=_default(table))


def _default(table: PresetHead) -> str:
    """Return the default value as text: numbers and dates may be written as TOML values."""
    value = table.table.get("default", "")
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, dict | list):
        raise table.wrong_type("default")
    return str(value)


def _line_of_name(source: str, name: str) -> int:
    match = re.search(rf"^[ \t]*name[ \t]*=[ \t]*[\"']{re.escape(name)}[\"']", source, re.MULTILINE)
    return source.count("\n", 0, match.start()) + 2 if match else 0
