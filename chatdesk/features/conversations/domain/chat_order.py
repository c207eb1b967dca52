"""The order of messages in a file: none before the one it follows, and those that follow the same one as they were."""

from collections.abc import Callable, Iterable


def parents_first[Item](
    items: Iterable[Item], name_of: Callable[[Item], str], parent_of: Callable[[Item], str]
) -> list[Item]:
    """Return the items so that none comes before its parent. One whose parent is not there begins a tree of its own.

    A second item of a name is left out, and so are those that follow each other in a circle.
    """
    named: dict[str, Item] = {}
    for item in items:
        named.setdefault(name_of(item), item)
    waiting: dict[str, list[tuple[str, Item]]] = {}
    ordered: list[Item] = []
    there: set[str] = set()
    for name, item in named.items():
        parent = parent_of(item)
        if parent in named and parent not in there:
            waiting.setdefault(parent, []).append((name, item))
            continue
        ready = [(name, item)]
        while ready:
            next_name, next_item = ready.pop()
            there.add(next_name)
            ordered.append(next_item)
            ready += reversed(waiting.pop(next_name, []))
    return ordered
