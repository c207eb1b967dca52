"""The block model: what a message is made of once its markdown is understood. The only currency between markdown and screen.

Blocks are flat: a list of leaves, each knowing the quotes and list items it stands in (`containers`), because the screen lays out, paints
and virtualises leaves one by one however deep the nesting is. Containers with an equal value are the same container, so nesting can be
built again for export. All values are frozen and comparable: the law "incremental equals whole" is plain equality.
"""

from dataclasses import field
from enum import Flag, StrEnum, auto

from chatdesk.kernel.fast_dataclass import dataclass


class Style(Flag):
    """How a run of text differs from its surroundings."""

    PLAIN = 0
    STRONG = auto()
    EMPHASIS = auto()
    STRIKE = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look. A hard line break is a newline in `text`."""

    text: str
    style: Style = Style.PLAIN
    link: str = ""
    """The target as it was written, not judged and not encoded: kernel/links.py says what may be opened."""
    image: str = ""
    """The source of a picture whose description is `text`, as it was written. Rendering never fetches it."""
    title: str = ""
    """What the author wants to be shown on hover, of the picture or else of the link."""
    footnote: str = ""
    """The label of the footnote it refers to, as it was written. `text` is then its number in brackets, `link` leads to it."""
    formula: str = ""
    """The LaTeX of a formula in the line, without its marks. `text` is then how it was written, marks included."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote. `start` (offset in the source) makes it itself."""

    start: int


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list. `list_start` and `start` are offsets in the source and make list and item themselves."""

    list_start: int
    start: int
    number: int | None
    """The ordinal as the document means it; None in a bullet list."""
    tight: bool
    checked: bool | None = None
    """The box of a task list."""


class AlertKind(StrEnum):
    """How urgent an alert is."""

    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Alert:
    """A block quote that begins with `[!NOTE]` or the like."""

    start: int
    kind: AlertKind


@dataclass(frozen=True, slots=True)
class Term:
    """What the descriptions behind it describe. `list_start` is shared by a definition list, see `ListItem`."""

    list_start: int
    start: int


@dataclass(frozen=True, slots=True)
class Description:
    """One description of the term before it."""

    list_start: int
    start: int
    tight: bool


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, where it was written."""

    start: int
    label: str
    """As it was written."""
    number: int = 0
    """By the order in which footnotes are first referred to, from 1; 0 if nothing refers to it."""


Container = Quote | ListItem | Alert | Term | Description | Footnote


class Alignment(StrEnum):
    """Of a table column."""

    NONE = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    start: int
    """Where it begins in the message's source, in characters."""
    end: int
    containers: tuple[Container, ...] = ()
    joint: str | None = None
    """Of a block that goes on with the text of the block above: what stands between both, a newline or nothing. Else None.

    Only texts so long that nobody reads them are several blocks: see `long_texts.py`.
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
    """Whole lines, each with a newline at its end."""
    info: str = ""
    """What stood behind the fence."""
    closed: bool = True
    """False while the closing fence has not come."""

    @property
    def language(self) -> str:
        """The first word behind the fence, lower case; empty if none."""
        return self.info.split(maxsplit=1)[0].lower() if self.info.strip() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Leaf):
    """A table. Every row has as many cells as `alignments`."""

    alignments: tuple[Alignment, ...]
    header: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_Leaf):
    """A line across the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(_Leaf):
    """A displayed formula."""

    latex: str
    """Without its marks."""
    source: str
    """As it was written, marks included but not those of the containers around it."""
    closed: bool = True
    """False while the closing mark has not come."""


Block = Paragraph | Heading | Code | Table | Rule | Formula


# How neighbouring blocks stand in their containers.


def shared_depth(one: tuple[Container, ...], other: tuple[Container, ...]) -> int:
    """Return how many containers both stand in."""
    depth = 0
    while depth < min(len(one), len(other)) and one[depth] == other[depth]:
        depth += 1
    return depth


def are_tight(one: tuple[Container, ...], other: tuple[Container, ...]) -> bool:
    """Whether two neighbours stand in one tight item, or in neighbouring items of a tight list."""
    shared = shared_depth(one, other)
    mine, theirs = one[shared : shared + 1], other[shared : shared + 1]
    match (*mine, *theirs):
        case (ListItem() as item, ListItem() as next_item) if item.list_start == next_item.list_start:
            return item.tight
        case (Term() | Description() as item, Description() as next_item) if item.list_start == next_item.list_start:
            return isinstance(item, Term) or item.tight
    around = one[shared - 1] if shared else None
    return isinstance(around, ListItem | Description) and around.tight
