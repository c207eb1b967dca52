"""The order and the parents of the messages of a chat, computed from what all computers know, so that all get the same result."""

from collections.abc import Collection, Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Creation(NamedTuple):
    """The stamp since which a message exists, and the parent with which it was created. Creations sort by their stamps."""

    counter: int
    machine: str
    id: str
    parent_id: str | None


def in_order(creations: Iterable[Creation]) -> list[str]:
    """Return the ids of messages in the order of the chat: parents before children, otherwise by stamp.

    A message whose parent is unknown counts as a first one. Those in a cycle, which only a forged file contains, come last.
    """
    by_stamp = sorted(creations)
    ids = [creation.id for creation in by_stamp]
    positions = dict(zip(ids, range(len(ids)), strict=True))
    if all(positions.get(creation.parent_id or "", -1) < position for position, creation in enumerate(by_stamp)):
        return ids  # as always, unless a clock was wrong or a file is forged
    return _parents_first(by_stamp)


def _parents_first(by_stamp: list[Creation]) -> list[str]:
    known = {creation.id for creation in by_stamp}
    children: dict[str, list[Creation]] = {}
    ready: list[Creation] = []
    for creation in by_stamp:
        if creation.parent_id in known:
            children.setdefault(str(creation.parent_id), []).append(creation)
        else:
            ready.append(creation)
    heapify(ready)
    ordered: list[str] = []
    while ready:
        creation = heappop(ready)
        ordered.append(creation.id)
        for child in children.get(creation.id, ()):
            heappush(ready, child)
    placed = set(ordered)
    return ordered + [creation.id for creation in by_stamp if creation.id not in placed]


def living_parents(parents: Mapping[str, str | None], trashed: Collection[str]) -> dict[str, str | None]:
    """Return the parent below which each message is shown: the nearest ancestor that is known and not in the trash.

    Messages in the trash are among the keys and keep their parents. In a cycle, which arises if two computers move messages below each
    other, the message with the smallest id becomes a first one.
    """
    straight = {id_: parent if parent in parents else None for id_, parent in parents.items()}
    for id_ in _ends_of_cycles(straight):
        straight[id_] = None
    if not trashed:
        return straight
    found: dict[str, str | None] = {}
    for id_, parent in straight.items():
        ancestor = parent
        while id_ not in trashed and ancestor is not None and ancestor in trashed:
            ancestor = straight[ancestor]
        found[id_] = ancestor
    return found


def _ends_of_cycles(parents: Mapping[str, str | None]) -> list[str]:
    """Return one message of each cycle. It is quick if parents come before their children."""
    ends: list[str] = []
    done: set[str | None] = {None}
    for start, parent in parents.items():
        if parent in done:
            done.add(start)
            continue
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
