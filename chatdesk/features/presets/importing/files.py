"""Import of files from disk, one after the other, within the limits of one import.

Folders, pipes and devices are never opened, so nothing can block.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.features.presets.importing.entries import Draft
from chatdesk.features.presets.importing.limits import (
    MAX_FILE_BYTES,
    MAX_GLOSSARY_BYTES,
    MAX_TOTAL_CHARACTERS,
    MEGABYTE,
)
from chatdesk.features.presets.importing.reading import Contents, RowReader, glossary, read_contents, read_exported
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.presets.preset_import import (
    MAX_PRESETS,
    Candidate,
    ChatsFound,
    FileBegun,
    Finding,
    ImportProblem,
    ImportRefused,
    SkippedEntry,
    SkipReason,
    unreadable,
)
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, open_regular, read_whole
from chatdesk.kernel.user_files import GLOSSARIES, user_file_kind

_MAX_SHOWN_LENGTH = 120


def read_files(paths: Sequence[Path], read_rows: RowReader, report: Callable[[Finding], None]) -> None:
    """Read files and report each finding immediately. Invalid content raises no exception."""
    seen: set[object] = set()
    remaining = MAX_TOTAL_CHARACTERS
    for number, path in enumerate(paths):
        report(FileBegun(number))
        name = shown_name(path.name)
        if user_file_kind("/".join(path.parts[-3:])) == GLOSSARIES:
            try:
                report(glossary(path.name, read_whole(path, MAX_GLOSSARY_BYTES)))
            except (FileTooLarge, NotARegularFile):
                pass  # one that is larger than those of Chatdesk is none
            except OSError as error:
                report(unreadable(error, name))
            continue
        try:
            most = MAX_PRESETS - len(seen)
            contents = _read_exported(path, name, most) or read_contents(read_bytes(path), name, read_rows, most)
            remaining = _remaining_after(remaining, contents.drafts, name)
        except ImportRefused as error:
            report(error)
            continue
        for skipped in contents.skipped:
            report(skipped)
        for finding in _distinct(contents.drafts, name, seen):
            report(finding)
        for found in contents.glossaries:
            report(found)
        if contents.chats:
            report(ChatsFound(name, contents.chats))


def _read_exported(path: Path, name: str, most: int) -> Contents | None:
    with suppress(OSError), open_regular(path) as file:
        return read_exported(file, name, most)
    return None


def _remaining_after(remaining: int, drafts: Sequence[Draft], name: str) -> int:
    """Return the remaining number of characters after these presets. Raises `ImportRefused` if the limit is exceeded."""
    presets = (draft.preset for draft in drafts)
    left = remaining - sum(len(preset.prompt) + len(preset.question) + len(preset.greeting) for preset in presets)
    if left < 0:
        raise ImportRefused(ImportProblem.TOO_LARGE, name, str(MAX_TOTAL_CHARACTERS // 1_000_000))
    return left


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises `ImportRefused`."""
    name = shown_name(path.name)
    try:
        return read_whole(path, MAX_FILE_BYTES)
    except FileTooLarge as error:
        raise ImportRefused(ImportProblem.TOO_LARGE, name, str(MAX_FILE_BYTES // MEGABYTE)) from error
    except NotARegularFile as error:
        raise ImportRefused(ImportProblem.NOT_A_FILE, name) from error
    except OSError as error:
        raise unreadable(error, name) from error


def shown_name(name: str) -> str:
    """Return a file name for display: one line of limited length."""
    line = clean_line(name.encode("utf-8", "replace").decode("utf-8"))
    return line if len(line) <= _MAX_SHOWN_LENGTH else f"{line[: _MAX_SHOWN_LENGTH - 20]}…{line[-19:]}"


def _distinct(drafts: Sequence[Draft], name: str, seen: set[object]) -> Iterator[Candidate | SkippedEntry]:
    """Yield each distinct preset once, and duplicates as skipped entries."""
    for draft in drafts:
        candidate = _candidate(draft, name)
        if candidate is None:
            yield SkippedEntry(name, SkipReason.NOT_AN_ENTRY, 0, draft.preset.name)
        elif (same := candidate.preset.said) in seen:
            yield SkippedEntry(name, SkipReason.TWICE, 0, draft.preset.name)
        else:
            seen.add(same)
            yield candidate


def _candidate(draft: Draft, file: str) -> Candidate | None:
    """Return the candidate, always parsed from its final text, so that the library receives exactly what was shown."""
    text = draft.text or write_preset(draft.preset)
    try:
        preset = read_preset(text, draft.preset.id, PresetOrigin.OWN)
    except PresetInvalid:  # a text that the file format cannot represent
        return None
    return Candidate(preset, text, file, draft.format, draft.notes)
