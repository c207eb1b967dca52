"""A failure as kept with a message: the name of an error type and its data, no sentence.

`errors.py` turns an error into this, `stored_errors.py` back; ui_kit/errors/errors.py and app/console/error_texts.py put it into words.
"""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from chatdesk.kernel.fast_dataclass import dataclass

FailureValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Failure:
    """`kind` is the class name of an error in `errors.py`; `data` its fields."""

    kind: str
    data: Mapping[str, FailureValue] = field(default_factory=lambda: MappingProxyType({}))
