"""Results of the block phase for the inline phase: leaves with unparsed text, and link definitions."""

from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Alignment, Code, Container, Formula, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A paragraph (`level` 0) or a heading (1 to 6). `content` is its Markdown without the markers of its containers."""

    start: int
    end: int
    containers: tuple[Container, ...]
    content: str
    level: int = 0
    joint: str | None = None
    """See `blocks.py`. Continued text is not parsed: only the beginning of a very long one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table. Every row has as many cells as `alignments`; the first `settled` rows are final."""

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
"""`tight` is always True in a leaf's containers: looseness is determined later, see `ParsedLines.loosened`."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A link definition. `target` is as written."""

    target: str
    title: str = ""


@dataclass(slots=True)
class ParsedLines:
    """The result of parsing some lines."""

    leaves: list[Leaf] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    """By normalised label; the first definition of a label counts."""
    footnotes: set[str] = field(default_factory=set)
    """Keys of the footnotes that were started."""
    loosened: dict[int, int] = field(default_factory=dict)
    """Lists found to be loose: offset of the list in the source -> number of leaves before its first one."""
