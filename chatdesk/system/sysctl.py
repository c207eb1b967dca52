"""System values of macOS by name (sysctl(3)). Imported only on macOS."""

import ctypes


def sysctl_number(name: bytes) -> int | None:
    """Return a 64-bit number; None if there is no such value."""
    value = ctypes.c_uint64(0)
    size = ctypes.c_size_t(ctypes.sizeof(value))
    failed = ctypes.CDLL(None).sysctlbyname(name, ctypes.byref(value), ctypes.byref(size), None, 0)
    return None if failed else value.value


def sysctl_text(name: bytes) -> str:
    """Return a short text; empty if there is no such value."""
    value = ctypes.create_string_buffer(256)
    size = ctypes.c_size_t(ctypes.sizeof(value))
    failed = ctypes.CDLL(None).sysctlbyname(name, value, ctypes.byref(size), None, 0)
    return "" if failed else value.value.decode("utf-8", "replace")
