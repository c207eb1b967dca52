"""Whether the process at the other end of a local socket (on Windows: of a pipe) runs as this user.

The name of a socket can be taken by anybody; what the system says of the other end cannot be forged.
"""

import os
import struct
import sys
from enum import Enum, auto


class End(Enum):
    """Which end of the connection the other process has. Only Windows asks differently for each."""

    SERVER = auto()
    CLIENT = auto()


if sys.platform == "win32":

    def is_this_user(descriptor: int, other: End) -> bool:
        """Return whether the other end runs as this user; False if that cannot be found out. `descriptor` is a handle of the pipe."""
        from chatdesk.system.windows_user import own_sid, sid_of_pipe_end  # noqa: PLC0415 - only when somebody connects

        try:
            return sid_of_pipe_end(descriptor, of_server=other is End.SERVER) == own_sid()
        except OSError:
            return False

elif sys.platform == "darwin":

    def is_this_user(descriptor: int, _other: End) -> bool:
        """Return whether the other end runs as this user; False if that cannot be found out."""
        import ctypes  # noqa: PLC0415 - start-up time

        user, group = ctypes.c_uint32(), ctypes.c_uint32()
        failed = ctypes.CDLL(None).getpeereid(descriptor, ctypes.byref(user), ctypes.byref(group))
        return not failed and user.value == os.geteuid()

else:
    import socket

    _CREDENTIALS = struct.Struct("iII")
    """`struct ucred`: process, user, group."""

    def is_this_user(descriptor: int, _other: End) -> bool:
        """Return whether the other end runs as this user; False if that cannot be found out."""
        try:
            with socket.socket(fileno=os.dup(descriptor)) as other:
                told = other.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        except OSError:
            return False
        _process, user, _group = _CREDENTIALS.unpack(told)
        return bool(user == os.geteuid())
