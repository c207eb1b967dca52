"""Reading of foreign files in a child process (`import_child.py`), which is ended if it uses too much memory or time.

`temporary` is always the folder for the copies that it makes: one that is emptied at a start, in case the program is killed meanwhile.
"""

from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.app.import_child import MAX_MEMORY
from chatdesk.features.conversations.importing.run import Preview, parse_key, parse_preview
from chatdesk.features.conversations.services.files.chat_reading import (
    MAX_LINE_BYTES,
    ChatRecord,
    parse_lines,
)
from chatdesk.features.presets.importing.process import ReadingProcess
from chatdesk.kernel.aio.child_program import IMPORT_CHILD
from chatdesk.kernel.presets.preset_import import Finding
from chatdesk.system.processes import memory_of, processor_time_of

if TYPE_CHECKING:
    from chatdesk.features.sync.files.bundle import Finding as BundleFinding

_SECONDS = 60.0
"""Maximum time in seconds of a reading, or until the next answer of one that answers again and again."""
_CHATS_SECONDS = 300.0
"""The same for chats: some exports of up to 2 GB are read once before the first chat is known.

A source that does not respond is given up after `_SILENT_SECONDS`.
"""
_SILENT_SECONDS = 60.0
"""Seconds without processor time, as long as for other folders: see `storage/files/local_folder.py`."""


async def read_presets(
    paths: Sequence[Path], on_result: Callable[[Finding], None], temporary: Path | None = None
) -> None:
    """Read presets from files, and call `on_result` with each finding."""
    await _process(temporary).read(paths, on_result)


def preview_chats(paths: Sequence[Path], temporary: Path | None = None) -> AsyncGenerator[Preview, None]:
    """Yield what files, archives and folders contain. Raises `ImportRefused` if the process fails."""
    return _chat_process(temporary).stream({"preview": list(map(str, paths))}, MAX_LINE_BYTES, parse_preview)


def send_chats(
    paths: Sequence[Path], chosen: Collection[str], temporary: Path | None = None
) -> AsyncGenerator[Sequence[ChatRecord], None]:
    """Yield the chosen chats of files, archives and folders. Raises `ImportRefused` if the process fails."""
    return _chat_process(temporary).stream(
        {"send": list(map(str, paths)), "chosen": list(chosen)}, MAX_LINE_BYTES, parse_lines
    )


async def read_bundle(path: Path, milliseconds: int, on_result: "Callable[[BundleFinding], None]") -> bool:
    """Read a bundle of another computer, call `on_result` with its content, and return whether it was read to the end.

    `milliseconds` is the time since 1970.
    """
    from chatdesk.features.sync.files.bundle import finding_of  # noqa: PLC0415 - rarely needed

    request = {"bundle": str(path), "milliseconds": milliseconds}
    return await _process().ask(request, MAX_LINE_BYTES, lambda line: finding_of(line, milliseconds), on_result)


async def read_key(paths: Sequence[Path], server: str, temporary: Path | None = None) -> str:
    """Return the key of a server in files of other programs, by the ID of the server; empty if it has none or the process fails."""
    found: list[str] = []
    await _process(temporary).ask(
        {"key_of": server, "paths": list(map(str, paths))}, MAX_LINE_BYTES, parse_key, found.append
    )
    return found[0] if found else ""


def _process(temporary: Path | None = None) -> ReadingProcess:
    return ReadingProcess(IMPORT_CHILD.command(), memory_of, MAX_MEMORY, _SECONDS, temporary)


def _chat_process(temporary: Path | None) -> ReadingProcess:
    return ReadingProcess(
        IMPORT_CHILD.command(), memory_of, MAX_MEMORY, _CHATS_SECONDS, temporary, processor_time_of, _SILENT_SECONDS
    )
