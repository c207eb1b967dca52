"""A preset in a chat: what the chat keeps of it, so that changing or deleting the preset changes no chat.

It holds the templates and what was filled in, not the finished text: date, time and model are those of the question they go along with.
"""

from collections.abc import Mapping
from dataclasses import field, replace

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import Preset, SendAs
from chatdesk.kernel.presets.template import fill, names_in
from chatdesk.kernel.presets.variable import FETCHED, SystemVariable, Variable


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
        """Return what is sent for what a person has written: with the opening message, if that was not sent yet."""
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
