"""Texts of a server's card: name, state, facts, and how to fix a problem."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.servers.domain.provider_rows import ProviderGroup
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.ui.server_texts import ServerHealth, health_of, health_text, server_name
from chatdesk.kernel.errors.base import (
    ChatdeskError,
    KeyExposed,
    KeyMissing,
    KeyRejected,
    ServerLoading,
    ServerUnreachable,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.servers.server import (
    AddressKind,
    KeyKind,
    ServerConfig,
    ServerStatus,
    Vendor,
    can_be_started,
)
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.widgets.tag import TagKind

_MAX_NAMES = 2
_KINDS = {
    ServerHealth.LOOKING: TagKind.NEUTRAL,
    ServerHealth.READY: TagKind.NEUTRAL,
    ServerHealth.CONNECTED: TagKind.SUCCESS,
    ServerHealth.LOADING: TagKind.WARNING,
    ServerHealth.NOT_RUNNING: TagKind.WARNING,
    ServerHealth.NOT_REACHABLE: TagKind.DANGER,
    ServerHealth.KEY_MISSING: TagKind.WARNING,
    ServerHealth.KEY_REJECTED: TagKind.DANGER,
    ServerHealth.KEY_HELD_BACK: TagKind.WARNING,
    ServerHealth.BROKEN: TagKind.DANGER,
}


@dataclass(frozen=True, slots=True)
class ServerSummary:
    """Content of a card's header. `problem` is a sentence about an error if the state's text is not sufficient.

    `remedy` is the label of the button beside it; empty if there is none.
    """

    name: str
    icon: str
    state: str
    kind: TagKind
    details: str
    problem: str = ""
    remedy: str = ""


def server_summary(server: ServerConfig, vendor: Vendor, state: ServerState | None) -> ServerSummary:
    """Return the summary of a server; `state` is None if it is disabled or not saved yet."""
    kind, text = _state(server, vendor, state)
    error = state.error if state else None
    return ServerSummary(
        server_name(server),
        _icon(server, vendor),
        text,
        kind,
        _details(server, vendor, state),
        _problem(error),
        _remedy(error),
    )


def vendor_name(vendor: Vendor) -> str:
    """Return a vendor's name in the current language: Chinese vendors are known by their Chinese names there."""
    if vendor.id == "custom":
        return QCoreApplication.translate("Servers", "OpenAI-compatible")
    return QCoreApplication.translate("Vendors", vendor.name)


_TRANSLATED_NAMES = (
    QT_TRANSLATE_NOOP("Vendors", "DashScope (Qwen)"),
    QT_TRANSLATE_NOOP("Vendors", "Moonshot (Kimi)"),
    QT_TRANSLATE_NOOP("Vendors", "Zhipu (GLM)"),
    QT_TRANSLATE_NOOP("Vendors", "SiliconFlow"),
    QT_TRANSLATE_NOOP("Vendors", "VectorVein (this computer)"),
)
"""Names in the catalogue that differ in other languages."""


def group_name(group: ProviderGroup) -> str:
    """Return the heading of a group of the list of providers."""
    translate = QCoreApplication.translate
    match group:
        case ProviderGroup.NETWORK:
            return translate("Servers", "On this network")
        case ProviderGroup.MORE:
            return translate("Servers", "More")
        case ProviderGroup.COMMON:
            return translate("Servers", "Vendors")


def key_name(kind: KeyKind) -> str:
    """Return the name of a kind of credential."""
    translate = QCoreApplication.translate
    match kind:
        case KeyKind.KEY:
            return translate("Servers", "API key")
        case KeyKind.APP_KEY:
            return translate("Servers", "App API key")
        case KeyKind.BASIC:
            return translate("Servers", "Name and password")


def address_hint(vendor: Vendor) -> str:
    """Return where the user finds the address to paste; empty if that is obvious."""
    if vendor.address_kind is AddressKind.WEBHOOK:
        return QCoreApplication.translate(
            "Servers",
            "The chat URL of the workflow's Chat Trigger. Make it publicly available, and turn on the workflow.",
        )
    return ""


def probe_text(server: ServerConfig, status: ServerStatus) -> str:
    """Return the result of a test."""
    translate = QCoreApplication.translate
    if server.is_built_in:
        return translate("Servers", "OK: the engine and its model are available.")
    facts = [_version(status), _count(status.model_count), _milliseconds(status.milliseconds)]
    return translate("Servers", "OK: {facts}").format(facts=" · ".join(fact for fact in facts if fact))


def models_facts(models: Sequence[Model]) -> str:
    """Return name and size of a single model; the first names of several; empty for none."""
    if not models:
        return ""
    if len(models) == 1:
        return " · ".join(fact for fact in (models[0].name, _on_disk(models[0])) if fact)
    names = [model.name for model in models[:_MAX_NAMES]]
    return " · ".join([*names, "…"] if len(models) > _MAX_NAMES else names)


def _state(server: ServerConfig, vendor: Vendor, state: ServerState | None) -> tuple[TagKind, str]:
    if state is None:
        translate = QCoreApplication.translate
        return TagKind.NEUTRAL, translate("Servers", "New") if server.enabled else translate("Servers", "Off")
    health = health_of(state, vendor)
    return _KINDS[health], health_text(health)


def _details(server: ServerConfig, vendor: Vendor, state: ServerState | None) -> str:
    translate = QCoreApplication.translate
    if server.is_built_in:
        models = state.models if state else ()
        starts = translate("Servers", "starts when a chat needs it")
        several = [_count(len(models)) if models else "", starts]
        facts = [models[0].name, starts, _on_disk(models[0])] if len(models) == 1 else several
    elif state and state.status:
        facts = [
            _short(server.base_url),
            _version(state.status),
            _count(len(state.models)),
            _milliseconds(state.status.milliseconds),
        ]
    else:
        needs_network = server.base_url and not can_be_started(server, vendor)
        facts = [
            _short(server.base_url) or ("" if server.name == vendor.name else vendor_name(vendor)),
            translate("Servers", "needs the network") if needs_network else "",
        ]
    return " · ".join(fact for fact in facts if fact)


def _problem(error: ChatdeskError | None) -> str:
    """Return a sentence on an error that the tag's text does not explain."""
    if error is None or isinstance(error, ServerUnreachable | KeyMissing | ServerLoading):
        return ""
    text = describe_error(error)
    # The button beside it leads to where it can be allowed, so the sentence does not need to say where.
    return text.sentence if isinstance(error, KeyExposed) else sentence_and_consequence(text)


def _remedy(error: ChatdeskError | None) -> str:
    translate = QCoreApplication.translate
    match error:
        case KeyRejected():
            return translate("Servers", "Replace API key")
        case KeyExposed():
            return translate("Servers", "Review")
        case _:
            return ""


def _icon(server: ServerConfig, vendor: Vendor) -> str:
    if server.is_built_in:
        return "cpu"
    if server.protocol.is_application:
        return "workflow"
    return "server" if can_be_started(server, vendor) else "globe"


def _short(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}" if parts.netloc else address


def _version(status: ServerStatus) -> str:
    return (
        QCoreApplication.translate("Servers", "version {version}").format(version=status.version)
        if status.version
        else ""
    )


def _count(models: int | None) -> str:
    return "" if models is None else models_text(models)


def models_text(models: int) -> str:
    """Return the number of models as text."""
    # Qt's lupdate supports plurals only in `tr`.
    if models == 1:
        return QCoreApplication.translate("Servers", "1 model")
    return QCoreApplication.translate("Servers", "{count} models").format(count=models)


def _milliseconds(time: float) -> str:
    return QCoreApplication.translate("Servers", "{time} ms").format(time=QLocale().toString(max(1, round(time))))


def _on_disk(model: Model) -> str:
    if not model.size_bytes:
        return ""
    size = QLocale().formattedDataSize(model.size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat)
    return QCoreApplication.translate("Servers", "{size} on disk").format(size=size)
