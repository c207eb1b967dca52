"""Order of messages in a file: each message after its parent, siblings in their original order."""

from collections.abc import Callable, Iterable


def parents_first[Item](
    items: Iterable[Item], name_of: Callable[[Item], str], parent_of: Callable[[Item], str]
) -> list[Item]:
    """Return the items so that none comes before its parent. An item with an unknown parent becomes the root of a tree.

    Items with a duplicate name and items in a cycle are omitted.
    """
    named: dict[str, Item] = {}
    for item in items:
        named.setdefault(name_of(item), item)
    waiting: dict[str, list[tuple[str, Item]]] = {}
    ordered: list[Item] = []
    placed: set[str] = set()
    for name, item in named.items():
        parent = parent_of(item)
        if parent in named and parent not in placed:
            waiting.setdefault(parent, []).append((name, item))
            continue
        ready = [(name, item)]
        while ready:
            next_name, next_item = ready.pop()
            placed.add(next_name)
            ordered.append(next_item)
            ready += reversed(waiting.pop(next_name, []))
    return ordered
