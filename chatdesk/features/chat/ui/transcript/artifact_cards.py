"""What the transcript is told of things in answers that can run: a card each. What can run, as which version, is the shell's to know."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block


@dataclass(frozen=True, slots=True)
class ArtifactCard:
    """One thing that can run. `block` is its main code block in the answer's text; `number` counts its `count` versions from 1."""

    block: int
    title: str
    kind: str
    """The name of its language in words: "HTML"."""
    lines: int
    number: int = 1
    count: int = 1
    shown: bool = False
    """Whether it is what the panel beside the chat shows."""


class CardSource(QObject):
    """Says which cards an answer has. This one knows none; whoever runs pages has another."""

    changed = Signal()
    """Cards of answers that were asked about are others now."""

    def cards_of(self, message: Message, blocks: Sequence[Block]) -> Sequence[ArtifactCard]:  # noqa: ARG002
        """Return the cards of an answer that is finished, whose text has these blocks. It must not take longer than painting it."""
        return ()
