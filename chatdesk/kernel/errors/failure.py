"""A failure as stored with a message: the name of an error type and its data, without a sentence.

`to_failure` in `base.py` makes one from an error, `from_failure` in `registry.py` restores the error.
"""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from chatdesk.kernel.fast_dataclass import dataclass

FailureValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Failure:
    """`kind` is the class name of an error type, `data` has its fields."""

    kind: str
    data: Mapping[str, FailureValue] = field(default_factory=lambda: MappingProxyType({}))
