"""A version of generated code that the user edited, stored beside the answer, which remains as the model wrote it."""

from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class EditedFile:
    """A file of the version, by its name in the answer."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class EditedVersion:
    """`position` is the number of the main code block in the answer; `number` counts the edited versions of a message."""

    message_id: str
    number: int
    position: int
    made_at: datetime
    files: tuple[EditedFile, ...]
    restored: int = 0
    """The number of the restored version, if this is a copy of an older one; 0 if the user edited the code."""
