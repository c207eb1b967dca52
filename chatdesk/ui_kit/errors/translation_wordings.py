"""The wording of what can go wrong on the translation desk, for the table in `errors.py`."""

from chatdesk.kernel.errors import translation_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

TRANSLATION_WORDINGS: dict[type[ChatdeskError], Wording] = {
    translation_errors.TranslationError: Wording(QT_TRANSLATE_NOOP("Errors", "The translation failed.")),
    translation_errors.TextTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "The text has more than {limit:,} characters. Translate it in parts.")
    ),
    translation_errors.TooManyParagraphs: Wording(
        QT_TRANSLATE_NOOP("Errors", "The text has more than {limit:,} paragraphs. Translate it in parts.")
    ),
    translation_errors.GlossaryInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "This file is not a glossary."),
        QT_TRANSLATE_NOOP(
            "Errors", "Each row must contain a term and its translation, separated by a comma. See line {line}."
        ),
    ),
    translation_errors.NothingTranslated: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model answered without a translation."),
        steps=(NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    translation_errors.AnswerWentAstray: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model wrote much more than a translation and was stopped."),
        QT_TRANSLATE_NOOP("Errors", "This can happen with small models. Try again, or choose another model."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
}
