"""Command line of the program. Without a verb it opens the window, with files if given; apart from `quick`, the verbs do not load Qt.

`app/exit_code.py` defines the exit codes.
"""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chatdesk.app.plain_imports import load_pyside
from chatdesk.kernel.aio.child_program import (
    DOCUMENT_CHILD,
    ENGINE_CHILD,
    FORMULA_CHILD,
    IMPORT_CHILD,
    PASSPHRASE_CHILD,
    PDF_CHILD,
)
from chatdesk.kernel.errors.storage_errors import FolderUnavailable

_VERBS = frozenset({"ask", "models", "presets", "import", "export", "quick", "help"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if argv[:1] == [ENGINE_CHILD.argument]:  # a frozen program is its own Python: this is the engine's process
        from chatdesk.engine.child import main as engine_child  # noqa: PLC0415 - only in that process

        return engine_child()
    if argv[:1] == [FORMULA_CHILD.argument]:
        from chatdesk.rendering.formulas.typeset.child import main as formula_child  # noqa: PLC0415 - likewise

        return formula_child()
    if argv[:1] == [DOCUMENT_CHILD.argument]:
        from chatdesk.app.document_child import main as document_child  # noqa: PLC0415 - likewise

        return document_child()
    if argv[:1] == [IMPORT_CHILD.argument]:
        from chatdesk.app.import_child import main as import_child  # noqa: PLC0415 - likewise

        return import_child()
    if argv[:1] == [PDF_CHILD.argument]:
        from chatdesk.app.children.pdf_child import main as pdf_child  # noqa: PLC0415 - likewise

        return pdf_child()
    if argv[:1] == [PASSPHRASE_CHILD.argument]:
        from chatdesk.storage.files.age_encryption import main as passphrase_child  # noqa: PLC0415 - likewise

        return passphrase_child()
    try:
        if not argv or argv == ["--"]:
            return _window()
        if argv == ["quick"]:
            return _quick()
        if files := _files_in(argv):
            return _window(files=files)
    except FolderUnavailable as error:
        from chatdesk.app.console.calling import refuse  # noqa: PLC0415 - hardly ever needed

        return refuse(error)
    from chatdesk.app.console.calling import call  # noqa: PLC0415 - start-up time of the window

    return call(argv)


def _quick() -> int:
    load_pyside()
    from chatdesk.app.quick import request_quick_question  # noqa: PLC0415 - the other verbs run without Qt

    return 0 if request_quick_question() else _window(quick=True)


def _files_in(argv: Sequence[str]) -> list[Path]:
    """Return the files to open; empty if a verb is meant. A misspelled verb does not count as a file, so that it is reported."""
    names = argv[1:] if argv[0] == "--" else argv
    if not names or names[0].startswith("-") or argv[0] in _VERBS:
        return []
    paths = [_path(name) for name in names]
    is_path = "/" in names[0] or os.sep in names[0] or os.path.lexists(paths[0])
    return paths if is_path or argv[0] == "--" else []


def _path(name: str) -> Path:
    """Return the absolute path of a file, also for a file URL, which some programs pass."""
    if name.startswith("file://"):
        from urllib.parse import urlsplit  # noqa: PLC0415 - start-up time of the window
        from urllib.request import url2pathname  # noqa: PLC0415 - likewise

        name = url2pathname(urlsplit(name).path)
    try:
        return Path(os.path.abspath(name))  # noqa: PTH100 - a link is opened by its own name
    except FileNotFoundError:  # the working directory was deleted
        return Path(name)


def _window(*, quick: bool = False, files: Sequence[Path] = ()) -> int:
    gc.disable()  # searching the newly loaded objects takes a twelfth of the start; see app/garbage.py
    load_pyside()
    from chatdesk.app.window import open_window  # noqa: PLC0415 - the other verbs run without Qt

    return open_window(quick=quick, files=files)
