"""A preset applied to a conversation: what the conversation stores of it, and its conversion to JSON.

A chat has its own copy, so that changing or deleting the preset does not change the chat. The copy has the templates and the values, not
the finished text: date, time and model are those of the question that is being sent.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from enum import StrEnum
from typing import TypeGuard

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models import parameters
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import MAX_PRESET_NAME_LENGTH, MAX_VARIABLES, Preset, SendAs
from chatdesk.kernel.presets.template import NAME, fill, names_in
from chatdesk.kernel.presets.variable import FETCHED, SYSTEM_NAMES, SystemVariable, Variable, VariableKind


@dataclass(frozen=True, slots=True)
class AppliedPreset:
    """A preset as stored in a chat. `key` is the preset's key in the library (`Preset.key`), which may no longer exist."""

    key: str
    name: str
    icon: str = ""
    prompt: str = ""
    question: str = ""
    greeting: str = ""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking = Thinking.AUTO
    send_as: SendAs = SendAs.AUTO
    variables: tuple[Variable, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Values by variable name."""
    opened: bool = False
    """Whether the opening message was already sent."""
    placeholder: str = ""

    @classmethod
    def of(cls, preset: Preset, values: Mapping[str, str] | None = None) -> "AppliedPreset":
        """Return the preset as stored in a chat, with the given values or the defaults, as far as they are valid for its fields."""
        applied = cls(
            preset.key,
            preset.name,
            preset.icon,
            preset.prompt,
            preset.question,
            preset.greeting,
            preset.parameters,
            preset.thinking,
            preset.send_as,
            preset.variables,
            placeholder=preset.placeholder,
        )
        entered = values or {}
        offered = {each.name: (entered.get(each.name, each.default), each.default) for each in applied.variables}
        fitting = {
            each.name: next((value for value in offered[each.name] if each.fits(value)), "")
            for each in applied.variables
        }
        return replace(applied, values=fitting)

    def completed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return a value for each variable: the given one, or its default."""
        return {variable.name: values.get(variable.name, variable.default) for variable in self.variables}

    def with_values(self, values: Mapping[str, str]) -> "AppliedPreset":
        """Return a copy with new values; variables that are not named keep theirs."""
        return replace(self, values=self.completed({**self.values, **values}))

    def for_next_chat(self) -> "AppliedPreset":
        """Return a copy for another chat: values that are not remembered, or were fetched, are reset to their defaults."""
        kept = {
            variable.name: self.values[variable.name]
            for variable in self.variables
            if variable.remember and variable.kind not in FETCHED and variable.name in self.values
        }
        return replace(self, values=self.completed(kept), opened=False)

    @property
    def missing(self) -> tuple[Variable, ...]:
        """Variables that are required but empty, or whose value is invalid."""
        return tuple(
            variable
            for variable in self.variables
            if (variable.required and not self.values.get(variable.name, "").strip())
            or not variable.fits(self.values.get(variable.name, ""))
        )

    @property
    def accepts_input(self) -> bool:
        """Whether the opening message has a placeholder for the text in the composer."""
        return SystemVariable.INPUT in names_in(self.question)

    def system_text(self, facts: Mapping[str, str]) -> str:
        """Return the system prompt with all placeholders filled in. `facts` are the values of the system variables."""
        return fill(self.prompt, self._words(facts)).strip()

    def greeting_text(self, facts: Mapping[str, str]) -> str:
        """Return the assistant's greeting with all placeholders filled in."""
        return fill(self.greeting, self._words(facts)).strip()

    def message_text(self, written: str, facts: Mapping[str, str]) -> str:
        """Return the message to send for the user's text, including the opening message if it was not sent yet."""
        if self.opened or not self.question.strip():
            return written
        opening = fill(self.question, self._words({**facts, SystemVariable.INPUT: written})).strip()
        return opening if self.accepts_input or not written.strip() else f"{opening}\n\n{written}"

    def _words(self, facts: Mapping[str, str]) -> dict[str, str]:
        filled = {
            variable.name: variable.words_for(self.values.get(variable.name, variable.default))
            for variable in self.variables
        }
        return {**filled, **facts}


# Conversion to JSON and back. Reading is tolerant: missing or invalid values become defaults.
#
# Databases and settings may contain records written by anything, so sizes are limited as in preset files.

_MAX_LINE_LENGTH, _MOST_CHOICES = 2_000, 500
"""As in preset files."""


def to_json(preset: AppliedPreset | None) -> str:
    """Return the preset as JSON; an empty string for None."""
    return json.dumps(asdict(preset), ensure_ascii=False, separators=(",", ":")) if preset else ""


def from_json(text: str) -> AppliedPreset | None:
    """Return the preset from JSON; None if the text contains none."""
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
        name=_text(record, "name")[:MAX_PRESET_NAME_LENGTH],
        icon=_text(record, "icon"),
        prompt=_text(record, "prompt"),
        question=_text(record, "question"),
        greeting=_text(record, "greeting"),
        placeholder=_text(record, "placeholder")[:_MAX_LINE_LENGTH],
        parameters=parameters.from_record(record.get("parameters")),
        thinking=_word(record, "thinking", Thinking.AUTO),
        send_as=_word(record, "send_as", SendAs.AUTO),
        variables=_variables(variables) if isinstance(variables, list) else (),
        values={str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {},
        opened=record.get("opened") is True,
    )


def _variables(records: list[object]) -> tuple[Variable, ...]:
    """Return the valid variables, each name once: a form has one field for each."""
    found = {variable.name: variable for variable in map(_variable, filter(_is_variable, records[:MAX_VARIABLES]))}
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
        label=_text(record, "label")[:_MAX_LINE_LENGTH],
        hint=_text(record, "hint")[:_MAX_LINE_LENGTH],
        default=_text(record, "default"),
        choices=tuple(each[:_MAX_LINE_LENGTH] for each in choices[:_MOST_CHOICES] if isinstance(each, str))
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
    return float(value) if sane else None  # type: ignore[arg-type]  # NaN fails the comparison


def _word[Word: StrEnum](record: Mapping[str, object], key: str, default: Word) -> Word:
    try:
        return type(default)(_text(record, key))
    except ValueError:
        return default
