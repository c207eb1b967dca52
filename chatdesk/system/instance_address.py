"""Where a second start reaches the program that runs: a local socket in a folder that only this user can enter.

On Windows it is a pipe named after the user. Which user is at the other end is checked on every connection (system/local_peer.py).
"""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_FOLDER_NAME = "chatdesk"
_LONGEST_ADDRESS = 103
"""Bytes, as on macOS; Linux takes four more."""
_DARWIN_USER_TEMP_DIR = 65537
"""`_CS_DARWIN_USER_TEMP_DIR`; Python knows no name for it."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class AddressUnsafe(Exception):
    """No folder for the socket is safe from other users of this computer. The text says why."""


def instance_address(
    data_folder: Path,
    environment: Mapping[str, str] = os.environ,
    shared: Path = Path("/tmp"),  # noqa: S108 - checked
) -> str:
    """Return the address for a data folder: two folders are two programs. Makes the folder for the socket.

    `shared` is the folder in which ours is made where the system has none for this user. Raises `AddressUnsafe`.
    """
    return _address(hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:16], environment, shared)


if sys.platform == "win32":

    def _address(name: str, _environment: Mapping[str, str], _shared: Path) -> str:
        from chatdesk.system.windows_user import own_sid  # noqa: PLC0415 - only there

        try:
            return f"chatdesk-{own_sid()}-{name}"
        except OSError as error:
            raise AddressUnsafe(str(error)) from error

else:

    def _address(name: str, environment: Mapping[str, str], shared: Path) -> str:
        problems = []
        for folder in _candidates(environment, shared):
            if problem := _problem_of(folder):
                problems.append(problem)
            elif len(os.fsencode(folder / name)) > _LONGEST_ADDRESS:
                problems.append(f"{folder}: the path is too long for a socket")
            else:
                return str(folder / name)
        raise AddressUnsafe("; ".join(problems))

    def _candidates(environment: Mapping[str, str], shared: Path) -> Iterator[Path]:
        """Return the folders that come into question, the best first. Every start comes to the same ones in the same order."""
        if sys.platform == "darwin":
            yield Path(os.confstr(_DARWIN_USER_TEMP_DIR) or shared) / _FOLDER_NAME
        elif runtime := environment.get("XDG_RUNTIME_DIR"):
            flatpak = environment.get("FLATPAK_ID")  # of its runtime folder only this part is shared between two starts
            yield (Path(runtime, "app", flatpak) if flatpak else Path(runtime)) / _FOLDER_NAME
        yield shared / f"{_FOLDER_NAME}-{os.geteuid()}"

    def _problem_of(folder: Path) -> str:
        """Make the folder unless it is there. Return what makes it unsafe, or nothing."""
        try:
            above = folder.parent.stat()
            if above.st_mode & _OTHERS_WRITE and not above.st_mode & stat.S_ISVTX:
                return f"{folder.parent}: others may write in it"
            if above.st_uid not in {0, os.geteuid()}:
                return f"{folder.parent}: it belongs to another user"
            folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
        except OSError as error:
            return f"{folder}: {error.strerror or error}"
        if not stat.S_ISDIR(found.st_mode):
            return f"{folder}: it is not a folder"
        if found.st_uid != os.geteuid():
            return f"{folder}: it belongs to another user"
        if found.st_mode & _OTHERS:
            return f"{folder}: others may enter it (chmod 700 would end that)"
        return ""
