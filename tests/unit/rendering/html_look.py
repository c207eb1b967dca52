"""HTML reduced to what a reader sees, so that two ways of writing the same look compare equal.

Inline elements are reduced to the set of looks each run of text has: `<em><em>a</em></em>` looks like `<em>a</em>`, and the order of
`<em><strong>` does not show. White space counts as a browser counts it.
"""

from html.parser import HTMLParser

_INLINE = {"em", "strong", "code", "del", "a"}
_VOID = {"hr", "img", "br", "input"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[object] = []
        self._looks: list[tuple[str, ...]] = []
        self._preformatted = False
        self._begun = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = tuple(sorted((name, value or "") for name, value in attrs))
        if tag == "br":
            self._add("\n")
        elif tag == "img":
            self.events.append(("img", attributes, frozenset(self._looks)))
        elif tag in _INLINE and not self._preformatted:
            self._looks.append((tag, *(part for pair in attributes for part in pair)))
            self._begun = len(self.events)
        else:
            self._preformatted = self._preformatted or tag == "pre"
            self.events.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE and self._looks:
            if tag == "a" and self._begun == len(self.events):
                self._add("")
            self._looks.pop()
        elif tag not in _VOID:
            self._preformatted = self._preformatted and tag != "pre"
            self.events.append("/" + tag)

    def handle_data(self, data: str) -> None:
        self._add(data if self._preformatted else data.replace("\n", " "))

    def _add(self, text: str) -> None:
        looks = frozenset(self._looks)
        if self.events and isinstance(self.events[-1], list) and self.events[-1][1] == looks:
            self.events[-1][0] += text
        else:
            self.events.append([text, looks])


def look(html: str) -> list[object]:
    """Reduce HTML to a list of block tags, runs of text with their looks, and pictures."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    events = reader.events
    seen: list[object] = []
    code = False
    for index, event in enumerate(events):
        code = (code or event == ("pre", ())) and event != "/pre"
        if isinstance(event, list):
            text = event[0]
            if not code:
                text = text.replace("\n ", "\n")
                if index == 0 or _is_block(events[index - 1]):
                    text = text.lstrip(" ")
                if index + 1 == len(events) or _is_block(events[index + 1]):
                    text = text.rstrip(" ")
            if text or any(name == "a" for name, *_ in event[1]):
                seen.append((text, event[1]))
        else:
            seen.append(event)
    return seen


def _is_block(event: object) -> bool:
    return isinstance(event, str) or (isinstance(event, tuple) and event[0] != "img")
