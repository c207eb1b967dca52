"""The text of a preset's file -> the preset. The other way: `preset_writer.py`; the texts below the head: `preset_sections.py`.

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

The head is TOML (as in Hugo's content files): typed, without surprises, and with line numbers in its errors. A file without a head is a
prompt named after its file. Source of keys and words: the `Preset` and `Variable` values; for people: docs/preset-files.md.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from chatdesk.domain.parameters import (
    LONGEST_STOP,
    MOST_STOPS,
    NUMBER_RANGES,
    PARAMETER_NAMES,
    NumberRange,
    Parameters,
    are_stops,
    is_format,
    is_keep_alive,
)
from chatdesk.domain.presets.preset import SCHEMA, OutputKind, Preset, PresetKind, PresetOrigin, SendAs
from chatdesk.domain.presets.preset_errors import PresetInvalid, PresetProblem
from chatdesk.domain.presets.template import NAME
from chatdesk.domain.presets.variable import SYSTEM_NAMES, Variable, VariableKind
from chatdesk.domain.request import Thinking
from chatdesk.prompts.preset_sections import split_sections

LARGEST = 6_000_000
"""Characters. A prompt of 5 MB is still a text (cases.md 133); no model takes more."""
MOST_VARIABLES = 200

FENCE = "+++"
TEXT_KEYS = ("name", "icon", "category", "language", "description", "version", "replaces")
LIST_KEYS = ("tags", "models")
KNOWN_KEYS = frozenset(
    {"schema", "thinking", "output", "kind", "send_as", "parameters", "variables", *TEXT_KEYS, *LIST_KEYS}
)

Word = TypeVar("Word", bound=StrEnum)
_TOML_LINE = re.compile(r"\(at line (\d+)")


def read_preset(text: str, preset_id: str, origin: PresetOrigin) -> Preset:
    """Return the preset. Raises `PresetInvalid`."""
    if len(text) > LARGEST:
        raise PresetInvalid(PresetProblem.TOO_LARGE)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head_text, body = split_head(text)
    head = _Head(_parsed(head_text), head_text)
    schema = head.table.get("schema", SCHEMA)
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise head.wrong_type("schema")
    if schema > SCHEMA:
        raise PresetInvalid(PresetProblem.NEWER_SCHEMA, head.line_of("schema"), str(schema))
    texts = split_sections(body)
    preset = Preset(
        id=preset_id,
        origin=origin,
        name=head.text("name").strip() or preset_id.replace("-", " "),
        prompt=texts["prompt"],
        question=texts.get("question", ""),
        greeting=texts.get("greeting", ""),
        sample=texts.get("sample", ""),
        icon=head.text("icon"),
        category=head.text("category"),
        language=head.text("language"),
        tags=head.texts("tags"),
        description=head.text("description"),
        models=head.texts("models"),
        parameters=_parameters(head),
        thinking=head.word("thinking", Thinking, Thinking.AUTO),
        output=head.word("output", OutputKind, OutputKind.MARKDOWN),
        kind=head.word("kind", PresetKind, PresetKind.CHAT),
        send_as=head.word("send_as", SendAs, SendAs.AUTO),
        declared=_variables(head),
        version=head.text("version"),
        replaces=head.text("replaces"),
        extra={key: value for key, value in head.table.items() if key not in KNOWN_KEYS},
    )
    if not (preset.prompt or preset.question or preset.greeting):
        raise PresetInvalid(PresetProblem.EMPTY)
    return preset


def split_head(text: str) -> tuple[str, str]:
    """Return the head without its fences, and the body. Raises `PresetInvalid` for a head that never ends."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        return "", text
    lines = rest.split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() == FENCE:
            return "\n".join(lines[:number]) + "\n", "\n".join(lines[number + 1 :])
    raise PresetInvalid(PresetProblem.NOT_CLOSED, 1)


def _parsed(head: str) -> dict[str, object]:
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        at = int(line[1]) if line else head.count("\n")
        raise PresetInvalid(PresetProblem.NOT_TOML, at + 1, str(error)) from error
    except RecursionError as error:
        raise PresetInvalid(PresetProblem.NOT_TOML, 0, "nested too deep") from error


@dataclass(frozen=True, slots=True)
class _Head:
    """A table of the head, and the text it stands in, to name lines."""

    table: Mapping[str, object]
    source: str
    prefix: str = ""

    def text(self, key: str) -> str:
        """Return a text; whatever stands in several lines becomes one, for it is shown in one."""
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise self.wrong_type(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.wrong_type(key)
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong_type(key)
        return value

    def number(self, key: str) -> float | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e15:
            raise self.wrong_type(key)
        return float(value)

    def number_in(self, key: str, allowed: NumberRange) -> float | None:
        value = self.number(key)
        if value is None:
            return None
        if allowed.whole and not value.is_integer():
            raise self.wrong_type(key)
        if not allowed.has(value):
            raise self.out_of_range(key, f"{allowed.least:,.15g} – {allowed.most:,.15g}")
        return allowed.made(value)

    def checked(self, key: str, fits: Callable[[str], bool], what: str) -> str | None:
        value = self.text(key)
        if value and not fits(value):
            raise self.out_of_range(key, what)
        return value or None

    def word(self, key: str, kind: type[Word], default: Word) -> Word:
        value = self.text(key)
        try:
            return kind(value) if value else default
        except ValueError:
            raise PresetInvalid(PresetProblem.UNKNOWN_WORD, self.line_of(key), self.prefix + key) from None

    def wrong_type(self, key: str) -> PresetInvalid:
        return PresetInvalid(PresetProblem.WRONG_TYPE, self.line_of(key), self.prefix + key)

    def out_of_range(self, key: str, what: str) -> PresetInvalid:
        return PresetInvalid(PresetProblem.OUT_OF_RANGE, self.line_of(key), f"{self.prefix}{key}: {what}")

    def line_of(self, key: str) -> int:
        """Return the line of the file where the key is first set; 0 if it is written in another way."""
        key_line = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]", self.source, re.MULTILINE)
        return self.source.count("\n", 0, key_line.start()) + 2 if key_line else 0


def _parameters(head: _Head) -> Parameters:
    table = head.table.get("parameters", {})
    if not isinstance(table, dict):
        raise head.wrong_type("parameters")
    inner = _Head(table, head.source, "parameters.")
    numbers = {name: inner.number_in(name, allowed) for name, allowed in NUMBER_RANGES.items()}
    stops = inner.texts("stop")
    if not are_stops(stops):
        raise inner.out_of_range("stop", f"1 – {MOST_STOPS} × 1 – {LONGEST_STOP}")
    texts = {
        "keep_alive": inner.checked("keep_alive", is_keep_alive, "10m, 1h30m, 0, -1"),
        "format": inner.checked("format", is_format, "json, JSON schema"),
    }
    return Parameters(**numbers, **texts, stop=stops or None)  # type: ignore[arg-type]


def unknown_parameters(table: object) -> dict[str, object]:
    """Return what stands among the parameters and is not known."""
    unknown = table.keys() - set(PARAMETER_NAMES) if isinstance(table, dict) else ()
    return {key: value for key, value in table.items() if key in unknown} if isinstance(table, dict) else {}


def _variables(head: _Head) -> tuple[Variable, ...]:
    tables = head.table.get("variables", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise head.wrong_type("variables")
    if len(tables) > MOST_VARIABLES:
        raise PresetInvalid(PresetProblem.TOO_LARGE, 0, "variables")
    variables = tuple(_variable(_Head(table, head.source, "variables.")) for table in tables)
    names = [variable.name for variable in variables]
    for name in names:
        if names.count(name) > 1:
            raise PresetInvalid(PresetProblem.TWICE, _line_of_name(head.source, name), name)
    return variables


def _variable(table: _Head) -> Variable:
    name = table.text("name")
    if not NAME.fullmatch(name) or name in SYSTEM_NAMES:
        raise PresetInvalid(PresetProblem.BAD_NAME, _line_of_name(table.source, name), name)
    variable = Variable(
        name=name,
        kind=table.word("kind", VariableKind, VariableKind.TEXT),
        label=table.text("label"),
        hint=table.text("hint"),
        choices=table.texts("choices"),
        free=table.flag("free", default=False),
        required=table.flag("required", default=False),
        remember=table.flag("remember", default=True),
        minimum=table.number("minimum"),
        maximum=table.number("maximum"),
        step=table.number("step"),
        on=table.text("on"),
        off=table.text("off"),
    )
    return replace(variable, default=_default(table))


def _default(table: _Head) -> str:
    """Return the default as text: a number or a date may be written as TOML has them."""
    value = table.table.get("default", "")
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, dict | list):
        raise table.wrong_type("default")
    return str(value)


def _line_of_name(source: str, name: str) -> int:
    place = re.search(rf"^[ \t]*name[ \t]*=[ \t]*[\"']{re.escape(name)}[\"']", source, re.MULTILINE)
    return source.count("\n", 0, place.start()) + 2 if place else 0
