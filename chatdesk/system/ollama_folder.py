"""The folder in which Ollama on this computer stores its models, and the free space there.

Source: Ollama's docs/faq.mdx and docs/linux.mdx. The environment of the server is not visible from here: OLLAMA_MODELS is read from where
users set it for the service, or else from our own environment, which is usually the same.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatdesk.kernel.text.regular_file import beginning_as_text, read_beginning

_SERVICE_FOLDER = Path("/usr/share/ollama/.ollama/models")
_UNITS = tuple(
    Path(folder) for folder in ("/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system")
)
_ASSIGNMENT = re.compile(
    r"""^[ \t]*Environment=.*?(?:(?<=[\s=])OLLAMA_MODELS=(\S+)|"OLLAMA_MODELS=([^"\n]*)"|'OLLAMA_MODELS=([^'\n]*)')""",
    re.MULTILINE,
)
_MAX_FILE_BYTES = 64 * 1024
_MAX_METADATA_FILES = 10_000


def models_folder(
    environment: Mapping[str, str] = os.environ, service: Path = _SERVICE_FOLDER, units: Sequence[Path] = _UNITS
) -> Path:
    """Return the folder; it need not exist yet."""
    if sys.platform == "linux" and (service_folder := _service_models_folder(units)):
        return Path(service_folder)
    if named := environment.get("OLLAMA_MODELS", "").strip():
        return Path(named)
    if sys.platform == "linux" and _may_exist(service.parent):
        return service
    return Path.home() / ".ollama" / "models"


def free_space_for_models(folder: Path | None = None) -> int | None:
    """Return the free bytes where models are stored.

    None if no such folder was ever created: an Ollama in a container may store them anywhere.
    """
    folder = folder or models_folder()
    return free_space(folder) if any(map(_may_exist, (folder, folder.parent))) else None


def free_space(folder: Path) -> int | None:
    """Return the free bytes of the file system of an existing or future folder; None if the system does not report it."""
    for existing in (folder, *folder.parents):
        try:
            return shutil.disk_usage(existing).free
        except (OSError, ValueError):
            continue
    return None


def damaged_parts(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the metadata files of unfinished downloads that Ollama cannot read.

    Ollama stores one for each part, as JSON (server/download.go). One is left empty if Ollama is ended while writing it. Raises `OSError`
    if the folder cannot be read.
    """
    metadata_files = sorted(((folder or models_folder()) / "blobs").glob("sha256-*-partial-*"))[:_MAX_METADATA_FILES]
    return tuple(metadata_file for metadata_file in metadata_files if not _is_json_object(metadata_file))


def remove_damaged_downloads(folder: Path | None = None) -> bool:
    """Delete each download with a damaged metadata file, so that it restarts; return whether there was one. Raises `OSError`.

    All parts of a file have to be deleted: without all metadata files, it is unknown what was downloaded. Other files are kept.
    """
    downloads = {
        metadata_file.with_name(metadata_file.name.rpartition("-")[0]) for metadata_file in damaged_parts(folder)
    }
    for download in downloads:
        for file in (download, *download.parent.glob(f"{download.name}-*")):
            file.unlink(missing_ok=True)
    return bool(downloads)


def _is_json_object(file: Path) -> bool:
    try:
        return isinstance(json.loads(read_beginning(file, _MAX_FILE_BYTES)), dict)
    except ValueError:
        return False


def _service_models_folder(units: Sequence[Path]) -> str:
    """Return the OLLAMA_MODELS set by the systemd unit or its drop-in files; the last assignment applies. Empty if there is none."""
    found = ""
    for folder in units:
        unit = folder / "ollama.service"
        for path in (unit, *_drop_in_files(unit)):
            for match in _ASSIGNMENT.finditer(beginning_as_text(path, _MAX_FILE_BYTES)):
                found = next(filter(None, match.groups()), "")
        if found:
            return found
    return found


def _drop_in_files(unit: Path) -> list[Path]:
    try:
        return sorted(unit.with_name(f"{unit.name}.d").glob("*.conf"))
    except OSError:
        return []


def _may_exist(folder: Path) -> bool:
    """Return whether the folder exists; True if access to it is denied."""
    try:
        return folder.exists()
    except PermissionError:
        return True
    except OSError:
        return False
