"""The current appearance: the user's choice, otherwise the system's preference. `Theme` contains the resulting values.

Keyboard shortcuts belong to it, because buttons and menus show them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication

from chatdesk.ui_kit.shortcuts import Keymap
from chatdesk.ui_kit.style.fonts import Fonts
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.theme import ReadingStyle, Theme
from chatdesk.ui_kit.style.tokens import Scheme, Tokens

if TYPE_CHECKING:
    from chatdesk.ui_kit.style.desktop_portal import DesktopPortal


# Appearance preferences of the system: dark or light, contrast, motion, text size. Nothing is decided here.

_USUAL_TEXT = {"darwin": 13, "win32": 12}
_USUAL_TEXT_ELSEWHERE = 14
_TOLERANCE = 1.15
_SPI_GETCLIENTAREAANIMATION, _COLOR_WINDOW = 0x1042, 5  # winuser.h
_MIDDLE_GREY = 128


class SystemPreferences(QObject):
    """Preferences of the running system, with a signal when one may have changed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.changed)
        hints.accessibility().contrastPreferenceChanged.connect(self.changed)
        self._reduced_motion = False
        self._portal: DesktopPortal | None = None

    @property
    def dark(self) -> bool:
        """Whether the system is dark; light if unknown."""
        if self._portal is not None and self._portal.dark is not None:
            return self._portal.dark
        scheme = QGuiApplication.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown and sys.platform == "win32":
            return _windows_contrast_theme_is_dark()
        return scheme is Qt.ColorScheme.Dark

    @property
    def high_contrast(self) -> bool:
        """Whether high contrast is requested."""
        if self._portal is not None and self._portal.high_contrast:
            return True
        hints = QGuiApplication.styleHints()
        return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast

    @property
    def reduced_motion(self) -> bool:
        """Whether reduced motion is requested; False until `query` has got the answer."""
        return self._reduced_motion

    @property
    def text_scale(self) -> float:
        """The system's text size relative to its usual default; at least 1.

        Defaults differ by one or two px between desktops, which does not mean that larger text is wanted. The scale factor of a screen is
        already included in Qt's device pixel ratio.
        """
        pixels = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
        scale = pixels / _USUAL_TEXT.get(sys.platform, _USUAL_TEXT_ELSEWHERE)
        return scale if scale > _TOLERANCE else 1.0

    def ask_for(self, scheme: Qt.ColorScheme) -> None:
        """Make the system draw its own parts (title bar, native dialogs) in `scheme`; Unknown follows the system again."""
        QGuiApplication.styleHints().setColorScheme(scheme)

    def query(self) -> None:
        """Query what Qt does not report: reduced motion, and on Linux dark mode and contrast.

        Call it after a window has been painted: it takes some ms, and nothing moves before. Later changes are announced.
        """
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - 1 ms at startup that only this system needs

            animates = ctypes.c_int(1)
            ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
            self._set_reduced_motion(reduced=not animates.value)
        elif sys.platform == "darwin":
            value = QSettings("apple.com", "universalaccess").value("reduceMotion", defaultValue=False, type=bool)
            self._set_reduced_motion(reduced=bool(value))
        elif self._portal is None:
            from chatdesk.ui_kit.style.desktop_portal import DesktopPortal  # noqa: PLC0415 - loads QtDBus

            portal = self._portal = DesktopPortal(self)
            portal.changed.connect(self._follow_portal)

    def _follow_portal(self) -> None:
        self._reduced_motion = self._portal is not None and self._portal.reduced_motion
        self.changed.emit()

    def _set_reduced_motion(self, *, reduced: bool) -> None:
        if reduced != self._reduced_motion:
            self._reduced_motion = reduced
            self.changed.emit()


def _windows_contrast_theme_is_dark() -> bool:
    """Return whether the window colour is dark.

    With a contrast theme, Qt reports neither dark nor light, and most of these themes are black.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - see above

        color: int = ctypes.windll.user32.GetSysColor(_COLOR_WINDOW)
        return sum((color >> shift) & 0xFF for shift in (0, 8, 16)) < 3 * _MIDDLE_GREY
    else:  # noqa: RET505 - without it, mypy treats the rest as unreachable
        return False


_SCHEMES: dict[str, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Appearance(QObject):
    """Holds the current theme and announces changes. `resources` is the folder of the same name."""

    changed = Signal()
    """The theme or the shortcuts have changed."""
    shortcuts_changed = Signal()

    def __init__(
        self, application: QApplication, resources: Path, preferences: SystemPreferences | None = None
    ) -> None:
        super().__init__(application)
        self._application = application
        self._preferences = preferences = preferences or SystemPreferences(self)
        self._tokens = Tokens.read(resources / "themes" / "tokens.json")
        self._fonts = Fonts(resources / "fonts", self._tokens.code_families)
        self._icons = Icons(resources / "icons")
        self._choice = "system"
        self._contrast = "system"
        self._zoom = 100
        self._reading = ReadingStyle()
        self._language = "en"
        self._shortcuts = Keymap()
        self._theme = self._make_theme()
        preferences.changed.connect(self._update)
        self.shortcuts_changed.connect(self.changed)

    @property
    def theme(self) -> Theme:
        """The current theme, valid until `changed`."""
        return self._theme

    @property
    def language(self) -> str:
        """Language of the interface: a code of `kernel/languages.py`."""
        return self._language

    @property
    def shortcuts(self) -> Keymap:
        """The keyboard shortcuts, valid until `shortcuts_changed`."""
        return self._shortcuts

    @property
    def paper_colors(self) -> dict[str, str]:
        """The light colours by token, in CSS format, for content that is pasted onto a white page regardless of the theme."""
        return {token: color.name() for token, color in self._tokens.colors[Scheme.LIGHT].items()}

    def paper_theme(self, scale: float, *, dark: bool = False) -> Theme:
        """Return a theme at a scale, for pages that are painted on any thread, regardless of the user's zoom and text sizes."""
        scheme = Scheme.of(dark=dark, high_contrast=False)
        theme = Theme(self._tokens, self._fonts, self._icons, scheme, scale=scale, language=self._language)
        theme.font("code")  # loads the family, which other threads must not do
        return theme

    def colors_of(self, scheme: Scheme) -> Mapping[str, QColor]:
        """Return the colours of a scheme by token."""
        return self._tokens.colors[scheme]

    def query_system(self) -> None:
        """Query the preferences of the system that Qt does not report. Call it after a window has been painted."""
        self._preferences.query()

    def bind(self, restyle: Callable[[], object]) -> None:
        """Call `restyle` now and whenever the theme changes; a widget's method until the widget is deleted."""
        self.changed.connect(restyle)
        restyle()

    def set_scheme(self, choice: str) -> None:
        """Set the colour scheme: a value of the setting `appearance.theme`."""
        self._choice = choice if choice in _SCHEMES else "system"
        self._preferences.ask_for(_SCHEMES[self._choice])
        self._update()

    def set_zoom(self, percent: int) -> None:
        """Set the zoom of text and controls, in addition to the system's text size."""
        self._zoom = percent
        self._update()

    def set_contrast(self, choice: str) -> None:
        """Set whether contrast is high: a value of the setting `appearance.contrast`."""
        self._contrast = choice
        self._update()

    def set_reading(self, style: ReadingStyle) -> None:
        """Set fonts, sizes and column width for questions and answers."""
        self._reading = style
        self._update()

    def set_language(self, language: str) -> None:
        """Set the language of the interface, a code of `kernel/languages.py`. Its fonts also draw Latin letters."""
        self._language = language
        self._update()

    def set_shortcuts(self, stored: str) -> None:
        """Set the keyboard shortcuts: a value of the setting `keyboard.shortcuts`."""
        keymap = Keymap()
        if stored:
            from chatdesk.ui_kit.key_rules import read_keymap  # noqa: PLC0415 - start-up time: only for changed shortcuts

            keymap = read_keymap(stored)
        if keymap.changed != self._shortcuts.changed:
            self._shortcuts = keymap
            self.shortcuts_changed.emit()

    def _update(self) -> None:
        theme = self._make_theme()
        if theme != self._theme:
            self._theme = theme
            self.changed.emit()

    def _make_theme(self) -> Theme:
        preferences = self._preferences
        dark = preferences.dark if self._choice == "system" else self._choice == "dark"
        high_contrast = preferences.high_contrast if self._contrast == "system" else self._contrast == "on"
        return Theme(
            self._tokens,
            self._fonts,
            self._icons,
            Scheme.of(dark=dark, high_contrast=high_contrast),
            scale=self._zoom / 100 * preferences.text_scale,
            language=self._language,
            reading=self._reading,
            reduced_motion=preferences.reduced_motion,
        )
