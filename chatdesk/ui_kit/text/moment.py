"""A moment in words: the time, and the day before it if that is not today."""

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale


def moment_words(moment: datetime) -> str:
    """Return a moment as the language writes it."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
    if local.date() == QDate.currentDate():
        return time
    return f"{QLocale().toString(local.date(), QLocale.FormatType.ShortFormat)} {time}"
