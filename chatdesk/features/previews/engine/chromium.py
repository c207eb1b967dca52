"""How Chromium is started for previews: its switches, and the environment that must not weaken them. Knows no Qt.

The switches hold for the whole process, so nothing else in Chatdesk may use the web engine for pages that need a network.
"""

from collections.abc import MutableMapping

FLAGS = (
    # Nothing listens there: every connection that the layers above let through ends here, and names are never looked up by us.
    "--proxy-server=socks5://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # WebRTC does not ask the proxy before it sends UDP.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--no-pings",
    # Chromium itself has nothing to fetch.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--js-flags=--max-old-space-size=256",
)
"""Switches that no page, setting or environment variable can take away. MiB for the JavaScript heap."""

_VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"


def prepare_environment(environment: MutableMapping[str, str], *more: str) -> None:
    """Set Chromium's switches in `environment` and forget all that was there to change the engine.

    Must come before the web engine's libraries are loaded. `more` are further switches, for a log in tests.
    """
    for name in [name for name in environment if name.startswith(("QTWEBENGINE", "CHROME_"))]:
        del environment[name]
    environment[_VARIABLE] = " ".join(f'"{flag}"' if " " in flag else flag for flag in (*FLAGS, *more))
