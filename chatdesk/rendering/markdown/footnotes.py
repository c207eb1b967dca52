"""Numbering of footnotes by the order of their first references, and insertion of the numbers into blocks.

`references.py` collects the existing footnotes. Keys are those of `footnote_key`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from chatdesk.rendering.markdown.blocks import Block, Footnote, Heading, Paragraph, Span, Table

# Names of footnotes: a normalised key for each label, and the target of links to it.


def footnote_key(label: str) -> str:
    """Return the normalised form of a footnote's label. It is different from all link labels."""
    return "^" + _normalised(label)


def footnote_anchor(label: str) -> str:
    """Return the target of links to a footnote."""
    return "#fn-" + _normalised(label).lower()


def _normalised(label: str) -> str:
    """Fold case and white space, as CommonMark does for link labels (lower, then upper: ẞ and SS are equal)."""
    return " ".join(label.split()).lower().upper()


class FootnoteNumbers:
    """Numbers footnotes. Numbers assigned at the open end of a text may change with every character; the others are final."""

    def __init__(self) -> None:
        self._settled: dict[str, int] = {}
        self._tail: dict[str, int] = {}

    def get(self, key: str) -> int:
        """Return the number of a footnote; 0 if it is not referenced."""
        return self._settled.get(key) or self._tail.get(key, 0)

    def update(self, settled: Iterable[str], tail: Iterable[str]) -> set[str]:
        """Add final references after those counted before, and replace those of the open end. Return the keys whose number changed."""
        settled, tail = list(settled), list(tail)
        before = {key: self.get(key) for key in (*self._tail, *settled, *tail)}
        for key in settled:
            self._settled.setdefault(key, len(self._settled) + 1)
        self._tail = {}
        for key in tail:
            if key not in self._settled:
                self._tail.setdefault(key, len(self._settled) + len(self._tail) + 1)
        return {key for key, number in before.items() if number != self.get(key)}

    def recount(self, settled: Iterable[str], tail: Iterable[str]) -> set[str]:
        """Renumber all references after a footnote was defined late. Return the keys whose number changed."""
        before = {**self._tail, **self._settled}
        self._settled, self._tail = {}, {}
        self.update(settled, tail)
        return {key for key in {**before, **self._settled, **self._tail} if before.get(key, 0) != self.get(key)}


def notes_of(block: Block) -> tuple[str, ...]:
    """Return the keys of the footnotes that a block refers to, in order."""
    return tuple(footnote_key(span.footnote) for span in _spans_of(block) if span.footnote)


def footnote_of(block: Block) -> str:
    """Return the key of the footnote that contains a block; empty if none does."""
    return next((footnote_key(item.label) for item in block.containers if isinstance(item, Footnote)), "")


def numbered(block: Block, number_of: Callable[[str], int]) -> Block:
    """Return a block with footnote numbers inserted; the same object if nothing changes."""

    def with_number(span: Span) -> Span:
        return replace(span, text=f"[{number_of(footnote_key(span.footnote))}]") if span.footnote else span

    def with_numbers(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(with_number(span) for span in spans)

    containers = tuple(
        replace(item, number=number_of(footnote_key(item.label))) if isinstance(item, Footnote) else item
        for item in block.containers
    )
    new: Block
    match block:
        case Paragraph() | Heading():
            new = replace(block, containers=containers, spans=with_numbers(block.spans))
        case Table():
            header, *rows = (tuple(map(with_numbers, row)) for row in (block.header, *block.rows))
            new = replace(block, containers=containers, header=header, rows=tuple(rows))
        case _:
            new = replace(block, containers=containers)
    return block if new == block else new


def _spans_of(block: Block) -> Iterable[Span]:
    match block:
        case Paragraph() | Heading():
            return block.spans
        case Table():
            return (span for row in (block.header, *block.rows) for cell in row for span in cell)
        case _:
            return ()
