"""Short texts on how a model fits this machine. `judgement_texts.py` has more detailed ones."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.models.domain.model_fit import Fit, Verdict


def fit_text(fit: Fit | None) -> str:
    """Return the text; empty if unknown."""
    translate = QCoreApplication.translate
    match fit.verdict if fit else Verdict.UNKNOWN:
        case Verdict.GRAPHICS:
            return translate("Models", "fits on GPU")
        case Verdict.PARTLY:
            return translate("Models", "partly on CPU")
        case Verdict.PROCESSOR:
            return translate("Models", "on CPU")
        case Verdict.TOO_LARGE:
            return translate("Models", "too large for this computer")
        case Verdict.UNKNOWN:
            return ""
