"""The look of the moment: what the person chose, and else what the system prefers. What it is made of is Theme's."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from chatdesk.ui_kit.style.fonts import Fonts
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.system_preferences import SystemPreferences
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.style.tokens import Scheme, Tokens

_ASKED_FOR: dict[str, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Appearance(QObject):
    """Holds the current theme and says when there is another one. `resources` is the folder of the same name."""

    changed = Signal()

    def __init__(
        self, application: QApplication, resources: Path, preferences: SystemPreferences | None = None
    ) -> None:
        super().__init__(application)
        self._application = application
        self._preferences = preferences = preferences or SystemPreferences(self)
        self._tokens = Tokens.read(resources / "themes" / "tokens.json")
        self._fonts = Fonts(resources / "fonts", self._tokens.families)
        self._icons = Icons(resources / "icons")
        self._choice = "system"
        self._zoom = 100
        self._language = "en"
        self._theme = self._make_theme()
        preferences.changed.connect(self._update)

    @property
    def theme(self) -> Theme:
        """The theme to draw with, until `changed`."""
        return self._theme

    @property
    def language(self) -> str:
        """Of the interface: "zh_CN", "en"."""
        return self._language

    @property
    def paper_colors(self) -> dict[str, str]:
        """The light colours by their tokens, as CSS has them: for what is pasted onto white paper whatever the screen looks like."""
        return {token: color.name() for token, color in self._tokens.colors[Scheme.LIGHT].items()}

    def set_scheme(self, choice: str) -> None:
        """Follow the system, or be always light or dark: a value of the setting `appearance.theme`. High contrast follows the system."""
        self._choice = choice if choice in _ASKED_FOR else "system"
        self._preferences.ask_for(_ASKED_FOR[self._choice])
        self._update()

    def set_zoom(self, percent: int) -> None:
        """Scale text and everything around it, on top of the system's size of text."""
        self._zoom = percent
        self._update()

    def set_language(self, language: str) -> None:
        """Set the interface's language, "zh_CN" or "en": with a Chinese interface the Chinese family draws the Latin letters too."""
        self._language = language
        self._update()

    def _update(self) -> None:
        theme = self._make_theme()
        if theme != self._theme:
            self._theme = theme
            self.changed.emit()

    def _make_theme(self) -> Theme:
        preferences = self._preferences
        dark = preferences.dark if self._choice == "system" else self._choice == "dark"
        return Theme(
            self._tokens,
            self._fonts,
            self._icons,
            Scheme.of(dark=dark, high_contrast=preferences.high_contrast),
            scale=self._zoom / 100 * preferences.text_scale,
            chinese_first=self._language.startswith("zh"),
            reduced_motion=preferences.reduced_motion,
        )
