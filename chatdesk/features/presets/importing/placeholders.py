"""Conversion of placeholders of other programs to `{{variables}}`. All other braces are escaped.

Formats without placeholders use `escape` of `kernel/presets/template.py`.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.kernel.presets.preset import MAX_VARIABLES
from chatdesk.kernel.presets.template import MAX_VARIABLE_NAME_LENGTH, escape
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable, VariableKind

_DOLLAR = re.compile(r"\$\{([^{}:\n]{1,80})(?::([^{}\n]{0,1000}))?\}")
_CHERRY = re.compile(r"\{\{(date|time|datetime|language|model_name|username|system|arch)\}\}")
_CHERRY_SYSTEM_VARIABLES = {
    "date": "{{date}}",
    "time": "{{time}}",
    "datetime": "{{date}} {{time}}",
    "language": "{{language}}",
    "model_name": "{{model}}",
}
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_MAX_FIELD_LENGTH = 500


class DeclaredVariables:
    """The variables of one preset, collected while its texts are converted."""

    def __init__(self) -> None:
        self._variables: dict[str, Variable] = {}

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables in the order of their first use."""
        return tuple(self._variables.values())

    def placeholder_for(self, title: str, variable: Variable | None = None) -> str | None:
        """Return the placeholder for a variable; None if there are too many.

        `title` becomes its name and label; `variable` provides the other fields.
        """
        label = clean_line(title)[:_MAX_FIELD_LENGTH]
        name = name_of(label)
        number = 2
        while (known := self._variables.get(name)) and known.label.casefold() != label.casefold():
            name = f"{name_of(label)[: MAX_VARIABLE_NAME_LENGTH - 4]}_{number}"
            number += 1
        new = replace(variable or Variable(""), name=name, label=label)
        if known is None and len(self._variables) >= MAX_VARIABLES:
            return None
        if known is None or (new.default and not known.default):
            self._variables[name] = new
        return f"{{{{{name}}}}}"


def name_of(title: str) -> str:
    """Return a valid variable name derived from a title."""
    name = _NOT_IN_NAMES.sub("_", title.strip().lower())[: MAX_VARIABLE_NAME_LENGTH - 8].strip("_-")
    if not name or name[0].isdecimal() or not re.match(r"[^\W\d]", name):
        name = f"_{name}" if name else "value"
    return f"{name}_value" if name in SYSTEM_NAMES else name


def convert_placeholders(
    text: str, pattern: re.Pattern[str], replacement_for: Callable[[re.Match[str]], str | None]
) -> str:
    """Return `text` with the result of `replacement_for` for each match.

    All other text is escaped, including matches with the result None.
    """
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        replacement = replacement_for(match)
        if replacement is None:
            continue
        parts += (escape(text[end : match.start()]), replacement)
        end = match.end()
    return "".join((*parts, escape(text[end:])))


def dollar_template(text: str) -> tuple[str, tuple[Variable, ...]]:
    """Return a text with `${Name}` and `${Name:default}`, as in prompts.chat, as a template with its variables."""
    declared = DeclaredVariables()

    def replacement_for(match: re.Match[str]) -> str | None:
        default = clean_line(match[2] or "")[:_MAX_FIELD_LENGTH]
        return declared.placeholder_for(match[1], Variable("", VariableKind.TEXT, default=default))

    return convert_placeholders(text, _DOLLAR, replacement_for), declared.variables


def cherry_template(text: str) -> tuple[str, tuple[Variable, ...]]:
    """Return a text with the placeholders of Cherry Studio as a template, with variables for values only the user knows."""
    declared = DeclaredVariables()

    def replacement_for(match: re.Match[str]) -> str | None:
        return _CHERRY_SYSTEM_VARIABLES.get(match[1]) or declared.placeholder_for(match[1])

    return convert_placeholders(text, _CHERRY, replacement_for), declared.variables
