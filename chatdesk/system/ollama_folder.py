"""Where an Ollama on this machine keeps its models, and how much room is left there.

Source: Ollama's docs/faq.mdx and docs/linux.mdx. The environment of the server cannot be seen from here: OLLAMA_MODELS is read where
people set it for the service, else ours is taken, usually the same.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatdesk.kernel.text.regular_file import beginning_as_text, read_beginning

_OF_THE_SERVICE = Path("/usr/share/ollama/.ollama/models")
_UNITS = tuple(
    Path(folder) for folder in ("/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system")
)
_SET = re.compile(
    r"""^[ \t]*Environment=.*?(?:(?<=[\s=])OLLAMA_MODELS=(\S+)|"OLLAMA_MODELS=([^"\n]*)"|'OLLAMA_MODELS=([^'\n]*)')""",
    re.MULTILINE,
)
_LONGEST_FILE = 64 * 1024
_MOST_NOTES = 10_000


def models_folder(
    environment: Mapping[str, str] = os.environ, service: Path = _OF_THE_SERVICE, units: Sequence[Path] = _UNITS
) -> Path:
    """Return the folder; it need not exist yet."""
    if sys.platform == "linux" and (told := _told_to_service(units)):
        return Path(told)
    if named := environment.get("OLLAMA_MODELS", "").strip():
        return Path(named)
    if sys.platform == "linux" and _may_exist(service.parent):
        return service
    return Path.home() / ".ollama" / "models"


def room_for_models(folder: Path | None = None) -> int | None:
    """Return the bytes that are free where models are kept; None where no such folder was ever made: a container may keep them anywhere."""
    folder = folder or models_folder()
    return free_space(folder) if any(map(_may_exist, (folder, folder.parent))) else None


def free_space(folder: Path) -> int | None:
    """Return the bytes that are free where the folder is, or will be; None if the system does not say."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except (OSError, ValueError):
            continue
    return None


def damaged_parts(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the notes of unfinished downloads that Ollama cannot read: it keeps one for each part, as JSON (server/download.go).

    One is left empty when Ollama is ended while it writes it. Raises `OSError` where the folder cannot be read.
    """
    notes = sorted(((folder or models_folder()) / "blobs").glob("sha256-*-partial-*"))[:_MOST_NOTES]
    return tuple(note for note in notes if not _is_json_object(note))


def remove_damaged_downloads(folder: Path | None = None) -> bool:
    """Remove each download with a damaged note, so that it begins again; return whether there was one. Raises `OSError`.

    The parts of one file belong together: what was downloaded of it cannot be told without all notes. Other files are kept.
    """
    downloads = {note.with_name(note.name.rpartition("-")[0]) for note in damaged_parts(folder)}
    for download in downloads:
        for file in (download, *download.parent.glob(f"{download.name}-*")):
            file.unlink(missing_ok=True)
    return bool(downloads)


def _is_json_object(file: Path) -> bool:
    try:
        return isinstance(json.loads(read_beginning(file, _LONGEST_FILE)), dict)
    except ValueError:
        return False


def _told_to_service(units: Sequence[Path]) -> str:
    """Return what the unit of systemd, or what was added to it, sets; the last word holds. Empty if nothing does."""
    found = ""
    for folder in units:
        unit = folder / "ollama.service"
        for path in (unit, *_added_to(unit)):
            for match in _SET.finditer(beginning_as_text(path, _LONGEST_FILE)):
                found = next(filter(None, match.groups()), "")
        if found:
            return found
    return found


def _added_to(unit: Path) -> list[Path]:
    try:
        return sorted(unit.with_name(f"{unit.name}.d").glob("*.conf"))
    except OSError:
        return []


def _may_exist(folder: Path) -> bool:
    """Tell whether it is there; one that we may not look into is."""
    try:
        return folder.exists()
    except PermissionError:
        return True
    except OSError:
        return False
