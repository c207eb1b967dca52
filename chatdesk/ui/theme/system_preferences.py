"""What the system says about looks: dark or light, contrast, size of text. Nothing is decided here."""

import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication

_USUAL_TEXT = {"darwin": 13, "win32": 12}
_USUAL_TEXT_ELSEWHERE = 14
_TOLERANCE = 1.15


class SystemPreferences(QObject):
    """Answers of the running system, and a signal when one of them may be different."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.changed)
        hints.accessibility().contrastPreferenceChanged.connect(self.changed)

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
