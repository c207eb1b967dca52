"""Names, explanations and valid ranges of parameters."""

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.kernel.models.parameters import NUMBER_RANGES, stop_line
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.parameter_numbers import written

_CONTEXT = "Parameters"
WORDS = {
    "temperature": (
        QT_TRANSLATE_NOOP("Parameters", "Temperature"),
        QT_TRANSLATE_NOOP("Parameters", "Lower values are more factual, higher values more creative"),
    ),
    "top_p": (
        QT_TRANSLATE_NOOP("Parameters", "Top-p"),
        QT_TRANSLATE_NOOP(
            "Parameters", "Sample only from the most likely tokens whose probabilities add up to this value"
        ),
    ),
    "top_k": (
        QT_TRANSLATE_NOOP("Parameters", "Top-k"),
        QT_TRANSLATE_NOOP("Parameters", "Sample only from this many of the most likely tokens; 0 means all"),
    ),
    "min_p": (
        QT_TRANSLATE_NOOP("Parameters", "Min-p"),
        QT_TRANSLATE_NOOP("Parameters", "Ignore tokens less likely than this fraction of the most likely one"),
    ),
    "repeat_penalty": (
        QT_TRANSLATE_NOOP("Parameters", "Repetition penalty"),
        QT_TRANSLATE_NOOP("Parameters", "Values above 1 reduce repetition; 1 means no penalty"),
    ),
    "seed": (
        QT_TRANSLATE_NOOP("Parameters", "Seed"),
        QT_TRANSLATE_NOOP("Parameters", "The same seed reproduces the same answer"),
    ),
    "max_tokens": (
        QT_TRANSLATE_NOOP("Parameters", "Max. answer length (tokens)"),
        QT_TRANSLATE_NOOP("Parameters", "Maximum number of tokens in an answer"),
    ),
    "num_ctx": (
        QT_TRANSLATE_NOOP("Parameters", "Context"),
        QT_TRANSLATE_NOOP("Parameters", "Context window in tokens; a larger one uses more memory"),
    ),
    "stop": (
        QT_TRANSLATE_NOOP("Parameters", "Stop sequences"),
        QT_TRANSLATE_NOOP("Parameters", "Texts that end the answer, separated by commas; use \\n for a new line"),
    ),
    "keep_alive": (
        QT_TRANSLATE_NOOP("Parameters", "Keep loaded"),
        QT_TRANSLATE_NOOP("Parameters", "How long after an answer: 10m, 1h30m, 0, or -1 (indefinitely)"),
    ),
    "format": (
        QT_TRANSLATE_NOOP("Parameters", "Format"),
        QT_TRANSLATE_NOOP("Parameters", "json or a JSON schema"),
    ),
}
"""Name and explanation, in the order of the panel."""

_WHOLE_NUMBER = QT_TRANSLATE_NOOP("Parameters", "Enter a whole number from {least} to {most}.")
_NUMBER = QT_TRANSLATE_NOOP("Parameters", "Enter a number from {least} to {most}.")
_TIME = QT_TRANSLATE_NOOP("Parameters", "Enter a time such as 10m or 1h30m, 0, or -1 (indefinitely).")
_SCHEMA = QT_TRANSLATE_NOOP("Parameters", "Enter json, or a JSON schema in braces.")
_TEXTS = QT_TRANSLATE_NOOP("Parameters", "Enter at most 16 texts of up to 200 characters.")


def name_of(parameter: str) -> str:
    """Return the name of a parameter."""
    return QCoreApplication.translate(_CONTEXT, WORDS[parameter][0])


def hint_of(parameter: str) -> str:
    """Return the explanation of a parameter."""
    return QCoreApplication.translate(_CONTEXT, WORDS[parameter][1])


def range_text(parameter: str) -> str:
    """Return the valid values of a parameter, for an error message."""
    translate = QCoreApplication.translate
    if allowed := NUMBER_RANGES.get(parameter):
        text = translate(_CONTEXT, _WHOLE_NUMBER if allowed.whole else _NUMBER)
        locale = QLocale()
        minimum, maximum = (locale.toString(int(end)) for end in (allowed.least, allowed.most))
        return text.format(least=minimum, most=maximum)
    if parameter == "keep_alive":
        return translate(_CONTEXT, _TIME)
    if parameter == "format":
        return translate(_CONTEXT, _SCHEMA)
    return translate(_CONTEXT, _TEXTS)


def value_text(value: object) -> str:
    """Return a value as text for editing; empty for None."""
    match value:
        case int() | float():
            return written(value)
        case tuple():
            return stop_line(value)
        case None:
            return ""
        case _:
            return str(value)
