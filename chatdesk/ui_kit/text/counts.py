"""Formatting of counts, lists, tokens and times as text."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject

# Texts with a count from an untrusted source: limited to what Qt can format, in the number format of the language.

MAX_PLURAL_NUMBER = 2**31 - 1
"""The largest number for which Qt selects a plural form; a larger one raises an error."""


def counted(word: Callable[[int], str], count: int) -> str:
    """Return `word(count)`, which is `tr("%n …", "", count)`. A count outside Qt's range is replaced by the nearest one within."""
    number = max(0, min(count, MAX_PLURAL_NUMBER))
    return word(number).replace(str(number), QLocale().toString(number))


def listed(parts: Iterable[str]) -> str:
    """Return the non-empty parts with the separator of the language between them."""
    return _Texts().separator().join(filter(None, parts))


class _Texts(QObject):
    """Plural texts; Qt's lupdate finds plurals only in `tr`."""

    def tokens(self, count: int) -> str:
        return self.tr("%n token(s)", "", count)

    def separator(self) -> str:
        return self.tr(", ", "between the items of a list")

    def about_tokens(self, count: int) -> str:
        return self.tr("about %n token(s)", "", count)


def token_count(tokens: int) -> str:
    """Return a token count with its unit."""
    return counted(_Texts().tokens, tokens)


def about_tokens(tokens: int) -> str:
    """Return an estimated token count with its unit, rounded to the precision of an estimate."""
    return counted(_Texts().about_tokens, rounded_tokens(tokens) or tokens)


def rounded_tokens(tokens: int) -> int:
    """Return an estimated token count, rounded to the precision of an estimate."""
    step = 10 if tokens < 1_000 else 100 if tokens < 100_000 else 1_000
    return round(tokens / step) * step


class _ElapsedTexts(QObject):
    """Plural texts, as above."""

    def now(self) -> str:
        return self.tr("just now")

    def minutes(self, count: int) -> str:
        return self.tr("%n minute(s) ago", "", count)

    def hours(self, count: int) -> str:
        return self.tr("%n hour(s) ago", "", count)


def elapsed_text(moment: datetime, now: datetime) -> str:
    """Return how long ago something was; after a day, its date and time. Both times are aware."""
    minutes = int((now - moment).total_seconds() // 60)
    texts = _ElapsedTexts()
    if minutes < 1:  # also if the clock was set back
        return texts.now()
    if minutes < 60:
        return counted(texts.minutes, minutes)
    if minutes < 24 * 60:
        return counted(texts.hours, minutes // 60)
    return moment_text(moment)


# A point in time as text: the time, preceded by the date if it is not today.


def moment_text(moment: datetime) -> str:
    """Return a point in time in the format of the language."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
    if local.date() == QDate.currentDate():
        return time
    return f"{QLocale().toString(local.date(), QLocale.FormatType.ShortFormat)} {time}"
