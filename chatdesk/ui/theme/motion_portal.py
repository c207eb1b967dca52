"""Asks a Linux desktop whether it wants less motion, through its portal. Qt itself tells it from version 6.12 on only."""

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_KEY = ["org.gnome.desktop.interface", "enable-animations"]  # portals of other desktops answer to it too
_PATIENCE = 1000  # ms


class MotionPortal(QObject):
    """`reduced` is False until the desktop has answered, and for ever where there is no portal. Nothing waits for the answer."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced = False
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("on_setting_changed(QDBusMessage)")
        bus.connect(_SERVICE, _PATH, _SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload] # a slot is a str
        question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SETTINGS, "ReadOne")
        question.setArguments(_KEY)
        watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _PATIENCE), self)
        watcher.finished.connect(self._on_answer)

    @Slot(QDBusMessage)
    def on_setting_changed(self, message: QDBusMessage) -> None:
        """Take the new value if it is that of our key. Qt calls this by name."""
        *key, value = message.arguments()
        if key == _KEY:
            self._take(value)

    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        answer = watcher.reply().arguments()
        if not watcher.isError() and answer:
            self._take(answer[0])
        watcher.deleteLater()

    def _take(self, value: object) -> None:
        animations = value.variant() if isinstance(value, QDBusVariant) else value
        reduced = animations is False
        if reduced != self.reduced:
            self.reduced = reduced
            self.changed.emit()
