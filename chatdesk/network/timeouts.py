"""How long we wait for what. Stop works at any moment, so these only end what nobody would wait for any longer."""

from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ConnectionOptions


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. Once an answer streams, silence is counted from event to event: bytes that complete no event do not help.

    A comment of the stream is a sign of life and starts `idle` again, but comments alone keep nothing alive beyond `comments_only`.
    """

    connect: float = 10.0
    first_event: float = 300.0
    """From sending the request. Servers that load a model first, or read a long prompt, send nothing at all meanwhile."""
    idle: float = 120.0
    comments_only: float = 1800.0
    after_finish: float = 1.0
    """For the usage record that may follow the last word; a connection left open after it does not delay the answer."""

    def connecting(self, options: ConnectionOptions) -> "Timeouts":
        """Return these, with the time the user gives a server to accept a connection."""
        return replace(self, connect=options.connect_seconds or self.connect)

    def waiting(self, options: ConnectionOptions) -> "Timeouts":
        """Return these, with the times the user gives a server to accept a connection and to keep silent."""
        silence = options.silence_seconds
        patient = replace(
            self,
            first_event=silence or self.first_event,
            idle=silence or self.idle,
            comments_only=max(self.comments_only, silence or 0),
        )
        return patient.connecting(options)


REMOTE = Timeouts()
LOCAL = Timeouts(first_event=1800.0)
"""A slow processor may read a long prompt for many minutes in silence, and the machine is the user's own."""
PROBE = Timeouts(connect=2.0, first_event=5.0)
LIST = Timeouts(connect=5.0, first_event=30.0)
UPLOAD = Timeouts(first_event=1800.0)
"""A file of the largest size an application takes, over a slow line; Stop ends it at any moment."""
MANAGE = Timeouts(first_event=24 * 3600.0, idle=3600.0)
"""A file of hundreds of gigabytes is sent to a server before it says a word. What does not move any more ends by itself: 60 s a write."""
LOAD = Timeouts(first_event=1800.0)
"""A server that loads a model into its memory says nothing meanwhile."""
PULL = Timeouts(idle=3600.0)
"""A server that compares hundreds of gigabytes with their checksum says nothing meanwhile."""
