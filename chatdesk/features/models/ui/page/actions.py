"""What can be done with a model or a server on the page of models."""

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
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import DEFAULT_MODEL, DEFAULT_SERVER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.text.download_words import download_size
from chatdesk.ui_kit.text.safe_text import plain_line

# What can be done with a model, or with a server, on the page of models: one place where every part of the
# program adds what it can do.
#
# To add something: write an offer, a function that takes a `ModelEntry` (or a `ServerState`) and returns
# `PageAction`s, and hand it to `PageActions.offer_for_models` (or `offer_for_servers`) where the page is put
# together, `features/models/ui/page/models_page_controller.py`. What is offered stands in the row's menu, in the menu
# of the details, and is reached by its keys in the list; nothing else has to know of it. An offer is asked
# each time a menu opens, a key is pressed or the details are shown: it returns what can be done now, with
# words in the language of now, and may leave out what cannot. What stands in the details as a button, too,
# says so with `button`. The page's own offers are `actions.py`.


class ActionSection(IntEnum):
    """Where in a menu an action stands; a line parts the sections."""

    USE = 0
    """Asking the model."""
    OWN = 1
    """What the user wants of it: nothing changes at its server."""
    SERVER = 2
    """What its server does with it: load, unload, copy."""
    REMOVE = 3


@dataclass(frozen=True, slots=True)
class PageAction:
    """One of them. `key` names it for good; `keys` in Qt's portable spelling works in the list."""

    key: str
    words: str
    icon: str
    act: Callable[[], object]
    section: ActionSection = ActionSection.OWN
    keys: str = ""
    enabled: bool = True
    danger: bool = False
    """Whether something is gone afterwards."""
    button: bool = False
    """Whether it is a button in the details, too."""


ModelOffer = Callable[[ModelEntry], Iterable[PageAction]]
ServerOffer = Callable[[ServerState], Iterable[PageAction]]


class PageActions:
    """All there is to do on one page."""

    def __init__(self) -> None:
        self._model_offers: list[ModelOffer] = []
        self._server_offers: list[ServerOffer] = []

    def offer_for_models(self, offer: ModelOffer) -> None:
        """Offer something for models, behind what is offered already."""
        self._model_offers.append(offer)

    def offer_for_servers(self, offer: ServerOffer) -> None:
        """Offer something for servers, likewise."""
        self._server_offers.append(offer)

    def for_model(self, entry: ModelEntry) -> tuple[PageAction, ...]:
        """Return what can be done with a model now, by section."""
        return _by_section(action for offer in self._model_offers for action in offer(entry))

    def for_server(self, state: ServerState) -> tuple[PageAction, ...]:
        """Return what can be done with a server now, by section."""
        return _by_section(action for offer in self._server_offers for action in offer(state))


def _by_section(actions: Iterable[PageAction]) -> tuple[PageAction, ...]:
    return tuple(sorted(actions, key=lambda action: action.section))


# What the page of models itself offers: chatting, the default of new chats, favourites, nicknames, hiding,
# asking servers again.


class OwnActions(QObject):
    """Nothing here changes anything at a server."""

    chat_requested = Signal(ModelRef)
    nickname_requested = Signal(str)
    """The key of a model that shall be called something else."""
    refresh_requested = Signal(str)
    settings_requested = Signal(str)
    """The id of a server."""
    undo_offered = Signal(str, object)
    """Words for what was done, and what undoes it."""

    def __init__(self, preferences: ModelPreferences, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._settings = settings

    @property
    def default(self) -> ModelRef:
        """What new chats begin with, because the user said so; an empty reference for nothing."""
        return ModelRef(self._settings.get(DEFAULT_SERVER), self._settings.get(DEFAULT_MODEL))

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return what can be done with a model."""
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
        """Return what can be done with a server."""
        server = state.server.id
        yield PageAction(
            "refresh", self.tr("Ask again"), "refresh-cw", lambda: self.refresh_requested.emit(server), keys="F5"
        )
        yield PageAction(
            "settings", self.tr("Server settings"), "settings", lambda: self.settings_requested.emit(server)
        )

    def _set_default(self, ref: ModelRef) -> None:
        self._settings.set(DEFAULT_SERVER, ref.server_id)
        self._settings.set(DEFAULT_MODEL, ref.model_id)

    def _hide(self, entry: ModelEntry) -> None:
        ref, hidden = entry.model.ref, not entry.preference.hidden
        self._preferences.set_hidden(ref, hidden=hidden)
        if hidden:
            words = self.tr("{model} is hidden in the model picker.").format(model=plain_line(entry.name))
            self.undo_offered.emit(words, lambda: self._preferences.set_hidden(ref, hidden=False))


# What servers can do with models, as the page offers it: load, unload, copy, make variants, delete; for a
# server, get and make models.
#
# How it is done: `ui/model_deeds/`.


class ServerActions(QObject):
    """Only Ollama lets its models be managed."""

    get_requested = Signal(str)
    """A server shall get a model; its id."""

    def __init__(
        self, servers: Servers, model_actions: ModelActions, menu_place: Callable[[], QPoint | None], parent: QObject
    ) -> None:
        """`menu_place` tells where on the screen the menu was opened: another one opens there, by mouse and by keys."""
        super().__init__(parent)
        self._menu_place = menu_place
        self._servers = servers
        self._model_actions = model_actions

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return what its server can do with a model."""
        model, model_actions = entry.model, self._model_actions
        server = self._servers.find(model.ref.server_id)
        if server is None or not server.manages_models:
            return
        if not model.remote:
            yield PageAction(
                "load",
                self.tr("Keep loaded for…") if model.loaded else self.tr("Load and keep loaded for…"),
                "memory-stick",
                lambda: model_actions.choose_keeping(model, self._menu_place()),
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
                lambda: model_actions.make_variant(model),
                ActionSection.SERVER,
            )
        yield PageAction("copy", self.tr("Copy…"), "layers", lambda: model_actions.copy(model), ActionSection.SERVER)
        size = download_size(model.size_bytes) if model.size_bytes and not model_actions.has_other_names(model) else ""
        yield PageAction(
            "delete",
            self.tr("Delete ({size})").format(size=size) if size else self.tr("Delete"),
            "trash-2",
            lambda: model_actions.delete(model),
            ActionSection.REMOVE,
            "Del",
            danger=True,
        )

    def for_server(self, state: ServerState) -> Iterable[PageAction]:
        """Return how a server gets more models."""
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


# What the page of models offers beside its own: how fast a model is, and why a server cannot be used.


class CheckActions(QObject):
    """Nothing here changes anything."""

    speed_requested = Signal(ModelRef)
    doctor_requested = Signal(str)
    """The id of a server."""

    def for_model(self, entry: ModelEntry) -> Iterable[PageAction]:
        """Return what can be found out of a model."""
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
        """Return what can be found out of a server."""
        if not state.server.is_built_in:
            server_id = state.server.id
            words = self.tr("Troubleshoot") if state.error else self.tr("Test the connection and find the problem")
            yield PageAction(
                "doctor", words, "unplug", lambda: self.doctor_requested.emit(server_id), ActionSection.USE
            )
