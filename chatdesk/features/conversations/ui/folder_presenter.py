"""Connects the folders of the sidebar to the services, and applies the defaults of a folder to new chats."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, QRect, Signal

from chatdesk.features.chat.services.store.conversations import ConversationChange
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.conversations.services.chat_folders import ChatsMoved, FolderChange, FolderChanged, FolderRemoved
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.features.models.ui.picker.model_texts import server_group
from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.presets.preset import Preset, PresetKind
from chatdesk.kernel.settings.declarations import NEW_CHAT_FOLDER
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.folder_names import shown_folder_name

if TYPE_CHECKING:
    from chatdesk.features.conversations.ui.sidebar.folders.folder_defaults import FolderDefaults


class FolderPresenter(QObject):
    """Presenter for folders. `new_chat` shows the page for a new chat, in a folder or in none."""

    edited = Signal(str, str, object)
    """The description of a change, the name of what was changed, and the `Edit` that undoes it."""
    chats_deleted = Signal(tuple)
    """Chats that were moved to the trash with their folder."""

    def __init__(
        self,
        appearance: Appearance,
        sidebar: Sidebar,
        services: ConversationServices,
        chat: ChatPresenter,
        composer: Composer,
        models: ModelPresenter,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sidebar = sidebar
        self._services = services
        self._chat = chat
        self._composer = composer
        self._models = models
        self._tasks = tasks
        self._popup: FolderDefaults | None = None
        self._popup_folder = ""
        """The folder whose defaults were opened last."""
        folders, requests, editing = services.folders, sidebar.folder_requests, services.list_editing
        sidebar.set_folders(folders.all())
        requests.new_requested.connect(lambda chats: self._start(self._create(chats)))
        requests.rename_requested.connect(lambda folder, name: self._start(editing.rename_folder(folder, name)))
        requests.fold_requested.connect(lambda folder, fold: self._start(folders.set_collapsed(folder, collapsed=fold)))
        requests.delete_requested.connect(lambda folder: self._start(self._delete(folder)))
        requests.delete_all_requested.connect(lambda folder: self._start(self._delete(folder, with_chats=True)))
        requests.step_requested.connect(
            lambda folder, step: self._start(editing.order_folders(folders.step(folder, step)))
        )
        requests.reorder_requested.connect(
            lambda folder, to: self._start(editing.order_folders(folders.move_to(folder, to)))
        )
        requests.move_requested.connect(lambda chats, folder: self._start(self._move(chats, folder)))
        requests.defaults_requested.connect(self._show_defaults)
        chat.opened.connect(self._show_folder)
        composer.folder_removed.connect(self._leave_folder)
        models.groups_changed.connect(lambda _groups: self._refresh_popup())
        models.groups_changed.connect(lambda _groups: self._show_folder())  # also after a change of the language
        self._subscriptions = (
            folders.changes.subscribe(self._on_change),
            services.conversations.changes.subscribe(self._on_chat_change),
            services.presets.changes.subscribe(lambda _change: self._refresh_popup()),
        )

    def close(self) -> None:
        """Stop listening to changes."""
        for end in self._subscriptions:
            end()

    def new_chat(self, folder_id: str) -> None:
        """Show an empty chat with the defaults of a folder; "" for no folder."""
        folder = self._services.folders.find(folder_id)
        self._chat.new_chat(folder.id if folder else "")
        preset = self._preset_of(folder)
        if folder and preset:
            self._chat.presets.use(preset.key)
            if folder.model:
                self._models.follow(folder.model)  # takes precedence over the preferred model of the preset

    def _start(self, work: Coroutine[object, object, object]) -> None:
        self._tasks.start(work, "change folders")

    def _on_change(self, change: FolderChange) -> None:
        match change:
            case FolderChanged(folder):
                self._sidebar.folder_changed(folder)
                self._refresh_popup()
            case FolderRemoved(folder):
                self._sidebar.folder_removed(folder.id)
            case ChatsMoved(conversations):
                self._sidebar.chats_moved(conversations)
            case _:
                assert_never(change)
        self._show_folder()

    def _on_chat_change(self, change: ConversationChange) -> None:
        if change.conversation.id == self._chat.conversation_id:
            self._show_folder()

    @property
    def _folder_of_new_chat(self) -> Folder | None:
        """The folder of the new chat or draft that is shown; None for no folder and for any other chat."""
        conversation = self._services.conversations.find(self._chat.conversation_id)
        if conversation:
            return self._services.folders.find(conversation.folder_id if conversation.is_draft else None)
        return self._services.folders.find(self._services.settings.get(NEW_CHAT_FOLDER))

    def _show_folder(self) -> None:
        folder = self._folder_of_new_chat
        self._composer.set_folder(shown_folder_name(folder.name) if folder else "")
        self._sidebar.mark_folder(folder.id if folder else "")

    def _leave_folder(self) -> None:
        """Create the new chat that is shown in no folder."""
        if self._chat.conversation_id:
            self._start(self._services.folders.move_chats([self._chat.conversation_id], ""))
        else:
            self._services.settings.set(NEW_CHAT_FOLDER, "")
            self._show_folder()
        self._composer.focus()

    async def _create(self, chats: list[str]) -> None:
        folder = await self._services.folders.create(self.tr("New folder"))
        if chats:
            await self._services.list_editing.move_chats(chats, folder.id)
        self._sidebar.rename_folder(folder.id)

    async def _delete(self, folder_id: str, *, with_chats: bool = False) -> None:
        chats = self._services.folders.chats_in(folder_id)
        folder, edit = await self._services.list_editing.delete_folder(folder_id, with_chats=with_chats)
        if folder is None:
            return
        name = shown_folder_name(folder.name)
        if with_chats and chats:
            self.chats_deleted.emit(chats)
            text = self.tr("Folder and %n chat(s) deleted", "", len(chats))
        else:
            text = self.tr("Folder deleted; its chats are kept") if chats else self.tr("Folder deleted")
        self.edited.emit(text, name, edit)

    async def _move(self, chats: list[str], folder_id: str) -> None:
        moved, edit = await self._services.list_editing.move_chats(chats, folder_id)
        if edit is None:
            return
        count, folder = len(moved.before), self._services.folders.find(moved.folder_id)
        if folder:
            text = self.tr("%n chat(s) moved to {folder}", "", count).format(folder=self._quoted(folder))
        else:
            text = self.tr("%n chat(s) removed from the folder", "", count)
        self.edited.emit(text, "", edit)

    def _show_defaults(self, folder_id: str, rect: QRect) -> None:
        if self._popup:
            self._popup.flush()
        self._popup_folder = folder_id
        if self._popup is None:
            from chatdesk.features.conversations.ui.sidebar.folders.folder_defaults import (  # noqa: PLC0415 - start-up time: made when opened
                FolderDefaults,
            )

            self._popup = FolderDefaults(self._appearance, self._sidebar, self._find)
            self._popup.preset_chosen.connect(
                lambda key: self._start(self._services.folders.set_preset(self._popup_folder, key))
            )
            self._popup.model_chosen.connect(
                lambda model: self._start(self._services.folders.set_model(self._popup_folder, model))
            )
            self._popup.instructions_changed.connect(
                lambda text: self._start(self._services.folders.set_instructions(self._popup_folder, text))
            )
            self._popup.library_requested.connect(lambda: self._chat.presets.library_requested.emit(""))
            self._popup.refresh_requested.connect(self._models.refresh)
            self._popup.servers_requested.connect(lambda: self._sidebar.page_requested.emit("settings"))
        self._fill_popup(self._popup)
        self._popup.open_at(rect)

    def _refresh_popup(self) -> None:
        if self._popup and self._popup.isVisible():
            self._fill_popup(self._popup)

    def _fill_popup(self, popup: "FolderDefaults") -> None:
        folder = self._services.folders.find(self._popup_folder)
        if folder is None:
            popup.close()
            return
        vendor_of = self._services.servers.vendor_of
        popup.set_groups(
            tuple(server_group(state, vendor_of(state.server)) for state in self._services.models.states())
        )
        popup.show_instructions(folder.instructions)
        preset = self._preset_of(folder)
        icon = preset_icon(self._appearance.theme, preset.icon, preset.category) if preset else ""
        popup.show_preset(
            preset.name if preset else "",
            icon,
            is_missing=bool(folder.preset_key and not preset and self._services.presets.loaded),
        )
        model = self._services.models.find(folder.model) if folder.model else None
        name = model.name if model else folder.model.model_id if folder.model else ""
        popup.show_model(name, folder.model)

    def _find(self, text: str) -> tuple[Preset, ...]:
        """Return the presets for chats; translation presets belong to the translation page."""
        from chatdesk.features.presets.domain.search import PresetSearch  # noqa: PLC0415 - start-up time

        presets = self._services.presets
        some = tuple(preset for preset in presets.all() if preset.kind is not PresetKind.TRANSLATION)
        return PresetSearch(category_name).find(some, text, presets.state)

    def _preset_of(self, folder: Folder | None) -> Preset | None:
        return self._services.presets.shown(folder.preset_key) if folder and folder.preset_key else None

    def _quoted(self, folder: Folder) -> str:
        return self.tr("“{name}”").format(name=shown_folder_name(folder.name))
