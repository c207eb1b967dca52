"""The registry of error types, by the name under which a failure of that type is stored.

It imports every module that declares error types, so a stored failure never depends on what happens to be loaded. It is loaded with the
first failure that is shown.
"""

import math
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import get_args, get_type_hints

from chatdesk.kernel.errors import (
    application_errors,
    attachment_errors,
    backup_errors,
    base,
    engine_errors,
    hub_errors,
    keyring_errors,
    model_errors,
    preset_errors,
    storage_errors,
    translation_errors,
)
from chatdesk.kernel.errors.base import ChatdeskError, ServerFailed
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.presets import preset_import

_MODULES = (
    application_errors,
    attachment_errors,
    backup_errors,
    base,
    engine_errors,
    hub_errors,
    keyring_errors,
    model_errors,
    preset_errors,
    preset_import,
    storage_errors,
    translation_errors,
)
ERROR_TYPES: Mapping[str, type[ChatdeskError]] = {
    name: kind
    for module in _MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, ChatdeskError)
}
"""Every error type of the program."""
FORMER_NAMES: Mapping[str, str] = {"AuthoritiesUnusable": "CaFileInvalid"}
"""Names under which earlier versions stored a type, and its name today."""
_LARGEST_NUMBER = 2**53
_NO_VALUE = object()


def from_failure(failure: Failure) -> ChatdeskError:
    """Return the error that a failure was made of.

    An unknown type (of another version of the program) becomes `ServerFailed`. A value of a wrong type is replaced by the field's default.
    """
    name = FORMER_NAMES.get(failure.kind, failure.kind)
    for kind in (ERROR_TYPES.get(name, ServerFailed), ServerFailed):
        types = _field_types(kind)
        known = {name: types[name] for name in failure.data if name in types}
        values = {name: _value(failure.data[name], allowed) for name, allowed in known.items()}
        try:
            return kind(**{name: value for name, value in values.items() if value is not _NO_VALUE})
        except TypeError:  # a field without a default has no usable value
            continue
    raise AssertionError("all fields of ServerFailed have defaults")


def _field_types(kind: type[ChatdeskError]) -> dict[str, tuple[type, ...]]:
    hints = get_type_hints(kind)
    return {field.name: get_args(hints[field.name]) or (hints[field.name],) for field in fields(kind)}


def _value(value: object, allowed: tuple[type, ...]) -> object:
    for kind in allowed:
        if issubclass(kind, Enum):
            if value in [member.value for member in kind]:
                return kind(value)
        elif kind in {int, float}:
            if (number := _number(value)) is not None and (kind is float or isinstance(number, int)):
                return number if kind is int else float(number)
        elif isinstance(value, kind):
            return value
    return _NO_VALUE


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and abs(value) <= _LARGEST_NUMBER else None
