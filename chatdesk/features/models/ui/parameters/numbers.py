"""Numbers and other parameters that are typed into a line: as the language writes them, or as files do."""

from math import isfinite

from PySide6.QtCore import QLocale

from chatdesk.kernel.models.parameters import NUMBER_RANGES, NumberRange, are_stops, is_format, is_keep_alive, stops_of


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


def parameter_in(name: str, text: str) -> object:
    """Return the value of a parameter that a text means; None for nothing, and for what cannot be one."""
    if allowed := NUMBER_RANGES.get(name):
        return number_in(allowed, text)
    if name == "stop":
        stops = stops_of(text)
        return stops if stops and are_stops(stops) else None
    text = text.strip()
    fits = is_keep_alive if name == "keep_alive" else is_format
    return text if fits(text) else None
