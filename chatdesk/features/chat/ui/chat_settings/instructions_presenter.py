"""Shows the instructions for the model, now or for an old answer, and saves changes where the instructions are stored."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.chat_settings.instructions_view import InstructionsView
from chatdesk.features.chat.ui.chat_settings.scope_card import ScopeInstructions
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.chat.ui.side_panel_frame import SidePane
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.instructions import Scope, SentInstructions
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.settings.declarations import INSTRUCTIONS
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import moment_text
from chatdesk.ui_kit.text.folder_names import shown_folder_name


class InstructionsPresenter(QObject):
    """Handles the view, which covers the chat settings in the side panel."""

    def __init__(
        self,
        page: ChatPage,
        services: ChatServices,
        models: ModelPresenter,
        chat: ChatPresenter,
        save_folder: Callable[[str, str], Awaitable[None]],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._chat = chat
        self._save_folder = save_folder
        self._tasks = tasks
        self._answer_id = ""
        self._updates = 0
        self._view = view = InstructionsView(page.appearance)
        view.hide()
        view.back.connect(self._back)
        view.closed.connect(page.side_panel.close_panel)
        view.edited.connect(self._save)
        view.edit_requested.connect(self._edit_elsewhere)
        view.new_version_requested.connect(self._use_new_version)
        for signal in (models.chosen_changed, chat.presets.shown, chat.draft_changed):
            signal.connect(self._update)
        chat.opened.connect(self._on_opened)
        self._end_listening = (
            services.conversations.changes.subscribe(lambda _change: self._update()),
            services.preferences.changes.subscribe(lambda _change: self._update()),
            services.settings.changes.subscribe(self._on_setting),
        )
        self.destroyed.connect(lambda: [end() for end in self._end_listening])

    def show(self, answer_id: str) -> None:
        """Show the view for the next answer, or for an old one."""
        self._answer_id = answer_id
        self._page.side_panel.open_detail(SidePane.SETTINGS, self._view)
        self._update()

    def flush(self) -> None:
        """Save what has been entered and not saved yet."""
        self._view.flush()

    def _update(self) -> None:
        if self._view.isVisible():
            self._updates += 1
            self._tasks.start(self._show(self._updates), "show what the model is told")

    async def _show(self, update: int) -> None:
        if self._answer_id:
            answer = await self._services.chat.find(self._answer_id)
            if answer and update == self._updates:
                self._show_answer(answer)
            return
        model, chat = self._models.chosen, self._chat.conversation
        if model is None:
            self._view.show_scopes(self._scopes(chat, None, SentInstructions()))
            self._view.show_use(None)
            return
        sent = self._chat.instructions_for(model.ref).sent
        self._view.show_scopes(self._scopes(chat, model, sent))
        composer = self._page.composer
        plan, _, _ = await self._services.chat.plan(chat, model.ref, composer.text(), composer.attachments())
        if update == self._updates:
            self._view.show_use(plan.use)

    def _show_answer(self, answer: Message) -> None:
        parts = answer.instructions.parts if answer.instructions else ()
        scopes = [
            ScopeInstructions(part.scope, part.text, name=_shown(part.scope, part.name), can_edit=False)
            for part in parts
        ]
        moment, is_known = moment_text(answer.created_at), answer.instructions is not None
        self._view.show_scopes(scopes, moment=moment, known=is_known)
        self._view.show_use(None)

    def _scopes(self, chat: Conversation, model: Model | None, sent: SentInstructions) -> list[ScopeInstructions]:
        texts = {part.scope: part.text for part in sent.parts}
        folder = self._services.find_folder(chat.folder_id or "")
        preset = chat.preset
        scopes = [
            ScopeInstructions(
                Scope.ALL_CHATS, texts.get(Scope.ALL_CHATS, ""), self._services.settings.get(INSTRUCTIONS)
            )
        ]
        if folder:
            name = shown_folder_name(folder.name)
            scopes.append(ScopeInstructions(Scope.FOLDER, texts.get(Scope.FOLDER, ""), folder.instructions, name))
        if model:
            own = self._services.preferences.of(model.ref).system_prompt
            scopes.append(ScopeInstructions(Scope.MODEL, texts.get(Scope.MODEL, ""), own, model.name))
        current = self._chat.presets.applied(preset.key) if preset and preset.key else None
        changed = current is not None and preset is not None and current.prompt != preset.prompt
        scopes.append(
            ScopeInstructions(
                Scope.PRESET,
                texts.get(Scope.PRESET, ""),
                name=preset.name if preset else "",
                can_edit=preset is None or current is not None,
                new_version=changed,
            )
        )
        scopes.append(ScopeInstructions(Scope.CHAT, texts.get(Scope.CHAT, ""), chat.instructions))
        return scopes

    def _save(self, scope: str, text: str) -> None:
        model, chat = self._models.chosen, self._chat.conversation
        match Scope(scope):
            case Scope.ALL_CHATS:
                self._services.settings.set(INSTRUCTIONS, text)
            case Scope.FOLDER if chat.folder_id:
                self._tasks.start(self._save_folder_and_update(chat.folder_id, text), "save folder instructions")
            case Scope.MODEL if model:
                self._services.preferences.set_system_prompt(model.ref, text)
            case _:
                pass
        self._update()

    async def _save_folder_and_update(self, folder_id: str, text: str) -> None:
        await self._save_folder(folder_id, text)
        self._update()

    def _edit_elsewhere(self, scope: str) -> None:
        preset = self._chat.conversation.preset
        if scope == Scope.CHAT:
            self._page.side_panel.open(SidePane.SETTINGS)
        elif preset and preset.key:
            self._chat.presets.library_requested.emit(preset.key)
        else:
            self._chat.presets.open_popup()

    def _use_new_version(self) -> None:
        if preset := self._chat.conversation.preset:
            self._chat.presets.use(preset.key)

    def _back(self) -> None:
        self._page.side_panel.open(SidePane.SETTINGS)

    def _on_opened(self, _conversation_id: str) -> None:
        """Follow the chat being shown; an old answer belongs to the previous one."""
        if self._answer_id and self._view.isVisible():
            self._answer_id = ""
            self._back()
        else:
            self._update()

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == INSTRUCTIONS.key:
            self._update()


def _shown(scope: Scope, name: str) -> str:
    return shown_folder_name(name) if scope is Scope.FOLDER else name
