"""Desktop notifications: over D-Bus on Linux. Windows and macOS show them only for registered applications, so there are none there."""

import sys
from collections.abc import Callable

_APPLICATION = "Chatdesk"
_ICON = "chatdesk"
_MAX_TEXT_LENGTH = 500
"""Characters. The text comes from titles of chats, which can contain text from others."""
_DEFAULT_EXPIRY = -1
_CHECK_SECONDS = 1.0
"""Seconds between checks whether a notification is still wanted."""

if sys.platform.startswith("linux"):
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from jeepney import DBusAddress
        from jeepney.io.blocking import DBusConnection

    _NAME = "org.freedesktop.Notifications"
    _PATH = "/org/freedesktop/Notifications"
    _DEFAULT_ACTION = "default"
    """The action of a click on the notification itself."""

    def show_notification(title: str, text: str) -> bool:
        """Show a notification. Blocks until the desktop answers, at most about 1 s. Return False if it cannot be shown."""
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - rarely needed

        try:
            with open_dbus_connection("SESSION") as connection:
                _notify(connection, title, text, [])
        except _errors():
            return False
        return True

    def wait_for_click(title: str, text: str, action: str, is_over: Callable[[], bool]) -> str | None:
        """Show a notification and block until it is clicked, closed or no longer wanted; then it is closed.

        `action` is the name of what a click does. Return the token with which the desktop allows a window to come to the front, empty for
        none; None if it was not clicked, or cannot be shown.
        """
        from jeepney import HeaderFields, MatchRule, message_bus, new_method_call  # noqa: PLC0415 - rarely needed
        from jeepney.io.blocking import Proxy, open_dbus_connection  # noqa: PLC0415 - rarely needed

        try:
            with open_dbus_connection("SESSION") as connection:
                rule = MatchRule(type="signal", interface=_NAME, path=_PATH)
                Proxy(message_bus, connection, timeout=1.0).AddMatch(rule)
                with connection.filter(rule, bufsize=100) as signals:
                    number, token = _notify(connection, title, text, [_DEFAULT_ACTION, action]), ""
                    while not is_over():
                        try:
                            signal = connection.recv_until_filtered(signals, timeout=_CHECK_SECONDS)
                        except TimeoutError:
                            continue
                        match signal.header.fields.get(HeaderFields.member), signal.body:
                            case "ActivationToken", (int() as about, str() as given) if about == number:
                                token = given
                            case "ActionInvoked", (int() as about, str()) if about == number:
                                return token
                            case "NotificationClosed", (int() as about, _) if about == number:
                                return None
                connection.send(new_method_call(_address(), "CloseNotification", "u", (number,)))
        except _errors():
            return None
        return None

    def _notify(connection: "DBusConnection", title: str, text: str, actions: list[str]) -> int:
        """Show a notification and return its number."""
        from jeepney import new_method_call  # noqa: PLC0415 - rarely needed
        from jeepney.wrappers import unwrap_msg  # noqa: PLC0415 - rarely needed

        arguments: tuple[object, ...] = (
            *(_APPLICATION, 0, _ICON, title, _escape(text)),
            *(actions, {}, _DEFAULT_EXPIRY),
        )
        message = new_method_call(_address(), "Notify", "susssasa{sv}i", arguments)
        (number,) = unwrap_msg(connection.send_and_get_reply(message, timeout=1.0))
        return int(number)

    def _address() -> "DBusAddress":
        from jeepney import DBusAddress  # noqa: PLC0415 - rarely needed

        return DBusAddress(_PATH, _NAME, _NAME)

    def _errors() -> tuple[type[Exception], ...]:
        """Return the errors of a desktop without notifications, or without a message bus."""
        from jeepney.wrappers import DBusErrorResponse  # noqa: PLC0415 - rarely needed

        return (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse)

    def _escape(text: str) -> str:
        """Shorten and escape the text for desktops that interpret markup in it."""
        return text[:_MAX_TEXT_LENGTH].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

else:

    def show_notification(_title: str, _text: str) -> bool:
        """Show nothing and return False."""
        return False

    def wait_for_click(_title: str, _text: str, _action: str, _is_over: Callable[[], bool]) -> str | None:
        """Show nothing and return None."""
        return None
