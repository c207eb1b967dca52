"""Conversion of an application's inputs into the variables of a form.

The applications name their fields differently; this is the shared part.
"""

from collections.abc import Iterable, Mapping

from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.kernel.text.json_values import elements, number_of, text_of

MAX_FORM_FIELDS = 50
"""Maximum number of fields in a form. Nobody would fill in more."""
_MAX_CHOICES = 500
_MAX_LABEL_LENGTH = 2000
"""Maximum length of a label or default in characters."""


def variable(
    name: object,
    kind: VariableKind,
    field: Mapping[str, object],
    *,
    label: object = None,
    default: object = None,
    choices: Iterable[object] = (),
) -> Variable | None:
    """Return a variable; None if it has no name. `required`, `description`, `min` and `max` are read from `field`."""
    key = words(name)
    if not key:
        return None
    listed = tuple(dict.fromkeys(word for each in list(choices)[:_MAX_CHOICES] if (word := words(each))))
    if kind is VariableKind.CHOICE and not listed:
        kind = VariableKind.TEXT
    start = TOGGLE_ON if kind is VariableKind.TOGGLE and default is True else words(default)
    if kind is VariableKind.CHOICE and start not in listed:
        start = listed[0] if listed and field.get("required") is True else ""
    return Variable(
        name=key,
        kind=kind,
        label=words(label),
        hint=words(field.get("description")) or words(field.get("placeholder")),
        default=start,
        choices=listed if kind is VariableKind.CHOICE else (),
        required=field.get("required") is True,
        minimum=number_of(field.get("min")),
        maximum=number_of(field.get("max")),
    )


def words(value: object) -> str:
    """Return a text, or a number as text; empty for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return text_of(value).strip()[:_MAX_LABEL_LENGTH]


def texts(value: object, most: int) -> tuple[str, ...]:
    """Return the first texts of a list."""
    return tuple(text for each in elements(value) if (text := words(each)))[:most]
