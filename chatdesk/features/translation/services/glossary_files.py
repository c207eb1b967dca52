"""Glossary files: one for each language pair, such as `de-en.csv`. `glossaries.py` defines their content."""

import re
from pathlib import Path

from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import replace_file

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?")
MAX_BYTES = 2_000_000
GLOSSARIES_NAME = "glossaries"
"""Name of their folder in the data folder."""


class GlossaryFiles:
    """Reads and writes glossary files. All methods block, and raise `StorageError`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, source: str, target: str) -> str:
        """Return the content of a language pair's file; empty if there is none, or if it is too large to be one of ours."""
        path = self._path(source, target)
        with storage_errors(path):
            try:
                return read_whole(path, MAX_BYTES).decode("utf-8-sig", "replace")
            except (FileNotFoundError, NotARegularFile, FileTooLarge):
                return ""

    def write(self, source: str, target: str, text: str) -> None:
        """Write the file of a language pair."""
        path = self._path(source, target)
        with storage_errors(path):
            replace_file(path, text.encode("utf-8", "replace"))

    def _path(self, source: str, target: str) -> Path:
        if not (_CODE.fullmatch(source) and _CODE.fullmatch(target)):
            raise ValueError(source, target)
        return self.folder / f"{source}-{target}.csv"
