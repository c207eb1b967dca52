"""Data about a preset outside its file: usage data and earlier versions."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PresetState:
    """Usage data, stored only on this computer."""

    favourite: bool = False
    uses: int = 0
    last_used: datetime | None = None
    position: float | None = None
    """The position set by dragging; None if it was never dragged."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The last values of its variables."""


@dataclass(frozen=True, slots=True)
class PresetVersion:
    """The saved text of a preset file. Numbers start at 1 for each preset."""

    number: int
    saved_at: datetime
    text: str
