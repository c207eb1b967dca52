"""Preferences of a Linux desktop that Qt does not report, read from its portal.

These are reduced motion before Qt 6.12, and dark mode and contrast on all desktops except GNOME.
"""

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_ANIMATIONS = ("org.gnome.desktop.interface", "enable-animations")  # also supported by the portals of other desktops
_COLORS = ("org.freedesktop.appearance", "color-scheme")
_CONTRAST = ("org.freedesktop.appearance", "contrast")
_KEYS = (_COLORS, _CONTRAST, _ANIMATIONS)
_TIMEOUT = 1000  # ms


class DesktopPortal(QObject):
    """Preferences from the portal; unknown until the desktop has responded, and without a portal. Nothing waits for the responses."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: dict[tuple[str, str], object] = {}
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("on_setting_changed(QDBusMessage)")
        bus.connect(_SERVICE, _PATH, _SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload]  # a slot is a str
        for key in _KEYS:
            question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SETTINGS, "ReadOne")
            question.setArguments([*key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _TIMEOUT), self)
            watcher.setProperty("key", key)
            watcher.finished.connect(self._on_answer)

    @property
    def dark(self) -> bool | None:
        """Whether the desktop prefers dark; None if it has no preference."""
        return {1: True, 2: False}.get(self._number(_COLORS))

    @property
    def high_contrast(self) -> bool:
        """Whether high contrast is requested."""
        return self._number(_CONTRAST) == 1

    @property
    def reduced_motion(self) -> bool:
        """Whether reduced motion is requested."""
        return self._values.get(_ANIMATIONS) is False

    @Slot(QDBusMessage)
    def on_setting_changed(self, message: QDBusMessage) -> None:
        """Store the new value of a known key. Qt calls this method by name."""
        space, name, value = message.arguments()
        self._apply_value((space, name), value)

    def _number(self, key: tuple[str, str]) -> int:
        value = self._values.get(key)
        return value if isinstance(value, int) else 0

    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        answer = watcher.reply().arguments()
        if not watcher.isError() and answer:
            self._apply_value(tuple(watcher.property("key")), answer[0])
        watcher.deleteLater()

    def _apply_value(self, key: tuple[str, ...], value: object) -> None:
        plain = value.variant() if isinstance(value, QDBusVariant) else value
        match key:
            case (str(space), str(name)) if (space, name) in _KEYS and self._values.get((space, name)) != plain:
                self._values[space, name] = plain
                self.changed.emit()
