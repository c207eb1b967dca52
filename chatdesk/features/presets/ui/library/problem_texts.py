"""Texts for problems of a preset file, and how to fix them."""

import re

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.errors.preset_errors import PresetProblem
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_CONTEXT = "PresetProblems"
_TEXTS = {
    PresetProblem.NOT_TEXT: QT_TRANSLATE_NOOP("PresetProblems", "The file is not valid UTF-8. Save it as UTF-8."),
    PresetProblem.TOO_LARGE: QT_TRANSLATE_NOOP("PresetProblems", "The file is too large for a preset."),
    PresetProblem.HEAD_TOO_LARGE: QT_TRANSLATE_NOOP(
        "PresetProblems", "The header is too long. Put long texts below it, after the second +++."
    ),
    PresetProblem.TOO_LONG: QT_TRANSLATE_NOOP("PresetProblems", "“{detail}” is too long, or has too many entries."),
    PresetProblem.TOO_MANY: QT_TRANSLATE_NOOP(
        "PresetProblems", "The folder contains too many presets. Move presets that you do not need to another folder."
    ),
    PresetProblem.NOT_CLOSED: QT_TRANSLATE_NOOP(
        "PresetProblems", "The header starts with +++ but does not end. Add a line with +++ below it."
    ),
    PresetProblem.NOT_TOML: QT_TRANSLATE_NOOP("PresetProblems", "The header is not valid TOML: {detail}"),
    PresetProblem.NEWER_SCHEMA: QT_TRANSLATE_NOOP(
        "PresetProblems", "The file needs a newer version of Chatdesk (schema {detail})."
    ),
    PresetProblem.WRONG_TYPE: QT_TRANSLATE_NOOP("PresetProblems", "“{detail}” has a value of the wrong type."),
    PresetProblem.UNKNOWN_WORD: QT_TRANSLATE_NOOP("PresetProblems", "“{detail}” has an invalid value."),
    PresetProblem.OUT_OF_RANGE: QT_TRANSLATE_NOOP("PresetProblems", "A value is out of range. Allowed: {detail}"),
    PresetProblem.BAD_NAME: QT_TRANSLATE_NOOP(
        "PresetProblems",
        "“{detail}” is not a valid variable name. Use letters, digits, _ and -, starting with a letter. The "
        "name must be unique.",
    ),
    PresetProblem.TWICE: QT_TRANSLATE_NOOP("PresetProblems", "The variable “{detail}” is declared twice."),
    PresetProblem.EMPTY: QT_TRANSLATE_NOOP(
        "PresetProblems", "The preset needs a prompt, an opening message or a greeting."
    ),
    PresetProblem.BAD_FILE_NAME: QT_TRANSLATE_NOOP(
        "PresetProblems", "The file name contains invalid characters. Rename the file."
    ),
    PresetProblem.UNREADABLE: QT_TRANSLATE_NOOP("PresetProblems", "The file cannot be read: {detail}"),
}
_AT_LINE = QT_TRANSLATE_NOOP("PresetProblems", "Line {line}: {sentence}")
_MAX_DETAIL_LENGTH = 200
_POSITION = re.compile(r" \(at (line \d+, column \d+|end of document)\)$")
"""Position reported by the parser. It is relative to the header, which starts on line 2 of the file."""


def describe_problem(problem: PresetProblem, line: int = 0, detail: str = "") -> str:
    """Return a sentence about a problem with its line number."""
    detail = _POSITION.sub("", detail)[:_MAX_DETAIL_LENGTH]
    sentence = QCoreApplication.translate(_CONTEXT, _TEXTS[problem]).format(detail=detail)
    if not line:
        return sentence
    return QCoreApplication.translate(_CONTEXT, _AT_LINE).format(line=line, sentence=sentence)
