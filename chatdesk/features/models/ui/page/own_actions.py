"""What the page of models itself offers: chatting, the default of new chats, favourites, nicknames, hiding, asking servers again."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.ui.page.model_actions import ActionSection, PageAction
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import DEFAULT_MODEL, DEFAULT_SERVER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.text.plain_line import plain_line


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
        """What new chats begin with, because a person said so; an empty reference for nothing."""
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
                self.tr("No longer the default") if is_default else self.tr("Make it the default"),
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
            "nickname", self.tr("Nickname"), "pencil", lambda: self.nickname_requested.emit(entry.key), keys="F2"
        )
        yield PageAction(
            "hide",
            self.tr("Show where models are chosen") if preference.hidden else self.tr("Hide where models are chosen"),
            "eye" if preference.hidden else "eye-off",
            lambda: self._hide(entry),
        )
        yield PageAction(
            "copy_name",
            self.tr("Copy its name"),
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
            words = self.tr("{model} is hidden where models are chosen.").format(model=plain_line(entry.name))
            self.undo_offered.emit(words, lambda: self._preferences.set_hidden(ref, hidden=False))
