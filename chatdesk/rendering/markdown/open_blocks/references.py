"""Which link definitions and footnotes a text has so far, in the shape markdown-it asks for them, and who asked for which."""

from chatdesk.rendering.markdown.leaves import Definition, ParsedLines


class References:
    """Definitions by normalised label. Those of the open end of a text may change with every character, the others stay."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        """Labels looked up since this was last emptied, found or not."""
        self._settled: dict[str, Definition] = {}
        self._tail: dict[str, Definition] = {}
        self._settled_footnotes: set[str] = set()
        self._tail_footnotes: set[str] = set()

    def get(self, label: str, default: None = None) -> dict[str, str] | None:
        """Answer markdown-it's link rule."""
        self.asked.add(label)
        definition = self._find(label)
        return {"href": definition.target, "title": definition.title} if definition else default

    def has_footnote(self, key: str) -> bool:
        """Whether there is a footnote of this key."""
        self.asked.add(key)
        return key in self._settled_footnotes or key in self._tail_footnotes

    def update(self, settled: ParsedLines, tail: ParsedLines) -> set[str]:
        """Add definitions that stay and replace those of the open end; the first of a label counts.

        Return the labels and the keys of footnotes that changed.
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
