"""The error that a kept failure was made of. Every type of error is listed here by its module, so nothing depends on what is loaded.

Loaded with the first failure that has to be worded: a start has none.
"""

import math
from dataclasses import fields
from enum import Enum
from types import ModuleType
from typing import get_args, get_type_hints

from chatdesk.kernel.errors import (
    application_errors,
    attachment_errors,
    engine_errors,
    keyring_errors,
    preset_errors,
    storage_errors,
    translation_errors,
)
from chatdesk.kernel.errors import (
    base as cloud_errors,
)
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import (
    model_errors as model_management_errors,
)
from chatdesk.kernel.errors import (
    model_errors as pull_errors,
)
from chatdesk.kernel.errors.base import ChatdeskError, ServerFailed
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.presets import preset_import

MODULES: tuple[ModuleType, ...] = (
    errors,
    application_errors,
    attachment_errors,
    cloud_errors,
    engine_errors,
    keyring_errors,
    model_management_errors,
    preset_errors,
    preset_import,
    pull_errors,
    storage_errors,
    translation_errors,
)
"""Where types of errors are declared (a test finds one that is declared anywhere else)."""
KINDS: dict[str, type[ChatdeskError]] = {
    name: kind
    for module in MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, ChatdeskError)
}
_LARGEST_NUMBER = 2**53


def from_failure(failure: Failure) -> ChatdeskError:
    """Return the error a failure was made of. A kind of another version, or a value of a wrong type, falls back to what is known."""
    for kind in (KINDS.get(failure.kind, ServerFailed), ServerFailed):
        types = _types(kind)
        known = {name: types[name] for name in failure.data if name in types}
        values = {name: _value(failure.data[name], allowed) for name, allowed in known.items()}
        try:
            return kind(**{name: value for name, value in values.items() if value is not _UNFIT})
        except TypeError:  # a value that this kind cannot be without is missing
            continue
    raise AssertionError("ServerFailed can be made of nothing")


_UNFIT = object()


def _types(kind: type[ChatdeskError]) -> dict[str, tuple[type, ...]]:
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
    return _UNFIT


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and abs(value) <= _LARGEST_NUMBER else None
