"""Windows: the user of this process and of the other end of a pipe, and reserving the name of a pipe.

Imported only on Windows. All failures raise `OSError`.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    from ctypes import wintypes

    _ADVAPI32 = ctypes.WinDLL("advapi32", use_last_error=True)
    _KERNEL32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL32.GetCurrentProcess.restype = wintypes.HANDLE
    _KERNEL32.OpenProcess.restype = wintypes.HANDLE
    _KERNEL32.CreateNamedPipeW.restype = wintypes.HANDLE
    _KERNEL32.CloseHandle.argtypes = [wintypes.HANDLE]
    _KERNEL32.LocalFree.argtypes = [wintypes.HLOCAL]
    _ADVAPI32.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
    for _function in (_KERNEL32.GetNamedPipeServerProcessId, _KERNEL32.GetNamedPipeClientProcessId):
        _function.argtypes = [wintypes.HANDLE, ctypes.POINTER(wintypes.ULONG)]

    _PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
    _TOKEN_QUERY = 0x0008
    _TOKEN_USER = 1
    """A class of information about a token."""
    _PIPE_ACCESS_DUPLEX = 0x3
    _FILE_FLAG_FIRST_PIPE_INSTANCE = 0x80000
    _PIPE_REJECT_REMOTE_CLIENTS = 0x8
    _PIPE_UNLIMITED_INSTANCES = 255
    _INVALID_HANDLE = ctypes.c_void_p(-1).value

    def own_sid() -> str:
        """Return the SID of the user of this process."""
        return _sid_of(_KERNEL32.GetCurrentProcess())

    def sid_of_pipe_end(pipe: int, *, of_server: bool) -> str:
        """Return the SID of the user of the process at the server's or the client's end of a pipe."""
        ask = _KERNEL32.GetNamedPipeServerProcessId if of_server else _KERNEL32.GetNamedPipeClientProcessId
        process_id = wintypes.ULONG()
        _check(ask(wintypes.HANDLE(pipe), ctypes.byref(process_id)))
        process = _KERNEL32.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, False, process_id)
        _check(process)
        try:
            return _sid_of(process)
        finally:
            _KERNEL32.CloseHandle(process)

    @contextmanager
    def first_to_use(pipe_name: str) -> Iterator[None]:
        """Reserve the name of a pipe until there is a server for it. Raises `OSError` if the name is already in use.

        The pipe that reserves it lets only this user create more instances, so no other user can take the name in between.
        """
        pipe = _KERNEL32.CreateNamedPipeW(
            rf"\\.\pipe\{pipe_name}",
            _PIPE_ACCESS_DUPLEX | _FILE_FLAG_FIRST_PIPE_INSTANCE,
            _PIPE_REJECT_REMOTE_CLIENTS,
            _PIPE_UNLIMITED_INSTANCES,
            0,
            0,
            0,
            None,
        )
        _check(pipe != _INVALID_HANDLE)
        try:
            yield
        finally:
            _KERNEL32.CloseHandle(pipe)

    def _sid_of(process: int) -> str:
        token = wintypes.HANDLE()
        _check(_ADVAPI32.OpenProcessToken(wintypes.HANDLE(process), _TOKEN_QUERY, ctypes.byref(token)))
        try:
            size = wintypes.DWORD()
            _ADVAPI32.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            token_user = ctypes.create_string_buffer(size.value)
            _check(_ADVAPI32.GetTokenInformation(token, _TOKEN_USER, token_user, size, ctypes.byref(size)))
        finally:
            _KERNEL32.CloseHandle(token)
        sid = ctypes.c_void_p.from_buffer(token_user)  # TOKEN_USER begins with a pointer to it
        text = wintypes.LPWSTR()
        _check(_ADVAPI32.ConvertSidToStringSidW(sid, ctypes.byref(text)))
        try:
            return str(text.value)
        finally:
            _KERNEL32.LocalFree(text)

    def _check(succeeded: object) -> None:
        if not succeeded:
            raise ctypes.WinError(ctypes.get_last_error())
