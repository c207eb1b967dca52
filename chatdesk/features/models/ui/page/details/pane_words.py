"""What the details say of a model: its facts, and whether it fits this machine. Functions over values; no widget."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.models.domain.fit import Fit, Verdict
from chatdesk.features.models.ui.page.row_words import ability_words, size_words
from chatdesk.features.models.ui.picker.model_words import memory_words
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.models.model_details import ModelDetails
from chatdesk.ui_kit.text.plain_line import plain_line

translate = QCoreApplication.translate
"""By this name the translation tools find its words."""
_DIGEST = 12
"""Characters, as Ollama's own list shows."""


def facts_of(entry: ModelEntry, details: ModelDetails) -> tuple[tuple[str, str], ...]:
    """Return what is known of a model: what each fact is about, and its words. What nobody tells is left out."""
    model = entry.model
    families = details.families or ((model.family,) if model.family else ())
    facts = (
        (translate("ModelsPage", "Server"), entry.server),
        (translate("ModelsPage", "Name there"), model.ref.model_id if model.ref.model_id != entry.name else ""),
        (translate("ModelsPage", "Size"), size_words(model.size_bytes)),
        (translate("ModelsPage", "Parameters"), model.parameters or ""),
        (translate("ModelsPage", "Quantisation"), model.quantization or ""),
        (translate("ModelsPage", "Context"), _context(model)),
        (translate("ModelsPage", "Abilities"), ability_words(model)),
        (translate("ModelsPage", "Family"), ", ".join(families)),
        (translate("ModelsPage", "Made from"), details.made_from),
        (translate("ModelsPage", "Memory"), memory_words(model)),
        (translate("ModelsPage", "Last changed"), _changed(model)),
        (translate("ModelsPage", "Digest"), (model.digest or "").removeprefix("sha256:")[:_DIGEST]),
        (translate("ModelsPage", "File"), details.path),
    )
    return tuple((name, plain_line(words)) for name, words in facts if words)


def verdict_of(fit: Fit) -> str:
    """Return whether a model fits this machine, in a few words."""
    match fit.verdict:
        case Verdict.GRAPHICS:
            words = translate("ModelsPage", "Fits on the graphics card")
        case Verdict.PARTLY:
            share = QLocale().toString(round(fit.on_graphics * 100))
            words = translate("ModelsPage", "Runs {share} % on graphics, the rest on the processor").format(share=share)
        case Verdict.PROCESSOR:
            words = translate("ModelsPage", "Runs on the processor")
        case Verdict.TOO_LARGE:
            words = translate("ModelsPage", "Too large for this machine")
        case Verdict.UNKNOWN:
            words = translate("ModelsPage", "Not known whether it fits this machine")
    return f"{words} · {translate('ModelsPage', 'close other programs first')}" if fit.must_make_room else words


def _context(model: Model) -> str:
    locale = QLocale()
    if not model.context_length:
        return ""
    most = translate("ModelsPage", "up to {tokens} tokens").format(tokens=locale.toString(model.context_length))
    if not model.own_context:
        return most
    own = translate("ModelsPage", "its file asks for {tokens}").format(tokens=locale.toString(model.own_context))
    return f"{most} · {own}"


def _changed(model: Model) -> str:
    if model.modified_at is None:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(round(model.modified_at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
