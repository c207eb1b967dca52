"""Signs program files for Windows with whatever the environment names: `signing.py FILE ...`; without a name it says so and signs nothing.

CHATDESK_SIGN_COMMAND is a JSON list of words, in which `{file}` stands for the file and `{root}` for the folder of the sources: signtool
with a certificate of one's own, or with Microsoft's Trusted Signing. Examples: docs/release.md. Not run on Windows so far.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "CHATDESK_SIGN_COMMAND"
_KINDS = {".exe", ".dll", ".pyd"}
_SECURITY = 4
"""Number of the table of signatures among the tables of a program file (Microsoft, "PE Format")."""


def command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the words of the command; none where nothing is to be signed. Raises `ValueError` if it is no such list."""
    text = environment.get(VARIABLE, "").strip()
    if not text:
        return []
    words = json.loads(text)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{VARIABLE} is no list of words in JSON")
    if "{file}" not in " ".join(words):
        raise ValueError(f"{VARIABLE} names no {{file}}")
    return words


def sign(
    files: Sequence[Path],
    words: Sequence[str],
    run: Callable[[list[str]], object] = lambda words: subprocess.run(words, check=True),
) -> None:
    """Sign each file. Raises `subprocess.CalledProcessError` if one cannot be signed."""
    for file in files:
        run([word.replace("{root}", str(ROOT)).replace("{file}", str(file)) for word in words])


def unsigned(folder: Path) -> list[Path]:
    """Return the program files in a folder that nobody has signed. What its makers signed, as Python and Qt, keeps their signatures."""
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in _KINDS and file.is_file())
    return [file for file in files if not is_signed(file)]


def is_signed(file: Path) -> bool:
    """Whether a program file has a signature inside, whoever's."""
    with file.open("rb") as opened:
        head = opened.read(4096)
    try:
        (start,) = struct.unpack_from("<I", head, 0x3C)
        if head[:2] != b"MZ" or head[start : start + 4] != b"PE\0\0":
            return False
        (kind,) = struct.unpack_from("<H", head, start + 24)
        tables = start + 24 + (112 if kind == 0x20B else 96)  # 64 bits or 32
        _offset, size = struct.unpack_from("<2I", head, tables + 8 * _SECURITY)
    except struct.error:
        return False
    return bool(size)


def main() -> None:
    """Sign the files that the command line names: the installer's compiler calls this."""
    if words := command():
        sign([Path(name) for name in sys.argv[1:]], words)
    else:
        print(f"Not signed: {VARIABLE} is not set.")


if __name__ == "__main__":
    main()
