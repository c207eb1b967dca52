"""The design tokens in resources/themes/tokens.json: every colour, length and text size of the program.

`Theme` applies a scale and a colour scheme to them.
"""

import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor

from chatdesk.kernel.fast_dataclass import dataclass


class Scheme(Enum):
    """The four colour schemes; the value is the scheme's name in the file."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST_LIGHT = "highContrastLight"
    HIGH_CONTRAST_DARK = "highContrast"

    @classmethod
    def of(cls, *, dark: bool, high_contrast: bool) -> "Scheme":
        """Return the scheme for the system's preferences."""
        if high_contrast:
            return cls.HIGH_CONTRAST_DARK if dark else cls.HIGH_CONTRAST_LIGHT
        return cls.DARK if dark else cls.LIGHT

    @property
    def dark(self) -> bool:
        """Whether text is lighter than its background."""
        return self is Scheme.DARK or self is Scheme.HIGH_CONTRAST_DARK

    @property
    def high_contrast(self) -> bool:
        """Whether areas that otherwise differ only by their background have a border."""
        return self is Scheme.HIGH_CONTRAST_LIGHT or self is Scheme.HIGH_CONTRAST_DARK


@dataclass(frozen=True, slots=True)
class TextRole:
    """A text style: font size and line height in px at 100 %, weight from 1 to 1000."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The content of the file. Lengths are in px at 100 %."""

    colors: Mapping[Scheme, Mapping[str, QColor]]
    lengths: Mapping[str, Mapping[str, float]]
    """Lengths by group and name."""
    sizes: Mapping[str, tuple[int, int]]
    """Lengths with a width and a height."""
    roles: Mapping[str, TextRole]
    code_families: tuple[str, ...]
    """Families of the monospace font in order of preference."""
    strong_weight: int
    durations: Mapping[str, int]
    """Durations in milliseconds."""
    shadow: tuple[tuple[float, float, float], ...]
    """Rings from the inside out: share of the shadow colour's alpha, downward offset, spread."""

    @classmethod
    def read(cls, file: Path) -> "Tokens":
        """Read the file. It is part of the program, so an error in it is a bug and raises the usual Python exceptions."""
        content = json.loads(file.read_text("utf-8"))
        kind = content["type"]
        return cls(
            {scheme: _colors(content["color"][scheme.value]) for scheme in Scheme},
            {group: _of_type(content[group], (int, float)) for group in _LENGTH_GROUPS},
            {name: tuple(pair) for group in _LENGTH_GROUPS for name, pair in _of_type(content[group], list).items()},
            {name: TextRole(**role) for name, role in kind["scale"].items()},
            tuple(kind["family"]["mono"]),
            kind["weight"]["strong"],
            _of_type(content["motion"], int),
            tuple(zip(*(content["shadow"][name] for name in ("alphaFactor", "offsetY", "spread")), strict=True)),
        )

    def length(self, name: str) -> float:
        """Return a length by "group.name", or by its name if that is unique; otherwise raise KeyError with the groups that contain it."""
        group, _, bare = name.rpartition(".")
        owners = [group] if group else [group for group, entries in self.lengths.items() if bare in entries]
        if len(owners) != 1:
            raise KeyError(f"{name}: say which one of {[f'{owner}.{bare}' for owner in owners]}")
        return self.lengths[owners[0]][bare]


_LENGTH_GROUPS = ("spacing", "radius", "stroke", "icon", "layout", "size")


def _colors(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, QColor]:
    """Return all colours of a scheme by name; names are unique across groups."""
    colors = {}
    for name, value in ((name, value) for group in groups.values() for name, value in group.items()):
        if isinstance(value, str):
            colors[name] = QColor(value)
        else:
            colors[name] = QColor(value["color"])
            colors[name].setAlphaF(value["alpha"])
    return colors


def _of_type(entries: Mapping[str, Any], kind: type | tuple[type, ...]) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if isinstance(value, kind)}
