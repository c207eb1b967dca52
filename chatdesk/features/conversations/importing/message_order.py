"""The order of messages and of their parts, whatever a file says: each message after its parent, no cycles, no repetitions."""

from collections.abc import Callable, Collection, Iterable, Mapping


def forest[Item](
    items: Iterable[Item], name_of: Callable[[Item], str], parent_of: Callable[[Item], str]
) -> dict[str, tuple[str, Item]]:
    """Return the items by name, each after its parent, whose name is given with it; siblings keep their order.

    Of several with the same name, only the first remains. One whose parent is missing has none, and neither has the first one of a cycle.
    """
    named: dict[str, Item] = {}
    for item in items:
        named.setdefault(name_of(item), item)
    children: dict[str, list[str]] = {}
    for name, item in named.items():
        if (parent := parent_of(item)) in named:
            children.setdefault(parent, []).append(name)
    ordered: dict[str, tuple[str, Item]] = {}
    roots = [name for name, item in named.items() if parent_of(item) not in named]
    for root in (*roots, *named):  # what no root leads to is in a cycle, or below one
        waiting = [(root, "")]
        while waiting:
            name, parent = waiting.pop()
            if name not in ordered:
                ordered[name] = (parent, named[name])
                waiting += ((child, name) for child in reversed(children.get(name, ())))
    return ordered


def closest_shown(parents: Mapping[str, str], shown: Collection[str]) -> Mapping[str, str]:
    """Return for each node of a tree the closest node above it that is shown; empty if there is none."""
    found: dict[str, str] = {}
    for start in parents:
        passed: dict[str, None] = {}
        key = start
        while key in parents and key not in found and key not in passed:
            passed[key] = None
            key = parents[key]
            if key in shown:
                break
        result = key if key in shown and key not in passed else found.get(key, "")
        found |= dict.fromkeys(passed, result)
    return found
