"""What the block phase hands to the inline phase: leaves whose text is not yet parsed, and the link definitions found on the way."""

from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Alignment, Code, Container, Formula, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A paragraph (`level` 0) or a heading (1 to 6). `content` is its markdown without the marks of the containers around it."""

    start: int
    end: int
    containers: tuple[Container, ...]
    content: str
    level: int = 0
    joint: str | None = None
    """See `blocks.py`. A text that goes on is shown as it is written: only the beginning of a very long one is parsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table. Every row has as many cells as `alignments`; the first `settled` rows cannot change any more."""

    start: int
    end: int
    containers: tuple[Container, ...]
    alignments: tuple[Alignment, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    settled: int
    joint: str | None = None
    """See `blocks.py`."""


Leaf = RawText | RawTable | Code | Rule | Formula
"""`tight` is always True in a leaf's containers: whether a list is loose is known only later, see `ParsedLines.loosened`."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a link reference leads. `target` is as it was written."""

    target: str
    title: str = ""


@dataclass(slots=True)
class ParsedLines:
    """What reading some lines has brought in."""

    leaves: list[Leaf] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    """By normalised label; the first one counts."""
    footnotes: set[str] = field(default_factory=set)
    """Those that were begun, by `references.footnote_key`."""
    loosened: dict[int, int] = field(default_factory=dict)
    """Lists found to be loose: offset of the list in the source -> how many leaves came before its first one."""
