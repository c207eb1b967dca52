"""A preset applied to a conversation: what the conversation stores of it, and the same as plain values for JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from enum import StrEnum
from typing import TypeGuard

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models import parameters
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import LONGEST_NAME, MOST_VARIABLES, Preset, SendAs
from chatdesk.kernel.presets.template import NAME, fill, names_in
from chatdesk.kernel.presets.variable import FETCHED, SYSTEM_NAMES, SystemVariable, Variable, VariableKind

# A preset in a chat: what the chat keeps of it, so that changing or deleting the preset changes no chat.
#
# It holds the templates and what was filled in, not the finished text: date, time and model are those of the
# question they go along with.


@dataclass(frozen=True, slots=True)
class AppliedPreset:
    """`key` is the preset's in the library (`Preset.key`); there may be none of that key any more."""

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
    """What was filled in, by variable."""
    opened: bool = False
    """Whether its opening message is sent already."""

    @classmethod
    def of(cls, preset: Preset, values: Mapping[str, str] | None = None) -> "AppliedPreset":
        """Return the preset as a chat keeps it, with these values or the defaults, as far as its fields can hold them."""
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
        )
        given = values or {}
        offered = {each.name: (given.get(each.name, each.default), each.default) for each in applied.variables}
        fitting = {
            each.name: next((value for value in offered[each.name] if each.fits(value)), "")
            for each in applied.variables
        }
        return replace(applied, values=fitting)

    def completed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return a value for each variable: the given one, else its default."""
        return {variable.name: values.get(variable.name, variable.default) for variable in self.variables}

    def with_values(self, values: Mapping[str, str]) -> "AppliedPreset":
        """Return it filled in anew; variables that are not named keep what they have."""
        return replace(self, values=self.completed({**self.values, **values}))

    def for_next_chat(self) -> "AppliedPreset":
        """Return it for another chat: what is not remembered, and what came from elsewhere, begins with its default again."""
        kept = {
            variable.name: self.values[variable.name]
            for variable in self.variables
            if variable.remember and variable.kind not in FETCHED and variable.name in self.values
        }
        return replace(self, values=self.completed(kept), opened=False)

    @property
    def missing(self) -> tuple[Variable, ...]:
        """Those that must be filled in and are not, or with what cannot be."""
        return tuple(
            variable
            for variable in self.variables
            if (variable.required and not self.values.get(variable.name, "").strip())
            or not variable.fits(self.values.get(variable.name, ""))
        )

    @property
    def takes_input(self) -> bool:
        """Whether the opening message has a place for what is written in the composer."""
        return SystemVariable.INPUT in names_in(self.question)

    def system_text(self, facts: Mapping[str, str]) -> str:
        """Return the prompt, filled in. `facts` are values of the system's variables."""
        return fill(self.prompt, self._words(facts)).strip()

    def greeting_text(self, facts: Mapping[str, str]) -> str:
        """Return what the assistant begins with, filled in."""
        return fill(self.greeting, self._words(facts)).strip()

    def message_text(self, written: str, facts: Mapping[str, str]) -> str:
        """Return what is sent for what the user has written: with the opening message, if that was not sent yet."""
        if self.opened or not self.question.strip():
            return written
        opening = fill(self.question, self._words({**facts, SystemVariable.INPUT: written})).strip()
        return opening if self.takes_input or not written.strip() else f"{opening}\n\n{written}"

    def _words(self, facts: Mapping[str, str]) -> dict[str, str]:
        filled = {
            variable.name: variable.words_for(self.values.get(variable.name, variable.default))
            for variable in self.variables
        }
        return {**filled, **facts}


# A preset in a chat, as plain values for JSON, and back. Reading is tolerant: what is missing or odd is left
# at its default.
#
# Records lie in databases and settings that anything may have written: what is read is bounded as a preset's
# file is.

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
