"""Counts and moments in words."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale

# Words with a count in them that others have told: a number that Qt can word, written as the language writes
# numbers.

MOST = 2**31 - 1
"""The largest number that Qt chooses a plural for; a larger one is an error."""


def counted(word: Callable[[int], str], count: int) -> str:
    """Return `word(count)`, which is `tr("%n …", "", count)`; a count that Qt cannot word is told as the nearest one that it can."""
    number = max(0, min(count, MOST))
    return word(number).replace(str(number), QLocale().toString(number))


# A moment in words: the time, and the day before it if that is not today.


def moment_text(moment: datetime) -> str:
    """Return a moment as the language writes it."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
    if local.date() == QDate.currentDate():
        return time
    return f"{QLocale().toString(local.date(), QLocale.FormatType.ShortFormat)} {time}"
