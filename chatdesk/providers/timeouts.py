"""How long we wait for what. Stop works at any moment, so these only end what nobody would wait for any longer."""

from dataclasses import dataclass


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


REMOTE = Timeouts()
LOCAL = Timeouts(first_event=1800.0)
"""A slow processor may read a long prompt for many minutes in silence, and the machine is the person's own."""
PROBE = Timeouts(connect=2.0, first_event=5.0)
LIST = Timeouts(connect=5.0, first_event=30.0)
