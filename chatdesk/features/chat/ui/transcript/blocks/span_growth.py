"""What a text that grows has more than it had before. How it is set is `text_flow.py`."""

from collections.abc import Sequence

from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.text import utf16


def words_behind(spans: Sequence[Span], longer: Sequence[Span]) -> str:
    """Return the plain words that `longer` has behind plain words at the end of `spans`; empty if it is anything else."""
    if len(spans) != len(longer) or not spans or spans[:-1] != longer[:-1]:
        return ""
    old, new = spans[-1].text, longer[-1].text
    plain = spans[-1] == Span(old) and longer[-1] == Span(new)
    return new[len(old) :] if plain and new.startswith(old) else ""


def common_length(one: str, other: str) -> int:
    """Return how many of Qt's positions two texts have in common at their beginning."""
    if other.startswith(one):
        return utf16.units(one)
    count = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return utf16.units(one[:count])
