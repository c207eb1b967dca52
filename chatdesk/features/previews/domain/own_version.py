"""What the user made of code that an answer brought: a version of their own, kept beside the answer, which stays as the model wrote it."""

from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file of it, by the name it has in the answer."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """`place` is the number of the code block in the answer that the whole is known by; `number` counts the own versions of a message."""

    message_id: str
    number: int
    place: int
    made_at: datetime
    files: tuple[OwnFile, ...]
    restored: int = 0
    """Which version's code it has, if it is an older one made the newest again; 0 if the user changed code."""
