"""Public methods have docstrings. An override has one only where it adds something: what it overrides is documented already."""

from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.sources import Class, name_of, python_files, source

QT_WORDS = frozenset(
    {
        "child",
        "data",
        "event",
        "flags",
        "object",
        "paint",
        "parent",
        "polish",
        "rect",
        "role",
        "state",
        "text",
        "window",
    }
)
"""Virtual methods of Qt in one word. Its others are in camelCase, which ruff (N802) allows in overrides only."""


def overrides(method: str, bases: tuple[str, ...], known: dict[str, list[Class]]) -> bool:
    """Whether a base class has the method. One that is not ours, such as Qt's, has those in camelCase and `QT_WORDS`."""
    for base in bases:
        if base not in known and (method != method.lower() or (base.startswith("Q") and method in QT_WORDS)):
            return True
        if any(method in one.methods or overrides(method, one.bases, known) for one in known.get(base, ())):
            return True
    return False


def undocumented() -> Iterator[str]:
    known: dict[str, list[Class]] = defaultdict(list)
    for file in python_files():
        for one in source(file).classes:
            known[one.name].append(one)
    for file in python_files():
        for one in source(file).classes:
            for method in one.undocumented:
                is_public = not one.name.startswith("_") and not method.startswith("_")
                if is_public and not overrides(method, one.bases, known):
                    yield f"{name_of(file)}: {one.name}.{method}"


def test_every_public_method_that_overrides_nothing_has_a_docstring() -> None:
    assert list(undocumented()) == []
