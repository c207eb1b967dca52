"""Locates the files installed with the program: their place differs between a clone, an installed package and a frozen program."""

import sys
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Resources:
    """The two folders of read-only files."""

    resources: Path
    """Icons, themes, fonts, presets, lists of vendors and models, licences."""
    translations: Path

    @classmethod
    def locate(cls) -> "Resources":
        """Return the folders of the running program."""
        return cls.below(_root())

    @classmethod
    def below(cls, root: Path) -> "Resources":
        """Return the folders inside `root`."""
        return cls(root / "resources", root / "translations")


def _root() -> Path:
    """Return their parent folder: PyInstaller's, or the wheel's (pyproject.toml, force-include), or the clone."""
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen)
    package = Path(__file__).resolve().parents[1]
    bundled = package / "_bundled"
    return bundled if bundled.is_dir() else package.parent
