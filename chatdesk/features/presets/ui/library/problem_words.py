"""What is wrong with a preset's file, in words, and how to mend it."""

import re

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.errors.preset_errors import PresetProblem
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_CONTEXT = "PresetProblems"
_WORDS = {
    PresetProblem.NOT_TEXT: QT_TRANSLATE_NOOP("PresetProblems", "The file is no UTF-8 text. Save it as UTF-8."),
    PresetProblem.TOO_LARGE: QT_TRANSLATE_NOOP("PresetProblems", "The file is too large for a preset."),
    PresetProblem.HEAD_TOO_LARGE: QT_TRANSLATE_NOOP(
        "PresetProblems", "The head is too long. Long texts belong under its end, behind the second +++."
    ),
    PresetProblem.TOO_LONG: QT_TRANSLATE_NOOP("PresetProblems", "“{detail}” is too long, or has too many entries."),
    PresetProblem.TOO_MANY: QT_TRANSLATE_NOOP(
        "PresetProblems", "The folder holds more than Chatdesk reads. Move presets out of it that you do not need."
    ),
    PresetProblem.NOT_CLOSED: QT_TRANSLATE_NOOP(
        "PresetProblems", "The head begins with +++ and has no end. Write a line +++ under it."
    ),
    PresetProblem.NOT_TOML: QT_TRANSLATE_NOOP("PresetProblems", "The head is no valid TOML: {detail}"),
    PresetProblem.NEWER_SCHEMA: QT_TRANSLATE_NOOP(
        "PresetProblems", "It was written for a newer Chatdesk (schema {detail})."
    ),
    PresetProblem.WRONG_TYPE: QT_TRANSLATE_NOOP("PresetProblems", "“{detail}” has a value of the wrong type."),
    PresetProblem.UNKNOWN_WORD: QT_TRANSLATE_NOOP("PresetProblems", "“{detail}” has a value that it cannot have."),
    PresetProblem.OUT_OF_RANGE: QT_TRANSLATE_NOOP("PresetProblems", "A value is out of range. It may be: {detail}"),
    PresetProblem.BAD_NAME: QT_TRANSLATE_NOOP(
        "PresetProblems",
        "“{detail}” cannot be a variable's name: it begins with a letter, has letters, digits, _ and -, and is not taken.",
    ),
    PresetProblem.TWICE: QT_TRANSLATE_NOOP("PresetProblems", "The variable “{detail}” is declared twice."),
    PresetProblem.EMPTY: QT_TRANSLATE_NOOP(
        "PresetProblems", "There is no prompt, no opening message and no greeting. One of them is needed."
    ),
    PresetProblem.BAD_FILE_NAME: QT_TRANSLATE_NOOP(
        "PresetProblems", "The name of the file holds bytes that are no text. Give it another name."
    ),
    PresetProblem.UNREADABLE: QT_TRANSLATE_NOOP("PresetProblems", "The file cannot be read: {detail}"),
}
_AT_LINE = QT_TRANSLATE_NOOP("PresetProblems", "Line {line}: {sentence}")
_LONGEST = 200
_PLACE = re.compile(r" \(at (line \d+, column \d+|end of document)\)$")
"""Where the parser saw it: in the head, which begins in the file's second line."""


def describe_problem(problem: PresetProblem, line: int = 0, detail: str = "") -> str:
    """Return a sentence for what is wrong, and where."""
    detail = _PLACE.sub("", detail)[:_LONGEST]
    sentence = QCoreApplication.translate(_CONTEXT, _WORDS[problem]).replace("{detail}", detail)
    if not line:
        return sentence
    return QCoreApplication.translate(_CONTEXT, _AT_LINE).replace("{line}", str(line)).replace("{sentence}", sentence)
