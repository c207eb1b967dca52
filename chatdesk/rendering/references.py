"""Which link definitions a text has so far, in the shape markdown-it asks for them, and who asked for which."""

from chatdesk.rendering.leaves import Definition


class References:
    """Definitions by normalised label. Those of the open end of a text may change with every character, the others stay."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        """Labels looked up since this was last emptied, found or not."""
        self._settled: dict[str, Definition] = {}
        self._tail: dict[str, Definition] = {}

    def get(self, label: str, default: None = None) -> dict[str, str] | None:
        """Answer markdown-it's link rule."""
        self.asked.add(label)
        definition = self._find(label)
        return {"href": definition.target, "title": definition.title} if definition else default

    def update(self, settled: dict[str, Definition], tail: dict[str, Definition]) -> set[str]:
        """Add definitions that stay and replace those of the open end; the first of a label counts. Return labels that changed."""
        labels = {*self._tail, *settled, *tail}
        before = {label: self._find(label) for label in labels}
        for label, definition in settled.items():
            self._settled.setdefault(label, definition)
        self._tail = tail
        return {label for label in labels if before[label] != self._find(label)}

    def _find(self, label: str) -> Definition | None:
        return self._settled.get(label) or self._tail.get(label)
