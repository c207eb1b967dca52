"""The block model: the parsed content of a message, and the only interface between Markdown and the UI.

Blocks are a flat list of leaves with the quotes and list items that contain them (`containers`), because the UI lays out, paints and
virtualises leaves individually, however deeply they are nested. Containers with equal values are the same container, so the nesting can be
restored for export. All values are frozen and comparable: the law "incremental equals whole" is plain equality.
"""

from dataclasses import field
from enum import Flag, StrEnum, auto

from chatdesk.kernel.fast_dataclass import dataclass


class Style(Flag):
    """Formatting of a run of text."""

    PLAIN = 0
    STRONG = auto()
    EMPHASIS = auto()
    STRIKE = auto()
    CODE = auto()
    UNDERLINE = auto()
    MARK = auto()
    """Highlighted, as with a marker pen."""
    KEY = auto()
    """A key of the keyboard."""
    SUBSCRIPT = auto()
    SUPERSCRIPT = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with uniform formatting. A hard line break is a newline in `text`."""

    text: str
    style: Style = Style.PLAIN
    link: str = ""
    """The target as written, neither checked nor encoded: kernel/links.py decides what may be opened."""
    image: str = ""
    """The source, as written, of a picture whose description is `text`. Rendering never fetches it."""
    title: str = ""
    """Title of the picture, otherwise of the link, to be shown on hover."""
    footnote: str = ""
    """Label, as written, of the referenced footnote. `text` is its number in brackets, and `link` leads to it."""
    formula: str = ""
    """LaTeX of an inline formula without its delimiters. `text` is its source, including delimiters."""
    macros: str = ""
    """The definitions of earlier formulas of the message that the formula uses, to be put before it."""
    citation: str = ""
    """Markdown of a citation of a document. `text` names the location in brackets, `link` leads to it, and `title` says more."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote. `start` (offset in the source) identifies it."""

    start: int


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list. `list_start` and `start` are offsets in the source that identify the list and the item."""

    list_start: int
    start: int
    number: int | None
    """The ordinal number in the document; None in a bullet list."""
    tight: bool
    checked: bool | None = None
    """State of a task list's box; None without a box."""


class AlertKind(StrEnum):
    """Kind of an alert."""

    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Alert:
    """A block quote that begins with `[!NOTE]` or similar."""

    start: int
    kind: AlertKind


@dataclass(frozen=True, slots=True)
class Term:
    """The term of the following descriptions. `list_start` is shared within a definition list, see `ListItem`."""

    list_start: int
    start: int


@dataclass(frozen=True, slots=True)
class Description:
    """A description of the preceding term."""

    list_start: int
    start: int
    tight: bool


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, at the position of its definition."""

    start: int
    label: str
    """As written."""
    number: int = 0
    """Number from 1 in the order of the first references; 0 if it is not referenced."""


@dataclass(frozen=True, slots=True)
class Details:
    """A section that can be folded. Its first block is a paragraph in a `Summary`."""

    start: int
    open: bool = False
    """Whether it is unfolded at first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The head of the surrounding `Details`: a single paragraph, which is empty if the section has no head."""

    start: int


Container = Quote | ListItem | Alert | Term | Description | Footnote | Details | Summary


class Alignment(StrEnum):
    """Alignment of a table column."""

    NONE = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    start: int
    """Start in the message's source, in characters."""
    end: int
    containers: tuple[Container, ...] = ()
    joint: str | None = None
    """For a block that continues the text of the block above: the text between both, a newline or nothing. Otherwise None.

    Only extremely long texts consist of several blocks: see `long_texts.py`.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(_Leaf):
    """Running text. An empty list item or quote is a paragraph without spans."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(_Leaf):
    """A heading of level 1 to 6."""

    level: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(_Leaf):
    """A code block."""

    text: str
    """Complete lines, each with a newline at its end."""
    info: str = ""
    """The text after the fence."""
    closed: bool = True
    """False until the closing fence has arrived."""

    @property
    def language(self) -> str:
        """The first word after the fence, in lower case; empty if there is none."""
        return self.info.split(maxsplit=1)[0].lower() if self.info.strip() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Leaf):
    """A table. Every row has as many cells as `alignments`."""

    alignments: tuple[Alignment, ...]
    header: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_Leaf):
    """A horizontal rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(_Leaf):
    """A displayed formula."""

    latex: str
    """Without its delimiters."""
    source: str
    """As written, including delimiters, but without the markers of its containers."""
    closed: bool = True
    """False until the closing delimiter has arrived."""
    macros: str = ""
    """The definitions of earlier formulas of the message that this one uses, to be put before it."""


Block = Paragraph | Heading | Code | Table | Rule | Formula


def is_summary(block: Block) -> bool:
    """Return whether a block is the head of a section."""
    return bool(block.containers) and isinstance(block.containers[-1], Summary)


def is_empty_summary(block: Block) -> bool:
    """Return whether a block is the head of a section that was written without one."""
    return is_summary(block) and isinstance(block, Paragraph) and not block.spans


# Relations of adjacent blocks to their containers.


def shared_depth(one: tuple[Container, ...], other: tuple[Container, ...]) -> int:
    """Return the number of containers that both share."""
    depth = 0
    while depth < min(len(one), len(other)) and one[depth] == other[depth]:
        depth += 1
    return depth


def are_tight(one: tuple[Container, ...], other: tuple[Container, ...]) -> bool:
    """Return whether two adjacent blocks are in one tight item, or in adjacent items of a tight list."""
    shared = shared_depth(one, other)
    mine, theirs = one[shared : shared + 1], other[shared : shared + 1]
    match (*mine, *theirs):
        case (ListItem() as item, ListItem() as next_item) if item.list_start == next_item.list_start:
            return item.tight
        case (Term() | Description() as item, Description() as next_item) if item.list_start == next_item.list_start:
            return isinstance(item, Term) or item.tight
    around = one[shared - 1] if shared else None
    return isinstance(around, ListItem | Description) and around.tight
