"""What the library remembers of a preset beside its file: how it is used, and its earlier versions."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PresetState:
    """Kept on this machine only."""

    favourite: bool = False
    uses: int = 0
    last_used: datetime | None = None
    position: float | None = None
    """Where the user dragged it to, among all that have a position."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What its variables were filled with the last time."""


@dataclass(frozen=True, slots=True)
class PresetVersion:
    """The whole text of a preset's file, as it was saved. Numbers of one preset count from 1."""

    number: int
    saved_at: datetime
    text: str
