"""The base of the accessible interfaces of message parts, and the `Spoken` protocol that provides their content.

`accessible_items.py` has the interfaces of messages, buttons and text parts. Qt accepts None as an answer where the
type stubs of PySide6 do not.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import Command
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_blocks import SpokenNode
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SpokenControl:
    """A button of a message: its command, its function and its screen rectangle."""

    command: Command
    name: str
    rect: QRect
    on: bool = False
    """Whether its toggled state is on: what it folds is unfolded."""


class Spoken(Protocol):
    """The content for screen readers. Messages are identified by their index."""

    def count(self) -> int:
        """Return the number of messages."""

    def name(self, index: int) -> str:
        """Return the speaker and the state of a message."""

    def text(self, index: int) -> str:
        """Return the text of a message."""

    def details(self, index: int) -> str:
        """Return details of a message: its time and token counts."""

    def rect(self, index: int) -> QRect:
        """Return the screen rectangle of a message."""

    def controls(self, index: int) -> Sequence[SpokenControl]:
        """Return the enabled controls of a message."""

    def press(self, index: int, command: Command) -> None:
        """Activate a control of a message."""

    def children(self, index: int) -> Sequence[int | Command]:
        """Return the children of a message in reading order: numbers of its `nodes`, and commands of its `controls`."""

    def nodes(self, index: int) -> tuple[SpokenNode, ...]:
        """Return the parts of a message's text."""

    def node(self, index: int, path: tuple[int, ...]) -> SpokenNode | None:
        """Return the part at a path; None if there is none."""

    def rect_of(self, index: int, node: SpokenNode) -> QRect:
        """Return the screen rectangle of a part."""

    def cut(self, node: SpokenNode, start: int, end: int) -> str:
        """Return the text of a part between two offsets; up to its end for -1."""

    def cursor_in(self, index: int, node: SpokenNode) -> int:
        """Return the offset of the text cursor in a part; -1 if it is elsewhere."""

    def character_rect(self, index: int, node: SpokenNode, offset: int) -> QRect:
        """Return the screen rectangle of a character."""

    def offset_at(self, index: int, node: SpokenNode, point: QPoint) -> int:
        """Return the offset nearest to a screen point; -1 if that is not in this part."""

    def select(self, index: int, node: SpokenNode, start: int, end: int) -> None:
        """Select between two offsets, or place the text cursor if they are equal."""

    def show(self, index: int, node: SpokenNode, offset: int) -> None:
        """Scroll to an offset."""

    def target(self, link: Link) -> str:
        """Return the actual target of a link as text."""

    def follow(self, index: int, link: Link) -> None:
        """Open a link of a message."""

    def cursor(self) -> tuple[int, tuple[int, ...]] | None:
        """Return the message with the text cursor and the path of the part; None if the cursor is not in a text."""

    def focused(self) -> int | None:
        """Return the index of the focused message; None if another widget has the focus."""

    def focused_command(self) -> Command | None:
        """Return the command of the focused control; None if the message itself or one of its links has the focus."""

    def focused_link(self) -> tuple[int, ...] | None:
        """Return the path of the focused link in its message; None if no link has the focus."""


class VirtualAccessible(QAccessibleInterface):
    """The accessible interface of something painted that has no QObject: it has a parent and a text, and no children by default."""

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
        """Ignore the text: nothing can be changed."""

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        return QColor()
