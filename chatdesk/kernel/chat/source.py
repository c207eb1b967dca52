"""What an answer says it is based on: passages an application has looked up, pages a service has found.

What each system calls them is `providers/sources.py`.
"""

from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass

MOST_SOURCES = 50
"""Of one answer; more are no help to anybody."""
MOST_PASSAGE = 4_000
"""Characters of a passage."""
MOST_WORDS = 300
"""Characters of a title, or of the name of a collection."""
MOST_ADDRESS = 2_000
"""Characters of an address; a longer one is left out, for half of an address leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Source:
    """One of them, all of it text of strangers. `number` is what the answer's words refer to it by.

    `collection` names the set of documents it is from. `score` is the server's own measure of how well it fits, on no common scale.
    """

    number: int
    title: str = ""
    passage: str = ""
    collection: str = ""
    address: str = ""
    score: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show of it."""
        return not (self.title or self.passage or self.address)


def bounded(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return what is shown and kept of them: each once, none that is empty, and not without measure."""
    kept: dict[tuple[str, str, str, str], Source] = {}
    for source in sources:
        if len(kept) == MOST_SOURCES:
            break
        cut = Source(
            source.number,
            source.title[:MOST_WORDS].strip(),
            _cut(source.passage.strip()),
            source.collection[:MOST_WORDS].strip(),
            source.address if len(source.address) <= MOST_ADDRESS else "",
            source.score,
        )
        if not cut.is_empty:
            kept.setdefault((cut.title, cut.passage, cut.collection, cut.address), cut)
    return tuple(kept.values())


def _cut(passage: str) -> str:
    return passage if len(passage) <= MOST_PASSAGE else passage[: MOST_PASSAGE - 1] + "…"
