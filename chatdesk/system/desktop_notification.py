"""Desktop notifications: over D-Bus on Linux. Windows and macOS show them only for registered applications, so there are none there."""

import sys

_APPLICATION = "Chatdesk"
_ICON = "chatdesk"
_MAX_TEXT_LENGTH = 500
"""Characters. The text comes from titles of chats, which can contain text from others."""
_DEFAULT_EXPIRY = -1

if sys.platform.startswith("linux"):

    def show_notification(title: str, text: str) -> bool:
        """Show a notification. Blocks until the desktop answers, at most about 1 s. Return False if it cannot be shown."""
        from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - rarely needed
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - rarely needed
        from jeepney.wrappers import DBusErrorResponse, unwrap_msg  # noqa: PLC0415 - rarely needed

        address = DBusAddress(
            "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
        )
        arguments: tuple[object, ...] = (_APPLICATION, 0, _ICON, title, _escape(text), [], {}, _DEFAULT_EXPIRY)
        try:
            with open_dbus_connection("SESSION") as connection:
                message = new_method_call(address, "Notify", "susssasa{sv}i", arguments)
                unwrap_msg(connection.send_and_get_reply(message, timeout=1.0))
        except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse):
            return False
        return True

    def _escape(text: str) -> str:
        """Shorten and escape the text for desktops that interpret markup in it."""
        return text[:_MAX_TEXT_LENGTH].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

else:

    def show_notification(_title: str, _text: str) -> bool:
        """Show nothing and return False."""
        return False
