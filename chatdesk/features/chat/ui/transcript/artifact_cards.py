"""Cards in the transcript for artifacts, code in answers that can run.

Other features know what can run and its versions.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block


@dataclass(frozen=True, slots=True)
class ArtifactCard:
    """An artifact.

    `block` is the index of its main code block in the answer; `number` is its version, from 1 to `count`.
    """

    block: int
    title: str
    kind: str
    """The display name of its language, for example "HTML"."""
    lines: int
    number: int = 1
    count: int = 1
    shown: bool = False
    """Whether it is shown in the panel beside the chat."""


class CardSource(QObject):
    """Provides the cards of answers. This base class provides none; the preview feature overrides it."""

    changed = Signal()
    """The cards of answers queried before have changed."""

    def cards_of(self, message: Message, blocks: Sequence[Block]) -> Sequence[ArtifactCard]:  # noqa: ARG002
        """Return the cards of a finished answer with these blocks. Must not take longer than painting it."""
        return ()
