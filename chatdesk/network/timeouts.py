"""Timeouts of network requests. The user can stop at any time, so they only end requests that nobody would wait for any longer."""

from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ConnectionOptions


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Timeouts in seconds. During an answer, silence is measured between complete events; other bytes do not count.

    A comment in the stream is a keep-alive and restarts `idle`, but comments alone extend the wait only up to `comments_only`.
    """

    connect: float = 10.0
    first_event: float = 300.0
    """Since the request was sent. Servers send nothing while they load a model or process a long prompt."""
    idle: float = 120.0
    comments_only: float = 1800.0
    after_finish: float = 1.0
    """For the usage record that may follow the end; a connection left open does not delay the answer."""

    def connecting(self, options: ConnectionOptions) -> "Timeouts":
        """Return a copy with the user's connection timeout."""
        return replace(self, connect=options.connect_seconds or self.connect)

    def waiting(self, options: ConnectionOptions) -> "Timeouts":
        """Return a copy with the user's connection and response timeouts."""
        silence = options.silence_seconds
        changed = replace(
            self,
            first_event=silence or self.first_event,
            idle=silence or self.idle,
            comments_only=max(self.comments_only, silence or 0),
        )
        return changed.connecting(options)


REMOTE = Timeouts()
LOCAL = Timeouts(first_event=1800.0)
"""A slow processor may process a long prompt silently for many minutes, and the machine is the user's own."""
PROBE = Timeouts(connect=2.0, first_event=5.0)
LIST = Timeouts(connect=5.0, first_event=30.0)
UPLOAD = Timeouts(first_event=1800.0)
"""For the largest file an application accepts, over a slow connection. The user can stop it at any time."""
MANAGE = Timeouts(first_event=24 * 3600.0, idle=3600.0)
"""A file of hundreds of gigabytes is sent before the server responds. A stalled transfer ends after 60 s without a successful write."""
LOAD = Timeouts(first_event=1800.0)
"""A server sends nothing while it loads a model into memory."""
PULL = Timeouts(idle=3600.0)
"""A server sends nothing while it verifies hundreds of gigabytes."""
