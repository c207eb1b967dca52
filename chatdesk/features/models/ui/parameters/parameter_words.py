"""What parameters are called, what they do, and what they may be."""

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.models.ui.parameters.numbers import written
from chatdesk.kernel.models.parameters import NUMBER_RANGES, stop_line
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_CONTEXT = "Parameters"
WORDS = {
    "temperature": (
        QT_TRANSLATE_NOOP("Parameters", "Temperature"),
        QT_TRANSLATE_NOOP("Parameters", "Low for facts, high for ideas"),
    ),
    "top_p": (
        QT_TRANSLATE_NOOP("Parameters", "Top p"),
        QT_TRANSLATE_NOOP("Parameters", "Only the likeliest words that together make up this share"),
    ),
    "top_k": (
        QT_TRANSLATE_NOOP("Parameters", "Top k"),
        QT_TRANSLATE_NOOP("Parameters", "Only so many of the likeliest words; 0 is all"),
    ),
    "min_p": (
        QT_TRANSLATE_NOOP("Parameters", "Min p"),
        QT_TRANSLATE_NOOP("Parameters", "No words less likely than this share of the likeliest"),
    ),
    "repeat_penalty": (
        QT_TRANSLATE_NOOP("Parameters", "Penalty for repetition"),
        QT_TRANSLATE_NOOP("Parameters", "Above 1 it repeats itself less; 1 is none"),
    ),
    "seed": (
        QT_TRANSLATE_NOOP("Parameters", "Seed"),
        QT_TRANSLATE_NOOP("Parameters", "The same number gives the same answer again"),
    ),
    "max_tokens": (
        QT_TRANSLATE_NOOP("Parameters", "Longest answer"),
        QT_TRANSLATE_NOOP("Parameters", "In tokens"),
    ),
    "num_ctx": (
        QT_TRANSLATE_NOOP("Parameters", "Context"),
        QT_TRANSLATE_NOOP("Parameters", "Tokens the model can read at once; more takes more memory"),
    ),
    "stop": (
        QT_TRANSLATE_NOOP("Parameters", "Ends at"),
        QT_TRANSLATE_NOOP("Parameters", "Texts that end the answer, separated by commas; \\n is a new line"),
    ),
    "keep_alive": (
        QT_TRANSLATE_NOOP("Parameters", "Stays in memory"),
        QT_TRANSLATE_NOOP("Parameters", "After an answer: 10m, 1h30m, 0 or -1 (for ever)"),
    ),
    "format": (
        QT_TRANSLATE_NOOP("Parameters", "Format"),
        QT_TRANSLATE_NOOP("Parameters", "json, or a JSON schema"),
    ),
}
"""Name and explanation, in the order of the panel."""


def name_of(parameter: str) -> str:
    """Return what a parameter is called."""
    return QCoreApplication.translate(_CONTEXT, WORDS[parameter][0])


def hint_of(parameter: str) -> str:
    """Return what it does."""
    return QCoreApplication.translate(_CONTEXT, WORDS[parameter][1])


def range_words(parameter: str) -> str:
    """Return what it may be, for somebody who typed something else."""
    translate = QCoreApplication.translate
    if allowed := NUMBER_RANGES.get(parameter):
        words = translate(_CONTEXT, "A whole number from {least} to {most}") if allowed.whole else ""
        words = words or translate(_CONTEXT, "A number from {least} to {most}")
        locale = QLocale()
        least, most = (locale.toString(int(end)) for end in (allowed.least, allowed.most))
        return words.format(least=least, most=most)
    if parameter == "keep_alive":
        return translate(_CONTEXT, "A time like 10m or 1h30m, 0, or -1 for ever")
    if parameter == "format":
        return translate(_CONTEXT, "The word json, or a JSON schema: an object in braces")
    return translate(_CONTEXT, "At most 16 texts of 200 characters")


def value_words(value: object) -> str:
    """Return a value as it is typed; nothing for None."""
    match value:
        case int() | float():
            return written(value)
        case tuple():
            return stop_line(value)
        case None:
            return ""
        case _:
            return str(value)
