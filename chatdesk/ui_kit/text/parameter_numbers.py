"""Parsing and formatting of numbers and other parameters in text fields, in the format of the language or of files."""

from math import isfinite

from PySide6.QtCore import QLocale

from chatdesk.kernel.models.parameters import NUMBER_RANGES, NumberRange, are_stops, is_format, is_keep_alive, stops_of


def number_of(text: str) -> float | None:
    """Return the number in a text; None if it is not a number."""
    text = text.strip()
    value, fine = QLocale().toDouble(text)
    if not fine:
        value, fine = QLocale.c().toDouble(text)
    return value if fine and isfinite(value) and abs(value) <= 1e15 else None


def number_in(allowed: NumberRange, text: str) -> float | None:
    """Return the number in a text if it is within the range; otherwise None."""
    value = number_of(text)
    return allowed.made(value) if value is not None and allowed.has(value) else None


def written(value: float | None) -> str:
    """Return a number as text for editing; empty for None."""
    if value is None:
        return ""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "g", 12)


def parameter_in(name: str, text: str) -> object:
    """Return the value of a parameter in a text; None if it is empty or invalid."""
    if allowed := NUMBER_RANGES.get(name):
        return number_in(allowed, text)
    if name == "stop":
        stops = stops_of(text)
        return stops if stops and are_stops(stops) else None
    text = text.strip()
    fits = is_keep_alive if name == "keep_alive" else is_format
    return text if fits(text) else None
