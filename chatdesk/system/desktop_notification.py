"""A notification of the desktop: over D-Bus on Linux. Windows and macOS show them only for programs they have registered: none there."""

import sys

_APPLICATION = "Chatdesk"
_ICON = "chatdesk"
_MOST_TEXT = 500
"""Characters. The text comes from titles of chats, which anybody may have written."""
_AS_LONG_AS_USUAL = -1

if sys.platform.startswith("linux"):

    def show_notification(title: str, text: str) -> bool:
        """Show it; may take as long as the desktop does. False where that is not possible."""
        from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - hardly ever needed
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - likewise
        from jeepney.wrappers import DBusErrorResponse, unwrap_msg  # noqa: PLC0415 - likewise

        address = DBusAddress(
            "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
        )
        arguments: tuple[object, ...] = (_APPLICATION, 0, _ICON, title, _plain(text), [], {}, _AS_LONG_AS_USUAL)
        try:
            with open_dbus_connection("SESSION") as connection:
                message = new_method_call(address, "Notify", "susssasa{sv}i", arguments)
                unwrap_msg(connection.send_and_get_reply(message, timeout=1.0))
        except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse):
            return False
        return True

    def _plain(text: str) -> str:
        """Return the text without meaning for desktops that read markup in it."""
        return text[:_MOST_TEXT].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

else:

    def show_notification(_title: str, _text: str) -> bool:
        """Show nothing, and say so."""
        return False
