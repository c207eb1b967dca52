"""The rule by which a change of a preset is merged: of two texts the later one counts, and a deletion is a change like any other.

The earlier text is kept as a preset of its own, unless the later one was written with knowledge of it. A deletion keeps nothing beside it:
the text stays where each computer keeps deleted presets.
"""

from collections.abc import Collection
from enum import Enum, auto
from hashlib import sha256

from chatdesk.features.sync.domain.stamps import NEVER, Stamp
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PresetHere:
    """What a computer knows of a preset. Texts are named by their digests.

    `text` is the present one; None if there is no file. `seen` are all texts it has had here, and `stamp` is that of the last change.
    """

    text: str | None = None
    seen: Collection[str] = ()
    stamp: Stamp = NEVER


@dataclass(frozen=True, slots=True)
class PresetChange:
    """A text that was saved with knowledge of those `before`; a deletion if `text` is None."""

    stamp: Stamp
    text: str | None
    before: Collection[str] = ()


class Outcome(Enum):
    """What is to be done with a change."""

    IGNORE = auto()
    REPLACE = auto()
    REPLACE_AND_COPY_OURS = auto()
    """The present text becomes a preset of its own first."""
    COPY_THEIRS = auto()
    """The text becomes a preset of its own."""


def outcome(change: PresetChange, here: PresetHere) -> Outcome:
    """Return what is to be done with a change."""
    if change.stamp > here.stamp:
        is_known = here.text is None or change.text is None or here.text == change.text or here.text in change.before
        return Outcome.REPLACE if is_known else Outcome.REPLACE_AND_COPY_OURS
    is_lost = change.text is not None and here.text is not None and change.text not in here.seen
    return Outcome.COPY_THEIRS if is_lost else Outcome.IGNORE


def copy_id(preset_id: str, digest: str) -> str:
    """Return the id of the preset that stores a text next to a later one. It is the same on all computers."""
    return f"{preset_id}-{digest[:8]}"


def text_digest(text: str) -> str:
    """Return the digest by which two texts of a preset are compared."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()
