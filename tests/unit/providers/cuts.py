"""Ways of cutting bytes or text into pieces, for laws of the kind "however it is cut, the result is the same"."""

import itertools

from hypothesis import strategies as st

cut_points = st.lists(st.integers(0, 2000), max_size=40).map(lambda points: tuple(sorted(set(points))))


def cut[Text: (bytes, str)](text: Text, points: tuple[int, ...]) -> list[Text]:
    """Return `text` cut at `points`; those beyond its end do nothing."""
    bounds = [0, *(point for point in points if point < len(text)), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(bounds)]


def single[Text: (bytes, str)](text: Text) -> list[Text]:
    """Return the pieces of length one."""
    return [text[index : index + 1] for index in range(len(text))]
