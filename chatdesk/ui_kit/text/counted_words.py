"""Words with a count in them that others have told: a number that Qt can word, written as the language writes numbers."""

from collections.abc import Callable

from PySide6.QtCore import QLocale

MOST = 2**31 - 1
"""The largest number that Qt chooses a plural for; a larger one is an error."""


def counted(word: Callable[[int], str], count: int) -> str:
    """Return `word(count)`, which is `tr("%n …", "", count)`; a count that Qt cannot word is told as the nearest one that it can."""
    number = max(0, min(count, MOST))
    return word(number).replace(str(number), QLocale().toString(number))
