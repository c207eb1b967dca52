"""How pages come to the screen where graphics drivers are missing. Decided before the first page is shown."""

import sys

from PySide6.QtGui import QOpenGLContext
from PySide6.QtQuick import QQuickWindow


def draw_without_driver() -> None:
    """Let Qt draw pages by itself on a Linux whose screen has no OpenGL at all: they would stay black. Other systems always have theirs."""
    # The web engine asks for this context next, and it is made once.
    shared: QOpenGLContext | None = QOpenGLContext.globalShareContext()
    if sys.platform.startswith("linux") and shared is not None and not shared.isValid():
        QQuickWindow.setSceneGraphBackend("software")
