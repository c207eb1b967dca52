"""Texts for a model's row."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.models.domain.model_list import ModelEntry, ModelOrder
from chatdesk.kernel.models.model import Capability, Model, ModelLoad
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.safe_text import plain_line

translate = QCoreApplication.translate
"""Alias under which the translation tools find the texts."""
_THOUSAND = 1024
_HOUR, _DAY = 60, 48 * 60
"""Minutes. Times beyond two days are not displayed."""
_SLOW = 10
"""Tokens per second below which one decimal place is displayed."""
_MAX_FACT_LENGTH = 60
"""Maximum number of characters of a fact in a row."""
_ORDERS = {
    ModelOrder.NAME: QT_TRANSLATE_NOOP("ModelsPage", "Name"),
    ModelOrder.SIZE: QT_TRANSLATE_NOOP("ModelsPage", "Size"),
    ModelOrder.PARAMETERS: QT_TRANSLATE_NOOP("ModelsPage", "Parameters"),
    ModelOrder.QUANTIZATION: QT_TRANSLATE_NOOP("ModelsPage", "Quantisation"),
    ModelOrder.CONTEXT: QT_TRANSLATE_NOOP("ModelsPage", "Context"),
    ModelOrder.ABILITIES: QT_TRANSLATE_NOOP("ModelsPage", "Capabilities"),
    ModelOrder.SPEED: QT_TRANSLATE_NOOP("ModelsPage", "Speed"),
    ModelOrder.LOADED: QT_TRANSLATE_NOOP("ModelsPage", "Loaded"),
    ModelOrder.MODIFIED: QT_TRANSLATE_NOOP("ModelsPage", "Last changed"),
}


def order_text(order: ModelOrder) -> str:
    """Return the name of a sort order."""
    return translate("ModelsPage", _ORDERS[order])


def size_text(size: int | None) -> str:
    """Return a size on disk in decimal units, as model libraries do; empty if unknown."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat) if size else ""


def context_text(tokens: int | None) -> str:
    """Return the maximum context length, such as `context 32K`; empty if unknown."""
    if not tokens:
        return ""
    short = f"{round(tokens / _THOUSAND)}K" if tokens >= _THOUSAND else QLocale().toString(tokens)
    return translate("ModelsPage", "context {tokens}").format(tokens=short)


def ability_text(model: Model) -> str:
    """Return a model's capabilities besides chat, or a text that it is not a chat model; empty if unknown."""
    abilities = model.capabilities
    if abilities is None:
        return ""
    if not model.can_chat:
        embeds = Capability.EMBEDDING in abilities
        return (
            translate("ModelsPage", "finds passages in documents, not for chats")
            if embeds
            else translate("ModelsPage", "not a chat model")
        )
    parts = (
        translate("ModelsPage", "reasoning") if Capability.THINKING in abilities else "",
        translate("ModelsPage", "tools") if Capability.TOOLS in abilities else "",
        translate("ModelsPage", "vision") if Capability.VISION in abilities else "",
    )
    return translate("ModelsPage", ", ").join(filter(None, parts))


def row_size(entry: ModelEntry) -> str:
    """Return the text at the end of a row."""
    return translate("ModelsPage", "cloud") if entry.model.remote else size_text(entry.model.size_bytes)


def row_details(entry: ModelEntry) -> str:
    """Return the text of a row's second line."""
    model = entry.model
    facts = (
        plain_line(model.name) if entry.preference.nickname else "",
        plain_line(model.parameters or "")[:_MAX_FACT_LENGTH],
        plain_line(model.quantization or "")[:_MAX_FACT_LENGTH],
        context_text(model.context_length),
        translate("ModelsPage", "app") if model.application else ability_text(model),
        speed_text(entry.speed),
        share_text(model.load) if model.load else "",
    )
    return " · ".join(filter(None, facts))


def speed_text(speed: float | None) -> str:
    """Return the measured speed of a model; empty if not measured."""
    if speed is None:
        return ""
    number = QLocale().toString(speed, "f", 1 if speed < _SLOW else 0)
    return translate("ModelsPage", "{count} tokens/s").format(count=number)


def share_text(load: ModelLoad) -> str:
    """Return which share of a loaded model is on the GPU; empty if unknown."""
    if not load.size_bytes or load.graphics_bytes is None:
        return ""
    share = min(100, round(100 * load.graphics_bytes / load.size_bytes))
    if share == 0:
        return translate("ModelsPage", "in system memory")
    return translate("ModelsPage", "{share}% on GPU").format(share=QLocale().toString(share))


def memory_tag(model: Model) -> str:
    """Return the text of the tag for a model in memory, including the time until it is unloaded; empty if it is not loaded."""
    if not model.loaded:
        return ""
    if model.load is None or model.load.expires_at is None:
        return translate("ModelsPage", "Loaded")
    minutes = max(0, round((model.load.expires_at - datetime.now(UTC)).total_seconds() / 60))
    if minutes > _DAY:
        return translate("ModelsPage", "Loaded")
    if minutes < 1:
        return translate("ModelsPage", "Loaded, unloads in less than a minute")
    if minutes < 2 * _HOUR:
        return translate("ModelsPage", "Loaded, unloads in {minutes} min").format(minutes=QLocale().toString(minutes))
    hours = QLocale().toString(round(minutes / _HOUR))
    return translate("ModelsPage", "Loaded, unloads in {hours} h").format(hours=hours)


def spoken_marks(entry: ModelEntry) -> tuple[str, ...]:
    """Return the marks of a row as text for screen readers."""
    return (
        translate("ModelsPage", "favourite") if entry.preference.favourite else "",
        translate("ModelsPage", "hidden") if entry.preference.hidden else "",
        memory_tag(entry.model),
        plain_line(entry.origin),
    )
