"""The context shared by everything on the page: theme, texts, options and counters."""

from collections.abc import Callable
from dataclasses import field

from chatdesk.features.chat.ui.transcript.artifact_cards import CardSource
from chatdesk.features.chat.ui.transcript.citations import CitationDisplay
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.context_border import ContextBorder
from chatdesk.features.chat.ui.transcript.diagrams import DiagramSource
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource, NoFormulas
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.features.chat.ui.transcript.work_counters import WorkCounters
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.code.highlighters import NewHighlighter, new_highlighter
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.theme import Theme


@dataclass(frozen=True, slots=True)
class PageContext:
    """The context passed to everything that is laid out. A new theme or language creates a new one."""

    theme: Theme
    texts: TranscriptTexts
    counters: WorkCounters
    pictures: PictureStore
    paint_again: Callable[[], None]
    """Schedules another paint because something could not be painted completely in time."""
    code: CodeOptions = field(default_factory=CodeOptions)
    """The default display of code."""
    previewed: frozenset[str] = frozenset()
    """The languages with previews, as named by `fence_language`; empty for no previews."""
    cards: CardSource = field(default_factory=CardSource)
    border: ContextBorder | None = None
    """The point from which on the model sees the chat."""
    read_only: bool = False
    """Whether messages can only be read and copied, without actions that change or ask anything."""
    new_highlighter: NewHighlighter = new_highlighter
    formulas: FormulaSource = field(default_factory=NoFormulas)
    diagrams: DiagramSource = field(default_factory=DiagramSource)
    citations: CitationDisplay = field(default_factory=CitationDisplay)
