"""Address under which a second start reaches the running program: a local socket in a folder that only this user can access.

On Windows, it is a named pipe with the SID of the user in its name. The user at the other end of each connection is checked in
`system/local_peer.py`.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_FOLDER_NAME = "chatdesk"
_MAX_ADDRESS_BYTES = 103
"""Bytes; limit of macOS. Linux allows four more."""
_DARWIN_USER_TEMP_DIR = 65537
"""`_CS_DARWIN_USER_TEMP_DIR`; Python has no name for it."""
_OTHERS_ACCESS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class AddressUnsafe(Exception):
    """No folder for the socket is safe from other users of this computer. The text contains the reasons."""


def instance_address(
    data_folder: Path,
    environment: Mapping[str, str] = os.environ,
    shared: Path = Path("/tmp"),  # noqa: S108 - its permissions are checked
) -> str:
    """Return the address for a data folder: each data folder has its own running program. Creates the folder of the socket.

    `shared` is the parent of our folder where the system provides none for this user. Raises `AddressUnsafe`.
    """
    return _address(hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:16], environment, shared)


if sys.platform == "win32":

    def _address(name: str, _environment: Mapping[str, str], _shared: Path) -> str:
        from chatdesk.system.windows_user import own_sid  # noqa: PLC0415 - only on Windows

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
            elif len(os.fsencode(folder / name)) > _MAX_ADDRESS_BYTES:
                problems.append(f"{folder}: the path is too long for a socket")
            else:
                return str(folder / name)
        raise AddressUnsafe("; ".join(problems))

    def _candidates(environment: Mapping[str, str], shared: Path) -> Iterator[Path]:
        """Yield the possible folders, the best first. Every start of the program yields the same folders in the same order."""
        if sys.platform == "darwin":
            yield Path(os.confstr(_DARWIN_USER_TEMP_DIR) or shared) / _FOLDER_NAME
        elif runtime := environment.get("XDG_RUNTIME_DIR"):
            flatpak = environment.get(
                "FLATPAK_ID"
            )  # within the runtime folder, only this part is shared between two starts of a Flatpak
            yield (Path(runtime, "app", flatpak) if flatpak else Path(runtime)) / _FOLDER_NAME
        yield shared / f"{_FOLDER_NAME}-{os.geteuid()}"

    def _problem_of(folder: Path) -> str:
        """Create the folder if it is missing. Return why it is unsafe, or an empty text."""
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
        if found.st_mode & _OTHERS_ACCESS:
            return f"{folder}: others may enter it (chmod 700 would end that)"
        return ""
