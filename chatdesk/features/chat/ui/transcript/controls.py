"""What can be pressed in the transcript. Controls are values, made again when asked for: no widget stands behind them.

How they look is `control_painter.py`; what pressing one does is `transcript_view.py`.
"""

from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QRect

from chatdesk.kernel.fast_dataclass import dataclass


class Verb(Enum):
    """What a control does."""

    COPY = auto()
    EDIT = auto()
    REGENERATE = auto()
    CONTINUE = auto()
    PREVIOUS_SIBLING = auto()
    NEXT_SIBLING = auto()
    DELETE = auto()
    QUOTE = auto()
    BRANCH = auto()
    COPY_PLAIN = auto()
    COPY_CHAT = auto()
    SAVE = auto()
    SAVE_CHAT = auto()
    MENU = auto()
    FOLD_QUESTION = auto()
    FOLD_REASONING = auto()
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
    VIEW_PICTURE = auto()
    LOAD_PICTURE = auto()
    PLAY_PICTURE = auto()
    FAILURE_ACTION = auto()
    FAILURE_DETAILS = auto()
    MORE_DETAILS = auto()
    MORE_TEXT = auto()
    SAVE_DETAILS = auto()
    CONTEXT = auto()
    """About the border of what a model sees; `Command.action_id` is a `BorderWay`."""


ABOUT_CODE = frozenset({Verb.COPY_CODE, Verb.WRAP_CODE, Verb.NUMBER_CODE, Verb.SAVE_CODE, Verb.PREVIEW_CODE})
"""What is done with one code block."""


@dataclass(frozen=True, slots=True)
class Command:
    """A verb and what it is about: the place of a block for code and cards, an action's id, the order of a picture or a source."""

    verb: Verb
    action_id: str = ""
    part: int = 0
    block: int = 0


class ControlLook(Enum):
    """How a control is drawn."""

    ICON = auto()
    """An icon in a square, words as a tooltip."""
    CAPTION = auto()
    """A small icon and small words, as in the header of a code block."""
    OUTLINED = auto()
    FILLED = auto()
    LINE = auto()
    """Words with a chevron before them that turns: folds something. With an icon that stands in its place."""
    DISC = auto()
    """An icon on a round ground of its own, over a picture."""
    AREA = auto()
    """Drawn by who owns it; only the focus ring is the control's."""


@dataclass(frozen=True, slots=True)
class Control:
    """Where it is (in the coordinates of whoever gives it), what it says and what it does."""

    command: Command
    rect: QRect
    name: str
    """What it does, in words: tooltip and accessible name."""
    icon: str = ""
    look: ControlLook = ControlLook.ICON
    caption: str = ""
    """The words on it, if any."""
    note: str = ""
    """Muted words after the caption."""
    enabled: bool = True
    on: bool = False
    """Whether what it toggles is on."""
    primary: bool = False
    """Whether it stands out as the next step."""

    def moved(self, x: int, y: int) -> "Control":
        """Return the same control elsewhere."""
        return replace(self, rect=self.rect.translated(x, y))

    def at_block(self, part: int, block: int) -> "Control":
        """Return the same control, saying which block it is about."""
        return replace(self, command=replace(self.command, part=part, block=block))


WAITING_VERBS = frozenset({Verb.PREVIOUS_SIBLING, Verb.NEXT_SIBLING, Verb.CONTINUE})
"""What cannot be done while an answer is being written in the chat: it would leave or hold up that answer's path."""
