"""System preferences that are what a test says, and change when it says so."""

from PySide6.QtCore import Qt

from chatdesk.ui_kit.style.appearance import SystemPreferences


class FixedPreferences(SystemPreferences):
    """A light system, until `set`. `asked_for` is what the program asked the system's own parts to be."""

    dark = False
    high_contrast = False
    reduced_motion = False
    text_scale = 1.0
    asked_for = Qt.ColorScheme.Unknown

    def set(self, **preferences: object) -> None:
        for name, value in preferences.items():
            setattr(self, name, value)
        self.changed.emit()

    def ask_for(self, scheme: Qt.ColorScheme) -> None:
        self.asked_for = scheme

    def query(self) -> None:
        """The test says it."""
