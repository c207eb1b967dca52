"""The order and the parents of the messages of a chat, computed from what all computers know, so that all get the same result."""

from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush

from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Birth:
    """A message with the parent it was created with, and since when it exists."""

    id: str
    parent_id: str | None
    born: Stamp


def in_order(births: Collection[Birth]) -> list[str]:
    """Return the ids of messages in the order of the chat: parents before children, otherwise by stamp.

    A message whose parent is unknown counts as a first one. Those in a cycle, which only a forged file contains, come last.
    """
    known = {birth.id: birth for birth in births}
    children: dict[str, list[Birth]] = {}
    ready: list[tuple[Stamp, str]] = []
    for birth in known.values():
        if birth.parent_id in known:
            children.setdefault(str(birth.parent_id), []).append(birth)
        else:
            ready.append((birth.born, birth.id))
    heapify(ready)
    ordered: list[str] = []
    while ready:
        _, id_ = heappop(ready)
        ordered.append(id_)
        for child in children.get(id_, ()):
            heappush(ready, (child.born, child.id))
    if len(ordered) < len(known):
        placed = set(ordered)
        ordered += [id_ for _, id_ in sorted((each.born, each.id) for each in known.values() if each.id not in placed)]
    return ordered


def living_parents(parents: Mapping[str, str | None], gone: Collection[str]) -> dict[str, str | None]:
    """Return the parent below which each message is shown: the nearest ancestor that is known and not in the trash.

    Messages in the trash are among the keys and keep their parents. In a cycle, which arises if two computers move messages below each
    other, the message with the smallest id becomes a first one.
    """
    straight = {id_: parent if parent in parents else None for id_, parent in parents.items()}
    for id_ in _ends_of_cycles(straight):
        straight[id_] = None
    found: dict[str, str | None] = {}
    for id_, parent in straight.items():
        ancestor = parent
        while id_ not in gone and ancestor is not None and ancestor in gone:
            ancestor = straight[ancestor]
        found[id_] = ancestor
    return found


def _ends_of_cycles(parents: Mapping[str, str | None]) -> list[str]:
    """Return one message of each cycle."""
    ends: list[str] = []
    done: set[str] = set()
    for start in parents:
        walked: list[str] = []
        positions: dict[str, int] = {}
        current: str | None = start
        while current is not None and current not in done and current not in positions:
            positions[current] = len(walked)
            walked.append(current)
            current = parents[current]
        if current is not None and current in positions:
            ends.append(min(walked[positions[current] :]))
        done.update(walked)
    return ends
