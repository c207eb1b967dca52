"""Actions for a model or a server on the models page."""

from collections.abc import Callable, Iterable
from enum import IntEnum

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.ui.management.model_actions import ModelActions
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.kernel.settings.declarations import DEFAULT_MODEL, DEFAULT_SERVER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.text.download_texts import download_size
from chatdesk.ui_kit.text.safe_text import plain_line

# Registry of the actions for models and servers on the models page, to which every part of the program adds its own.
# To add an action: write an offer, a function that takes a `ModelEntry` (or a `ServerState`) and returns `PageAction`s, and pass it to
# `PageActions.offer_for_models` (or `offer_for_servers`) where the page is created, `features/models/ui/page/models_page_controller.py`.
# The action then appears in the menus of the row and of the details, and its keys work in the list; no other code needs to know about it.
# Offers are called each time a menu opens, a key is pressed or the details are shown: they return the currently possible actions with
# labels in the current language, and may omit the others. `button` also adds a button to the details. The page's own actions are below.


class ActionSection(IntEnum):
    """Section of a menu; separators divide the sections."""

    USE = 0
    """Chat with the model."""
    OWN = 1
    """The user's preferences; nothing changes on the server."""
    SERVER = 2
    """Operations of the server: load, unload, copy."""
    REMOVE = 3


@dataclass(frozen=True, slots=True)
class PageAction:
    """Action for a model or a server. `key` is its permanent identifier; `keys`, in Qt's portable notation, works in the list."""

    key: str
    label: str
    icon: str
    act: Callable[[], object]
    section: ActionSection = ActionSection.OWN
    keys: str = ""
    enabled: bool = True
    danger: bool = False
    """Whether the action deletes something."""
    button: bool = False
    """Whether the details also have a button for the action."""


ModelOffer = Callable[[ModelEntry], Iterable[PageAction]]
ServerOffer = Callable[[ServerState], Iterable[PageAction]]


class PageActions:
    """All actions of one page."""

    def __init__(self) -> None:
        self._model_offers: list[ModelOffer] = []
        self._server_offers: list[ServerOffer] = []

    def offer_for_models(self, offer: ModelOffer) -> None:
        """Add an offer for models after the existing ones."""
        self._model_offers.append(offer)

    def offer_for_servers(self, offer: ServerOffer) -> None:
        """Add an offer for servers after the existing ones."""
        self._server_offers.append(offer)

    def for_model(self, entry: ModelEntry) -> tuple[PageAction, ...]:
        """Return the currently possible actions for a model, ordered by section."""
        return _by_section(action for offer in self._model_offers for action in offer(entry))

    def for_server(self, state: ServerState) -> tuple[PageAction, ...]:
        """Return the currently possible actions for a server, ordered by section."""
        return _by_section(action for offer in self._server_offers for action in offer(state))


def _by_section(actions: Iterable[PageAction]) -> tuple[PageAction, ...]:
    return tuple(sorted(actions, key=lambda action: action.section))


# The page's own actions: chatting, the default for new chats, favourites, display names, hiding, refreshing servers.


class OwnActions(QObject):
    """Actions of the models page itself. None of them changes anything on a server."""

    chat_requested = Signal(ModelRef)
    nickname_requested = Signal(str)
    """The key of the model whose display name is to be edited."""
    refresh_requested = Signal(str)
    settings_requested = Signal(str)
    """The ID of a server."""
    undo_offered = Signal(str, object)
    """A text that describes what was done, and the function that undoes it."""

    def __init__(self, preferences: ModelPreferences, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._settings = settings

    @property
    def default(self) -> ModelRef:
        """The user's default model for new chats; an empty reference for none."""
        return ModelRef(self._settings.get(DEFAULT_SERVER), self._settings.get(DEFAULT_MODEL))

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return the actions for a model."""
        ref, preference = entry.model.ref, entry.preference
        can_chat, is_default = entry.model.can_chat, ref == self.default
        if can_chat:
            yield PageAction(
                "chat",
                self.tr("Chat"),
                "message-square",
                lambda: self.chat_requested.emit(ref),
                ActionSection.USE,
                "Return",
                button=True,
            )
            yield PageAction(
                "default",
                self.tr("Remove as default") if is_default else self.tr("Make default"),
                "circle-check",
                lambda: self._set_default(ModelRef("", "") if is_default else ref),
                ActionSection.USE,
                button=True,
            )
        yield PageAction(
            "favourite",
            self.tr("Remove from favourites") if preference.favourite else self.tr("Add to favourites"),
            "star" if preference.favourite else "star-filled",
            lambda: self._preferences.set_favourite(ref, favourite=not preference.favourite),
            keys="*",
        )
        yield PageAction(
            "nickname", self.tr("Display name"), "pencil", lambda: self.nickname_requested.emit(entry.key), keys="F2"
        )
        yield PageAction(
            "hide",
            self.tr("Show in model picker") if preference.hidden else self.tr("Hide in model picker"),
            "eye" if preference.hidden else "eye-off",
            lambda: self._hide(entry),
        )
        yield PageAction(
            "copy_name",
            self.tr("Copy name"),
            "copy",
            lambda: QGuiApplication.clipboard().setText(ref.model_id),
            keys="Ctrl+C",
        )

    def for_server(self, state: ServerState) -> Iterable[PageAction]:
        """Return the actions for a server."""
        server = state.server.id
        yield PageAction(
            "refresh", self.tr("Ask again"), "refresh-cw", lambda: self.refresh_requested.emit(server), keys="F5"
        )
        yield PageAction(
            "settings", self.tr("Provider settings"), "settings", lambda: self.settings_requested.emit(server)
        )

    def _set_default(self, ref: ModelRef) -> None:
        self._settings.set(DEFAULT_SERVER, ref.server_id)
        self._settings.set(DEFAULT_MODEL, ref.model_id)

    def _hide(self, entry: ModelEntry) -> None:
        ref, hidden = entry.model.ref, not entry.preference.hidden
        self._preferences.set_hidden(ref, hidden=hidden)
        if hidden:
            text = self.tr("{model} is hidden in the model picker.").format(model=plain_line(entry.name))
            self.undo_offered.emit(text, lambda: self._preferences.set_hidden(ref, hidden=False))


# Operations of servers: load, unload, copy, create variants and delete; for a server, download and create models. `ui/management/`
# carries them out.


class ServerActions(QObject):
    """Actions that manage the models on a server. Only Ollama supports them."""

    get_requested = Signal(str)
    """A model is to be downloaded to a server; its ID."""

    def __init__(
        self, servers: Servers, model_actions: ModelActions, menu_position: Callable[[], QPoint | None], parent: QObject
    ) -> None:
        """`menu_position` returns the global position of the last menu, at which a follow-up menu opens for mouse and keyboard."""
        super().__init__(parent)
        self._menu_position = menu_position
        self._servers = servers
        self._model_actions = model_actions

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return the operations that the server supports for a model."""
        model, model_actions = entry.model, self._model_actions
        server = self._servers.find(model.ref.server_id)
        if server and server.is_built_in:
            yield from self._for_file(model)
        if server is None or not server.manages_models:
            return
        if not model.remote:
            yield PageAction(
                "load",
                self.tr("Keep loaded for…") if model.loaded else self.tr("Load and keep loaded for…"),
                "memory-stick",
                lambda: model_actions.choose_keep_alive(model, self._menu_position()),
                ActionSection.SERVER,
            )
            if model.loaded:
                yield PageAction(
                    "unload",
                    self.tr("Unload"),
                    "circle-stop",
                    lambda: model_actions.unload(model),
                    ActionSection.SERVER,
                )
            yield PageAction(
                "variant",
                self.tr("Create variant…"),
                "sliders-horizontal",
                lambda: model_actions.create_variant(model),
                ActionSection.SERVER,
            )
        yield PageAction("copy", self.tr("Copy…"), "layers", lambda: model_actions.copy(model), ActionSection.SERVER)
        yield self._deletion(model)

    def _for_file(self, model: Model) -> Iterable[PageAction]:
        """Return the operations for a model of the built-in engine."""
        if self._model_actions.is_running(model):
            yield PageAction(
                "unload",
                self.tr("Unload"),
                "circle-stop",
                lambda: self._model_actions.unload(model),
                ActionSection.SERVER,
            )
        if self._model_actions.can_delete(model):
            yield self._deletion(model)
        elif self._model_actions.origin_of(model) not in {None, ModelOrigin.STARTER}:
            yield PageAction(
                "delete",
                self.tr("Delete…"),
                "trash-2",
                lambda: self._model_actions.explain_deletion(model),
                ActionSection.REMOVE,
                "Del",
            )

    def _deletion(self, model: Model) -> PageAction:
        has_other_names = self._model_actions.has_other_names(model)
        size = download_size(model.size_bytes) if model.size_bytes and not has_other_names else ""
        return PageAction(
            "delete",
            self.tr("Delete ({size})").format(size=size) if size else self.tr("Delete"),
            "trash-2",
            lambda: self._model_actions.delete(model),
            ActionSection.REMOVE,
            "Del",
            danger=True,
        )

    def for_server(self, state: ServerState) -> Iterable[PageAction]:
        """Return the ways to add models to a server."""
        if not state.server.manages_models:
            return
        server, answers = state.server.id, state.status is not None
        yield PageAction(
            "get", self.tr("Download model…"), "download", lambda: self.get_requested.emit(server), ActionSection.USE
        )
        yield PageAction(
            "file",
            self.tr("Create model from GGUF file…"),
            "file-up",
            lambda: self._model_actions.choose_file(server),
            ActionSection.SERVER,
            enabled=answers,
        )


class CheckActions(QObject):
    """Diagnostic actions: measuring a model's speed and troubleshooting a server. They change nothing."""

    speed_requested = Signal(ModelRef)
    doctor_requested = Signal(str)
    """The ID of a server."""

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return the diagnostic actions for a model."""
        if entry.model.can_chat:
            ref = entry.model.ref
            yield PageAction(
                "speed",
                self.tr("Measure speed"),
                "chart-line",
                lambda: self.speed_requested.emit(ref),
                ActionSection.SERVER,
            )

    def for_server(self, state: ServerState) -> Iterable[PageAction]:
        """Return the diagnostic actions for a server."""
        if not state.server.is_built_in:
            server_id = state.server.id
            text = self.tr("Troubleshoot") if state.error else self.tr("Test the connection and find the problem")
            yield PageAction("doctor", text, "unplug", lambda: self.doctor_requested.emit(server_id), ActionSection.USE)
