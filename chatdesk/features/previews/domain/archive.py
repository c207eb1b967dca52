"""ZIP archive of the files of an artifact. File names are sanitized: none leads outside the target folder."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chatdesk.features.previews.domain.artifact import Artifact
from chatdesk.features.previews.domain.file_names import LANGUAGES, safe_path, with_ending
from chatdesk.features.previews.domain.page import encoded

_FIXED_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest timestamp of a ZIP archive. With the current time, equal files would not give equal archives."""
_READABLE = 0o100644
_CREATED_ON_UNIX = 3
_CODE_EXTENSIONS = frozenset({*LANGUAGES, "ts"})


def zip_of(artifact: Artifact) -> bytes:
    """Return a ZIP archive of the files: equal bytes for equal files. Must not be called on the UI thread."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, file in zip(_names(artifact), artifact.files, strict=True):
            entry = ZipInfo(name, _FIXED_TIMESTAMP)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _CREATED_ON_UNIX
            entry.external_attr = _READABLE << 16
            archive.writestr(entry, encoded(file.text))
    return content.getvalue()


def _names(artifact: Artifact) -> list[str]:
    """Return a path for each file. Only extensions of code are kept, so that no file in the archive is executable by a click."""
    names: list[str] = []
    used_paths: set[str] = set()
    for file in artifact.files:
        parts = re.split(r"[/\\]", file.name)
        folder, said = "/".join(parts[:-1]), parts[-1]
        stem, _, ending = said.rpartition(".") if "." in said else (said, "", "txt")
        if ending.lower() not in _CODE_EXTENSIONS:
            stem, ending = said, "txt"
        number, path = 1, ""
        while not path or _is_used(path, used_paths):
            last = with_ending(stem if number == 1 else f"{stem[:60]}-{number}", f".{ending}") or f"file.{ending}"
            path = "/".join(part for part in (safe_path(folder), last) if part)
            number += 1
        path_parts = path.lower().split("/")
        used_paths |= {"/".join(path_parts[:count]) + "/" for count in range(1, len(path_parts))} | {path.lower()}
        names.append(path)
    return names


def _is_used(path: str, used_paths: set[str]) -> bool:
    """Return whether the path exists as a file or folder, or needs a folder where a file exists."""
    path_parts = path.lower().split("/")
    folders = {"/".join(path_parts[:count]) for count in range(1, len(path_parts))}
    return path.lower() in used_paths or f"{path.lower()}/" in used_paths or bool(folders & used_paths)
