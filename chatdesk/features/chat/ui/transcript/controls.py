"""The controls of the transcript: values created on request, without widgets.

`control_painter.py` paints them; `message_commands.py` performs their commands.
"""

from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QRect

from chatdesk.kernel.fast_dataclass import dataclass


class Verb(Enum):
    """The functions of controls."""

    COPY = auto()
    EDIT = auto()
    REGENERATE = auto()
    CONTINUE = auto()
    PREVIOUS_SIBLING = auto()
    NEXT_SIBLING = auto()
    DELETE = auto()
    QUOTE = auto()
    BRANCH = auto()
    INSTRUCTIONS = auto()
    COPY_PLAIN = auto()
    COPY_CHAT = auto()
    SAVE = auto()
    SAVE_CHAT = auto()
    SAVE_WORD = auto()
    SAVE_TABLE = auto()
    """`Command.action_id` is a `TableFile`."""
    MENU = auto()
    FOLD_QUESTION = auto()
    FOLD_REASONING = auto()
    FOLD_SECTION = auto()
    COPY_REASONING = auto()
    FOLD_SOURCES = auto()
    ALL_SOURCES = auto()
    FOLD_SOURCE = auto()
    OPEN_SOURCE = auto()
    COPY_CODE = auto()
    WRAP_CODE = auto()
    NUMBER_CODE = auto()
    SAVE_CODE = auto()
    PREVIEW_CODE = auto()
    OPEN_PREVIEW = auto()
    DRAW_DIAGRAM = auto()
    STOP_DIAGRAM = auto()
    SHOW_DIAGRAM = auto()
    SHOW_DIAGRAM_CODE = auto()
    COPY_DIAGRAM = auto()
    SAVE_DIAGRAM = auto()
    VIEW_PICTURE = auto()
    LOAD_PICTURE = auto()
    PLAY_PICTURE = auto()
    OPEN_DOCUMENT = auto()
    FAILURE_ACTION = auto()
    FAILURE_DETAILS = auto()
    MORE_DETAILS = auto()
    MORE_TEXT = auto()
    SAVE_DETAILS = auto()
    FOLLOW_LINK = auto()
    """For the keyboard only; `Command.action_id` is the index of the link in its block."""
    CONTEXT = auto()
    """About the context border; `Command.action_id` is a `BorderAction`."""


ABOUT_DIAGRAMS = frozenset(
    {
        Verb.DRAW_DIAGRAM,
        Verb.STOP_DIAGRAM,
        Verb.SHOW_DIAGRAM,
        Verb.SHOW_DIAGRAM_CODE,
        Verb.COPY_DIAGRAM,
        Verb.SAVE_DIAGRAM,
    }
)
ABOUT_CODE = ABOUT_DIAGRAMS | {
    Verb.COPY_CODE,
    Verb.WRAP_CODE,
    Verb.NUMBER_CODE,
    Verb.SAVE_CODE,
    Verb.PREVIEW_CODE,
}
"""The verbs for a single code block."""


FOLDS = frozenset({Verb.FOLD_QUESTION, Verb.FOLD_REASONING, Verb.FOLD_SECTION, Verb.FOLD_SOURCES, Verb.FOLD_SOURCE})
"""The verbs that fold and unfold something."""

SWITCHES = frozenset({Verb.WRAP_CODE, Verb.NUMBER_CODE})
"""The verbs of controls that are on or off."""


@dataclass(frozen=True, slots=True)
class Command:
    """A verb and its object: the block for code and cards, an action's id, the index of a picture, a document or a source."""

    verb: Verb
    action_id: str = ""
    part: int = 0
    block: int = 0


class ControlStyle(Enum):
    """The appearance of a control."""

    ICON = auto()
    """An icon in a square, with a tooltip."""
    CAPTION = auto()
    """A small icon and a small caption, as in the header of a code block."""
    SEGMENT = auto()
    """A caption without an icon, one of several of which one is on."""
    OUTLINED = auto()
    FILLED = auto()
    LINE = auto()
    """A caption with a chevron that turns, for folding; an icon replaces the chevron."""
    DISC = auto()
    """An icon on a round background, over a picture."""
    AREA = auto()
    """Painted by its owner; only the focus ring is painted here."""
    HEAD = auto()
    """The head of a section, painted by its owner and shaded when it is hovered."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control: its rectangle in the coordinates of its provider, its texts and its command."""

    command: Command
    rect: QRect
    name: str
    """The tooltip and accessible name."""
    icon: str = ""
    style: ControlStyle = ControlStyle.ICON
    caption: str = ""
    """The text on the control, if any."""
    note: str = ""
    """Muted text after the caption."""
    enabled: bool = True
    on: bool = False
    """Whether the toggled state is on."""
    primary: bool = False
    """Whether it is highlighted as the next step."""

    def moved(self, x: int, y: int) -> "Control":
        """Return the control moved by an offset."""
        return replace(self, rect=self.rect.translated(x, y))

    def at_block(self, part: int, block: int) -> "Control":
        """Return the control with its command referring to a block."""
        return replace(self, command=replace(self.command, part=part, block=block))


WAITING_VERBS = frozenset({Verb.PREVIOUS_SIBLING, Verb.NEXT_SIBLING, Verb.CONTINUE})
"""The verbs that are disabled while an answer is being written: they would leave or block its path."""
