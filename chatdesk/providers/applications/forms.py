"""What an application wants filled in -> the variables of a form. Each names its fields in its own way; here are the parts they share."""

from collections.abc import Iterable, Mapping

from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.kernel.text.json_values import elements, number_of, text_of

MOST_FIELDS = 50
"""Of a form; more of it is left out, and nobody would fill it in."""
_MOST_CHOICES = 500
_LONGEST_WORDS = 2000
"""Characters of a label or a default that are taken over."""


def variable(
    name: object,
    kind: VariableKind,
    field: Mapping[str, object],
    *,
    label: object = None,
    default: object = None,
    choices: Iterable[object] = (),
) -> Variable | None:
    """Return a variable; None where it has no name. `required`, `description`, `min` and `max` are read from `field`."""
    key = words(name)
    if not key:
        return None
    listed = tuple(dict.fromkeys(word for each in list(choices)[:_MOST_CHOICES] if (word := words(each))))
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
    """Return a text, or a number as one; empty for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return text_of(value).strip()[:_LONGEST_WORDS]


def texts(value: object, most: int) -> tuple[str, ...]:
    """Return the first texts of a list."""
    return tuple(text for each in elements(value) if (text := words(each)))[:most]
