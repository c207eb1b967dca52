"""What all interfaces of a message's parts share, and what they ask for: a `Spoken` tells what there is to read.

The messages and their buttons are `accessible_items.py`, their text is `accessible_items.py`. Where Qt takes "none" for an answer,
PySide6's types do not.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_blocks import SpokenNode
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SpokenControl:
    """A button of a message: what it does, and where it is on the screen."""

    name: str
    rect: QRect


class Spoken(Protocol):
    """What there is to read. Messages are told by their order."""

    def count(self) -> int:
        """Return how many messages there are."""

    def name(self, index: int) -> str:
        """Return who speaks, and in which state the message is."""

    def text(self, index: int) -> str:
        """Return what a message says."""

    def details(self, index: int) -> str:
        """Return what else there is to tell of a message: when it came, what it cost."""

    def rect(self, index: int) -> QRect:
        """Return where a message is on the screen."""

    def controls(self, index: int) -> Sequence[SpokenControl]:
        """Return what can be pressed of a message now."""

    def press(self, index: int, number: int) -> None:
        """Press a control of a message, by its order among them."""

    def nodes(self, index: int) -> tuple[SpokenNode, ...]:
        """Return what a message's text consists of."""

    def node(self, index: int, path: tuple[int, ...]) -> SpokenNode | None:
        """Return what stands at a path in it; None for nothing."""

    def rect_of(self, index: int, node: SpokenNode) -> QRect:
        """Return where a part of a message is on the screen."""

    def cut(self, node: SpokenNode, start: int, end: int) -> str:
        """Return the text of a part between two offsets in it; to its end for -1."""

    def cursor_in(self, index: int, node: SpokenNode) -> int:
        """Return where in a part the text cursor stands; -1 if it is elsewhere."""

    def character_rect(self, index: int, node: SpokenNode, offset: int) -> QRect:
        """Return where a character is on the screen."""

    def offset_at(self, index: int, node: SpokenNode, point: QPoint) -> int:
        """Return the offset nearest to a point of the screen; -1 if that is not in this part."""

    def select(self, index: int, node: SpokenNode, start: int, end: int) -> None:
        """Select between two offsets, or put the text cursor there."""

    def show(self, index: int, node: SpokenNode, offset: int) -> None:
        """Scroll to an offset."""

    def target(self, link: Link) -> str:
        """Return where a link really leads, in words."""

    def follow(self, index: int, link: Link) -> None:
        """Open a link of a message."""

    def cursor(self) -> tuple[int, tuple[int, ...]] | None:
        """Return the message and the path of what the text cursor is in; None for nothing that has a text."""

    def focused(self) -> int | None:
        """Return which message the keyboard is on."""


class VirtualAccessible(QAccessibleInterface):
    """Something that is painted and is no object: it has a parent and a text, and no children unless it says so."""

    def __init__(self, parent: QAccessibleInterface) -> None:
        super().__init__()
        self._parent = parent

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._parent.window()

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802, ARG002 - Qt's name
        return None

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802, ARG002 - Qt's name
        return -1

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802 - Qt's name
        """Change nothing."""

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        return QColor()
