"""How neighbouring blocks stand in their containers."""

from chatdesk.rendering.markdown.blocks import Container, Description, ListItem, Term


def shared_depth(one: tuple[Container, ...], other: tuple[Container, ...]) -> int:
    """Return how many containers both stand in."""
    depth = 0
    while depth < min(len(one), len(other)) and one[depth] == other[depth]:
        depth += 1
    return depth


def are_tight(one: tuple[Container, ...], other: tuple[Container, ...]) -> bool:
    """Whether two neighbours stand in one tight item, or in neighbouring items of a tight list."""
    shared = shared_depth(one, other)
    mine, theirs = one[shared : shared + 1], other[shared : shared + 1]
    match (*mine, *theirs):
        case (ListItem() as item, ListItem() as next_item) if item.list_start == next_item.list_start:
            return item.tight
        case (Term() | Description() as item, Description() as next_item) if item.list_start == next_item.list_start:
            return isinstance(item, Term) or item.tight
    around = one[shared - 1] if shared else None
    return isinstance(around, ListItem | Description) and around.tight
