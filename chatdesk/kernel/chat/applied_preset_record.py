"""A preset in a chat, as plain values for JSON, and back. Reading is tolerant: what is missing or odd is left at its default.

Records lie in databases and settings that anything may have written: what is read is bounded as a preset's file is.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import TypeGuard

from chatdesk.kernel.chat.applied_preset import AppliedPreset
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models import parameters
from chatdesk.kernel.presets.preset import LONGEST_NAME, MOST_VARIABLES, SendAs
from chatdesk.kernel.presets.template import NAME
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable, VariableKind

_LONGEST_LINE, _MOST_CHOICES = 2_000, 500
"""As in preset files."""


def to_json(preset: AppliedPreset | None) -> str:
    """Return it as JSON; an empty text for none."""
    return json.dumps(asdict(preset), ensure_ascii=False, separators=(",", ":")) if preset else ""


def from_json(text: str) -> AppliedPreset | None:
    """Return the preset of such a text; None if it tells of none."""
    try:
        record = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("key"), str):
        return None
    values = record.get("values")
    variables = record.get("variables")
    return AppliedPreset(
        key=record["key"],
        name=_text(record, "name")[:LONGEST_NAME],
        icon=_text(record, "icon"),
        prompt=_text(record, "prompt"),
        question=_text(record, "question"),
        greeting=_text(record, "greeting"),
        parameters=parameters.from_record(record.get("parameters")),
        thinking=_word(record, "thinking", Thinking.AUTO),
        send_as=_word(record, "send_as", SendAs.AUTO),
        variables=_variables(variables) if isinstance(variables, list) else (),
        values={str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {},
        opened=record.get("opened") is True,
    )


def _variables(records: list[object]) -> tuple[Variable, ...]:
    """Return those that are variables, each name once: a form has one field for each."""
    found = {variable.name: variable for variable in map(_variable, filter(_is_variable, records[:MOST_VARIABLES]))}
    return tuple(found.values())


def _is_variable(record: object) -> TypeGuard[Mapping[str, object]]:
    name = record.get("name") if isinstance(record, dict) else None
    return isinstance(name, str) and NAME.fullmatch(name) is not None and name not in SYSTEM_NAMES


def _variable(record: Mapping[str, object]) -> Variable:
    choices = record.get("choices")
    minimum, maximum, step = (_number(record.get(key)) for key in ("minimum", "maximum", "step"))
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum = maximum = None
    return Variable(
        name=_text(record, "name"),
        kind=_word(record, "kind", VariableKind.TEXT),
        label=_text(record, "label")[:_LONGEST_LINE],
        hint=_text(record, "hint")[:_LONGEST_LINE],
        default=_text(record, "default"),
        choices=tuple(each[:_LONGEST_LINE] for each in choices[:_MOST_CHOICES] if isinstance(each, str))
        if isinstance(choices, list)
        else (),
        free=record.get("free") is True,
        required=record.get("required") is True,
        remember=record.get("remember") is not False,
        minimum=minimum,
        maximum=maximum,
        step=step if step is not None and step > 0 else None,
        on=_text(record, "on"),
        off=_text(record, "off"),
    )


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    sane = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e15
    return float(value) if sane else None  # type: ignore[arg-type]  # NaN compares with nothing


def _word[Word: StrEnum](record: Mapping[str, object], key: str, default: Word) -> Word:
    try:
        return type(default)(_text(record, key))
    except ValueError:
        return default
