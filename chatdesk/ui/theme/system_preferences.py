"""What the system says about looks: dark or light, contrast, motion, size of text. Nothing is decided here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication

if TYPE_CHECKING:
    from chatdesk.ui.theme.motion_portal import MotionPortal

_USUAL_TEXT = {"darwin": 13, "win32": 12}
_USUAL_TEXT_ELSEWHERE = 14
_TOLERANCE = 1.15
_SPI_GETCLIENTAREAANIMATION = 0x1042  # winuser.h


class SystemPreferences(QObject):
    """Answers of the running system, and a signal when one of them may be different."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.changed)
        hints.accessibility().contrastPreferenceChanged.connect(self.changed)
        self._reduced_motion = False
        self._motion_portal: MotionPortal | None = None
        QTimer.singleShot(0, self, self._ask_about_motion)

    @property
    def dark(self) -> bool:
        """Whether the system is dark; one that does not say is light."""
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    @property
    def high_contrast(self) -> bool:
        """Whether more contrast is asked for."""
        hints = QGuiApplication.styleHints()
        return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing should move. The answer comes once the window stands: the question costs some ms, and nothing moves before."""
        return self._reduced_motion

    @property
    def text_scale(self) -> float:
        """How much larger the system's text is than it usually is on this system; 1 or more.

        Desktops differ by a px or two in what is usual. That is taste, not a wish for larger text. What a screen's scale does to
        text is in Qt's device ratio already.
        """
        pixels = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
        scale = pixels / _USUAL_TEXT.get(sys.platform, _USUAL_TEXT_ELSEWHERE)
        return scale if scale > _TOLERANCE else 1.0

    def ask_for(self, scheme: Qt.ColorScheme) -> None:
        """Make the system draw its own parts (title bar, native dialogs) in `scheme`; Unknown follows the system again."""
        QGuiApplication.styleHints().setColorScheme(scheme)

    def _ask_about_motion(self) -> None:
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - 1 ms at start that only this system needs

            animates = ctypes.c_int(1)
            ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
            self._set_reduced_motion(reduced=not animates.value)
        elif sys.platform == "darwin":
            value = QSettings("apple.com", "universalaccess").value("reduceMotion", defaultValue=False, type=bool)
            self._set_reduced_motion(reduced=bool(value))
        else:
            from chatdesk.ui.theme.motion_portal import MotionPortal  # noqa: PLC0415 - it loads QtDBus

            portal = self._motion_portal = MotionPortal(self)
            portal.changed.connect(lambda: self._set_reduced_motion(reduced=portal.reduced))

    def _set_reduced_motion(self, *, reduced: bool) -> None:
        if reduced != self._reduced_motion:
            self._reduced_motion = reduced
            self.changed.emit()
