"""Link definitions and footnotes of a text so far, in the format that markdown-it requires, and the labels that were looked up."""

from chatdesk.rendering.markdown.leaves import Definition, ParsedLines


class References:
    """Definitions by normalised label. Those at the open end of a text may change with every character; the others are final."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        """Labels looked up since this was last cleared, found or not."""
        self._settled: dict[str, Definition] = {}
        self._tail: dict[str, Definition] = {}
        self._settled_footnotes: set[str] = set()
        self._tail_footnotes: set[str] = set()

    def get(self, label: str, default: None = None) -> dict[str, str] | None:
        """Return a definition for markdown-it's link rule."""
        self.asked.add(label)
        definition = self._find(label)
        return {"href": definition.target, "title": definition.title} if definition else default

    def has_footnote(self, key: str) -> bool:
        """Return whether a footnote with this key exists."""
        self.asked.add(key)
        return key in self._settled_footnotes or key in self._tail_footnotes

    def update(self, settled: ParsedLines, tail: ParsedLines) -> set[str]:
        """Add final definitions and replace those of the open end; the first definition of a label counts.

        Return the changed labels and footnote keys.
        """
        labels = {*self._tail, *settled.definitions, *tail.definitions}
        before = {label: self._find(label) for label in labels}
        for label, definition in settled.definitions.items():
            self._settled.setdefault(label, definition)
        self._tail = tail.definitions
        return {label for label in labels if before[label] != self._find(label)} | self._update_footnotes(settled, tail)

    def _update_footnotes(self, settled: ParsedLines, tail: ParsedLines) -> set[str]:
        before = self._tail_footnotes - self._settled_footnotes
        new = settled.footnotes - self._settled_footnotes
        self._settled_footnotes |= new
        self._tail_footnotes = tail.footnotes
        return before ^ (new | (tail.footnotes - self._settled_footnotes))

    def _find(self, label: str) -> Definition | None:
        return self._settled.get(label) or self._tail.get(label)
