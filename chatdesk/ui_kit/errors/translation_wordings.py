"""The wording of what can go wrong on the translation desk, for the table in `errors.py`."""

from chatdesk.kernel.errors import translation_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

TRANSLATION_WORDINGS: dict[type[ChatdeskError], Wording] = {
    translation_errors.TranslationError: Wording(QT_TRANSLATE_NOOP("Errors", "This could not be translated.")),
    translation_errors.TextTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "The text is longer than {limit:,} characters. Translate it in parts.")
    ),
    translation_errors.TooManyParagraphs: Wording(
        QT_TRANSLATE_NOOP("Errors", "The text has more than {limit:,} paragraphs. Translate it in parts.")
    ),
    translation_errors.GlossaryInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "This file is no table of terms."),
        QT_TRANSLATE_NOOP("Errors", "Each row holds a term and its translation, separated by commas. See line {line}."),
    ),
    translation_errors.NothingTranslated: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model answered without a translation."),
        steps=(NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    translation_errors.AnswerWentAstray: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model wrote far more than a translation, so it was stopped."),
        QT_TRANSLATE_NOOP("Errors", "Small models do this. Try again, or choose another model."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
}
