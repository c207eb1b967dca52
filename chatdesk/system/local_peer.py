"""Checks that the process at the other end of a local socket (on Windows: of a named pipe) runs as this user.

Any user can take the name of a socket; what the system reports about the other end cannot be forged.
"""

import os
import struct
import sys
from enum import Enum, auto


class End(Enum):
    """End of the connection that the other process has. Only Windows has a separate function for each."""

    SERVER = auto()
    CLIENT = auto()


if sys.platform == "win32":

    def is_this_user(descriptor: int, other: End) -> bool:
        """Return whether the other end runs as this user; False if unknown. `descriptor` is a handle of the pipe."""
        from chatdesk.system.windows_user import own_sid, sid_of_pipe_end  # noqa: PLC0415 - needed only for a connection

        try:
            return sid_of_pipe_end(descriptor, of_server=other is End.SERVER) == own_sid()
        except OSError:
            return False

elif sys.platform == "darwin":

    def is_this_user(descriptor: int, _other: End) -> bool:
        """Return whether the other end runs as this user; False if unknown."""
        import ctypes  # noqa: PLC0415 - start-up time

        user, group = ctypes.c_uint32(), ctypes.c_uint32()
        failed = ctypes.CDLL(None).getpeereid(descriptor, ctypes.byref(user), ctypes.byref(group))
        return not failed and user.value == os.geteuid()

else:
    import socket

    _CREDENTIALS = struct.Struct("iII")
    """`struct ucred`: process, user, group."""

    def is_this_user(descriptor: int, _other: End) -> bool:
        """Return whether the other end runs as this user; False if unknown."""
        try:
            with socket.socket(fileno=os.dup(descriptor)) as other:
                credentials = other.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        except OSError:
            return False
        _process, user, _group = _CREDENTIALS.unpack(credentials)
        return bool(user == os.geteuid())
