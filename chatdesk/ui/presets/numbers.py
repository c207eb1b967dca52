"""Numbers that are typed into a line: as the language writes them, or as files do."""

from math import isfinite

from PySide6.QtCore import QLocale

from chatdesk.domain.parameters import NumberRange


def number_of(text: str) -> float | None:
    """Return the number that was typed; None for nothing or no number."""
    text = text.strip()
    value, fine = QLocale().toDouble(text)
    if not fine:
        value, fine = QLocale.c().toDouble(text)
    return value if fine and isfinite(value) and abs(value) <= 1e15 else None


def number_in(allowed: NumberRange, text: str) -> float | None:
    """Return the number that was typed if it is in the range; None for anything else."""
    value = number_of(text)
    return allowed.made(value) if value is not None and allowed.has(value) else None


def written(value: float | None) -> str:
    """Return a number as it is typed; nothing for None."""
    if value is None:
        return ""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "g", 12)
