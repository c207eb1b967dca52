"""Why a formula is shown as it was written, in words. Looked up when they are needed, so they are in the language of the moment."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.rendering.formulas.typeset.outline import Reason, Refused


def why_not_set(refused: Refused) -> str:
    """Return a sentence."""
    translate = QCoreApplication.translate
    match refused.reason:
        case Reason.UNKNOWN:
            return translate("Formulas", "This formula has a command that is not known: {}").format(refused.detail)
        case Reason.FORBIDDEN:
            return translate("Formulas", "A formula may not use {}").format(refused.detail)
        case Reason.UNBALANCED:
            return translate("Formulas", "Braces or environments of this formula are not closed")
        case Reason.INCOMPLETE:
            return translate("Formulas", "Something is missing in this formula")
        case Reason.TOO_LARGE:
            return translate("Formulas", "This formula is too large")
        case Reason.TOO_SLOW:
            return translate("Formulas", "This formula takes too long")
        case Reason.EMPTY:
            return translate("Formulas", "There is nothing to see in this formula")
        case Reason.NOT_UNDERSTOOD:
            return translate("Formulas", "This formula cannot be set")
        case _:
            assert_never(refused.reason)
