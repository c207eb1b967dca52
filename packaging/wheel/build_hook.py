"""What `pip install` does of a clone or a source archive besides packing files: compiles the translations where that was not done yet.

They become files for Qt, and tables for the command line, which starts without Qt (`packaging/console_words.py`).

Qt's compiler for them is in the package that Chatdesk needs anyway; it is asked for only where something has to be compiled. A source
archive holds compiled ones, so that installing from it needs no compiler. The starter model is in neither (docs/install.md).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILE = "from PySide6.scripts.pyside_tool import lrelease; lrelease()"


class BuildHook(BuildHookInterface):  # type: ignore[misc] # hatchling is there only while a wheel is built
    """Hatch makes one for each build."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Qt's compiler, in the version that the program is made for, or nothing."""
        named: list[str] = self.metadata.core.dependencies
        return [name for name in named if name.startswith("pyside6-essentials")] if self._stale(".qm") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's own names
        """Compile what has to be, and pack it: where the program looks for it in a wheel, where it was in a source archive."""
        for source in self._stale(".qm"):
            command = [sys.executable, "-c", _COMPILE, "-silent", str(source), "-qm", str(source.with_suffix(".qm"))]
            subprocess.run(command, check=True)
        for source in self._stale(".json"):
            program = Path(self.root, "packaging/console_words.py")
            subprocess.run([sys.executable, program, source, source.with_suffix(".json")], check=True)
        inside = "chatdesk/_bundled/translations" if self.target_name == "wheel" else "translations"
        for compiled in (file.with_suffix(suffix) for file in self._sources() for suffix in (".qm", ".json")):
            build_data["force_include"][str(compiled)] = f"{inside}/{compiled.name}"

    def _sources(self) -> list[Path]:
        return sorted(Path(self.root, "translations").glob("*.ts"))

    def _stale(self, suffix: str) -> list[Path]:
        """Return the translations that are not compiled into files of this kind, or were changed since."""
        return [source for source in self._sources() if not _is_compiled(source, suffix)]


def _is_compiled(source: Path, suffix: str) -> bool:
    compiled = source.with_suffix(suffix)
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime
