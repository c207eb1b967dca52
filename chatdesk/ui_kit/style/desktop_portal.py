"""Asks a Linux desktop through its portal what Qt does not: less motion before Qt 6.12, dark and contrast on all desktops but GNOME."""

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_ANIMATIONS = ("org.gnome.desktop.interface", "enable-animations")  # portals of other desktops answer to it too
_COLORS = ("org.freedesktop.appearance", "color-scheme")
_CONTRAST = ("org.freedesktop.appearance", "contrast")
_ASKED = (_COLORS, _CONTRAST, _ANIMATIONS)
_PATIENCE = 1000  # ms


class DesktopPortal(QObject):
    """Knows nothing until the desktop has answered, and for ever where there is no portal. Nothing waits for the answers."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: dict[tuple[str, str], object] = {}
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("on_setting_changed(QDBusMessage)")
        bus.connect(_SERVICE, _PATH, _SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload] # a slot is a str
        for key in _ASKED:
            question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SETTINGS, "ReadOne")
            question.setArguments([*key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _PATIENCE), self)
            watcher.setProperty("key", key)
            watcher.finished.connect(self._on_answer)

    @property
    def dark(self) -> bool | None:
        """Whether the desktop prefers dark; None if it has no preference."""
        return {1: True, 2: False}.get(self._number(_COLORS))

    @property
    def high_contrast(self) -> bool:
        """Whether more contrast is asked for."""
        return self._number(_CONTRAST) == 1

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing should move."""
        return self._said.get(_ANIMATIONS) is False

    @Slot(QDBusMessage)
    def on_setting_changed(self, message: QDBusMessage) -> None:
        """Take the new value if it is of one of our keys. Qt calls this by name."""
        space, name, value = message.arguments()
        self._take((space, name), value)

    def _number(self, key: tuple[str, str]) -> int:
        value = self._said.get(key)
        return value if isinstance(value, int) else 0

    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        answer = watcher.reply().arguments()
        if not watcher.isError() and answer:
            self._take(tuple(watcher.property("key")), answer[0])
        watcher.deleteLater()

    def _take(self, key: tuple[str, ...], value: object) -> None:
        plain = value.variant() if isinstance(value, QDBusVariant) else value
        match key:
            case (str(space), str(name)) if (space, name) in _ASKED and self._said.get((space, name)) != plain:
                self._said[space, name] = plain
                self.changed.emit()
