"""What everything on the page shares: how it looks, what it says, and who counts the work."""

from collections.abc import Callable
from dataclasses import field

from chatdesk.features.chat.ui.transcript.artifact_cards import CardSource
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.context_border import ContextBorder
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource, NoFormulas
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.features.chat.ui.transcript.work_counters import WorkCounters
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.code.highlighters import NewHighlighter, new_highlighter
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.theme import Theme


@dataclass(frozen=True, slots=True)
class PageContext:
    """Handed to whatever is laid out. Another theme or another language makes another one."""

    theme: Theme
    words: TranscriptTexts
    counters: WorkCounters
    pictures: PictureStore
    paint_again: Callable[[], None]
    """Asks for another painting soon: something could not be shown in full within its time."""
    code: CodeOptions = field(default_factory=CodeOptions)
    """How code is shown where nobody chose otherwise."""
    previewed: frozenset[str] = frozenset()
    """The languages whose code somebody can run or draw, as `fence_language` names them; none, and no block offers it."""
    cards: CardSource = field(default_factory=CardSource)
    border: ContextBorder | None = None
    """Where the model's sight of the chat begins."""
    read_only: bool = False
    """Whether messages can only be read and copied: nothing offers to change or to ask anything."""
    new_highlighter: NewHighlighter = new_highlighter
    formulas: FormulaSource = field(default_factory=NoFormulas)
