"""Detection of window transparency. Only an X server without a compositing manager paints transparent areas black."""

from PySide6.QtGui import QGuiApplication


def windows_may_be_translucent() -> bool:
    """Return whether the window system supports translucent windows."""
    return QGuiApplication.platformName() != "xcb" or _has_compositing_manager()


def _has_compositing_manager() -> bool:
    """Return whether a compositing manager owns the selection for it (Extended Window Manager Hints, "_NET_WM_CM_Sn")."""
    import ctypes  # noqa: PLC0415 - 1 ms at startup that only this system needs

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XDefaultScreen.argtypes = x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    screen = x11.XDefaultScreen(display)
    owner = x11.XGetSelectionOwner(display, x11.XInternAtom(display, b"_NET_WM_CM_S%d" % screen, 0))
    x11.XCloseDisplay(display)
    return bool(owner)
