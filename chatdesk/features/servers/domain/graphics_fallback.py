"""What happens when a model fails on the graphics card: less of it runs there, then nothing. Values and pure functions.

`services/built_in/engine_programs.py` remembers the result, until the driver or the engine program changes.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Offload
from chatdesk.kernel.text.safe_line import safe_line

SILENCE = "no token from the graphics card"
"""Detail of the error for it."""
_MAX_TEXT = 200
_OUT_OF_MEMORY = re.compile(
    r"out.?of.?(?:device|host|pool)?.?memory|memory allocation of size \d+ failed|failed to allocate|unable to allocate|"
    r"insufficient memory|cudamalloc",
    re.IGNORECASE,
)
_DEVICE_LOST = re.compile(r"device.?lost|device removed|launch timed out|GPU hang", re.IGNORECASE)
_ARCHITECTURE = re.compile(r"unknown model architecture", re.IGNORECASE)


class FallbackReason(StrEnum):
    """Why a model does not run (entirely) on the graphics card."""

    OUT_OF_MEMORY = "out_of_memory"
    DEVICE_LOST = "device_lost"
    SILENT = "silent"
    """It was stuck: no token came."""
    ARCHITECTURE = "architecture"
    """The program does not know this kind of model."""
    ENDED = "ended"
    """The program ended for another reason."""


FAILURES_OF_CARDS = frozenset({FallbackReason.OUT_OF_MEMORY, FallbackReason.DEVICE_LOST, FallbackReason.SILENT})
"""Failures that less work for the graphics card can avoid."""


@dataclass(frozen=True, slots=True)
class EnginePlan:
    """How a model is to run."""

    program: Path | None = None
    """Path of a `llama-server`; None: the engine that is installed with Chatdesk."""
    device: str = ""
    """Names of the devices that it is to use, separated by commas."""
    offload: Offload = Offload.FULL


@dataclass(frozen=True, slots=True)
class Fallback:
    """A model that failed on the graphics card. `program` is what was chosen, `version` its version, `driver` that of the card."""

    model: str
    """Id of the model."""
    name: str
    """Name of the model to show."""
    program: str
    version: str
    driver: str
    offload: Offload
    """What it is limited to."""
    reason: FallbackReason


def reason_in(text: str) -> FallbackReason:
    """Return the reason in the last output of a program that ended, or in `SILENCE`."""
    if text == SILENCE:
        return FallbackReason.SILENT
    for pattern, reason in (
        (_ARCHITECTURE, FallbackReason.ARCHITECTURE),
        (_DEVICE_LOST, FallbackReason.DEVICE_LOST),
        (_OUT_OF_MEMORY, FallbackReason.OUT_OF_MEMORY),
    ):
        if pattern.search(text):
            return reason
    return FallbackReason.ENDED


def less(offload: Offload, reason: FallbackReason) -> Offload | None:
    """Return how much to try next after a failure; None if nothing is left to try."""
    if offload is Offload.NONE:
        return None
    return Offload.HALF if offload is Offload.FULL and reason is not FallbackReason.ARCHITECTURE else Offload.NONE


def with_fallback(fallbacks: Iterable[Fallback], new: Fallback) -> tuple[Fallback, ...]:
    """Add a fallback; it replaces that of the same model, and those of other versions and drivers."""
    kept = (each for each in fallbacks if is_same_setup(each, new) and each.model != new.model)
    return (*kept, new)


def is_same_setup(one: Fallback, other: Fallback) -> bool:
    """Return whether both were met with the same program and driver."""
    return (one.program, one.version, one.driver) == (other.program, other.version, other.driver)


def to_row(fallback: Fallback) -> dict[str, object]:
    """Return a fallback as a JSON object."""
    return asdict(fallback)


def from_row(row: object) -> Fallback | None:
    """Return the fallback in a JSON object; None if it is not one."""
    match row:
        case {
            "model": str(model),
            "name": str(name),
            "program": str(program),
            "version": str(version),
            "driver": str(driver),
            "offload": str(offload),
            "reason": str(reason),
        } if offload in set(Offload) and reason in set(FallbackReason):
            shown = safe_line(name, _MAX_TEXT)
            return Fallback(model, shown, program, version, driver, Offload(offload), FallbackReason(reason))
        case _:
            return None
