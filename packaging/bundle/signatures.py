"""Unpacks what PySide6 keeps in itself: thirteen modules of Python, for signatures and messages about wrong arguments.

Its libraries hold them as text, and each start compiles that text anew, a twentieth of the start of Chatdesk. PySide6 has a switch to
unpack them beside `shiboken6` (the variable SBK_EMBED, PYSIDE-2404), from where they are loaded as any module is. That is done in a copy,
so the environment that builds stays as it was installed.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

PLACE = "shiboken6/files.dir"
"""Where PySide6 looks for them."""
_NEEDED = "shibokensupport"


def unpack(package: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Unpack the modules of a `shiboken6` package into a folder; return them, compiled too, as PyInstaller names what goes into a bundle.

    Raises `SystemExit` if there are none: then PySide6 keeps them otherwise now, and this file has had its time.
    """
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "shiboken6"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__", "files.dir", "*.pyi", "include"))
    environment = {**os.environ, "SBK_EMBED": "0", "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", "import PySide6.QtCore"], env=environment, check=True)
    there = folder / PLACE / _NEEDED
    if not (there / "signature/loader.py").is_file():
        raise SystemExit("PySide6 has not unpacked its modules for signatures.")
    # Whoever installs a package gives its files other times; what was compiled is right all the same.
    compileall.compile_dir(there, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    files = sorted(path for path in there.rglob("*") if path.suffix in {".py", ".pyc"})
    return [(path.relative_to(folder).as_posix(), str(path), "DATA") for path in files]
