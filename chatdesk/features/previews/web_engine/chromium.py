"""Start options of Chromium for previews: its switches, and the environment variables that must not weaken them. Does not use Qt.

The switches apply to the whole process, so nothing else in Chatdesk may use the web engine for pages that need a network.
"""

from collections.abc import MutableMapping

FLAGS = (
    # Nothing listens on this port: any connection that the layers above let through fails here, and Chatdesk itself resolves no names.
    "--proxy-server=socks5://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # WebRTC sends UDP without asking the proxy.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--no-pings",
    # Disable the requests of Chromium itself.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--js-flags=--max-old-space-size=256",
)
"""Switches that no page, setting or environment variable can remove. The heap size of JavaScript is in MiB."""

_VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"


def prepare_environment(environment: MutableMapping[str, str], *more: str) -> None:
    """Set the switches of Chromium in `environment` and remove all variables that could change the engine.

    Must be called before the libraries of the web engine are loaded. `more` are further switches, for a log in tests.
    """
    for name in [name for name in environment if name.startswith(("QTWEBENGINE", "CHROME_"))]:
        del environment[name]
    environment[_VARIABLE] = " ".join(f'"{flag}"' if " " in flag else flag for flag in (*FLAGS, *more))
