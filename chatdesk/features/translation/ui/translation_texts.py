"""Texts of the translation page: language names, problems of a row, and notes for the model."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from chatdesk.features.translation.domain.format_check import FormatProblem
from chatdesk.features.translation.domain.language import language_of
from chatdesk.features.translation.domain.review import NotTranslated, OtherLanguage, Problem, TermProblem
from chatdesk.ui_kit.text.safe_text import plain_line

_MAX_MARK_LENGTH = 60


def language_name(code: str) -> str:
    """Return a language's name in the user interface language; empty if it is not supported."""
    language = language_of(code)
    return QCoreApplication.translate("Languages", language.name) if language else ""


def problem_text(problem: Problem) -> str:
    """Return a sentence that describes a problem."""
    translate = QCoreApplication.translate
    match problem:
        case TermProblem(term):
            text = translate("TranslationDesk", "The glossary translates “{source}” as “{target}”.")
            return text.format(source=plain_line(term.source), target=plain_line(term.target))
        case FormatProblem(mark, missing, count):
            shown = plain_line(mark.text)[:_MAX_MARK_LENGTH]
            times = f" ×{count}" if count > 1 else ""
            if missing:
                return translate("TranslationDesk", "Missing: {mark}").format(mark=shown + times)
            return translate("TranslationDesk", "Not in the source: {mark}").format(mark=shown + times)
        case NotTranslated():
            return translate("TranslationDesk", "This is identical to the source.")
        case OtherLanguage(target):
            text = translate("TranslationDesk", "This does not seem to be in {language}.")
            return text.format(language=language_name(target))


def note_for_model(problems: Sequence[Problem]) -> str:
    """Return a note on the problems for the model. It is for the model, so it is not translated."""
    return " ".join(map(_note, problems))


def _note(problem: Problem) -> str:
    match problem:
        case TermProblem(term):
            return f'Translate "{term.source}" as "{" or ".join(term.targets)}".'
        case FormatProblem(mark, missing, _count) if missing:
            return f"The {mark.kind.value} {mark.text} was missing: put it in its place."
        case FormatProblem(mark, _missing, _count):
            return f"The {mark.kind.value} {mark.text} is not in the text: leave it out."
        case NotTranslated():
            return "The text was returned as it was: translate it."
        case OtherLanguage(target):
            language = language_of(target)
            return f"The answer was not in {language.name if language else target}: write it in that language."
