"""Main window: sidebar, chat page or other pages, toasts, shortcuts, and the stored window geometry.

Presenters connect the parts; this module contains only what concerns the window as a whole.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.app.features import chat_addons, make_features
from chatdesk.app.plain_imports import create_qt_classes
from chatdesk.app.program import Program
from chatdesk.app.shell.file_drop import FileDrop
from chatdesk.app.shell.next_steps import NextSteps
from chatdesk.app.shell.open_dialogs import close_dialogs
from chatdesk.app.shell.page_router import PageRouter
from chatdesk.app.shell.toast_presenter import ToastPresenter, toast_anchor
from chatdesk.app.shell.window_shape import WindowShape
from chatdesk.features.chat.services.chat_changes import ChatChange, MessageAdded, MessageChanged
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_pane import ChatPane
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript, reading_commands
from chatdesk.features.chat.ui.side_panel_frame import SidePane
from chatdesk.features.conversations.ui.chat_navigation import ChatNavigation
from chatdesk.features.conversations.ui.export_presenter import ExportPresenter
from chatdesk.features.conversations.ui.folder_presenter import FolderPresenter
from chatdesk.features.conversations.ui.sidebar.sidebar import Progress, Sidebar
from chatdesk.features.conversations.ui.sidebar_presenter import SidebarPresenter
from chatdesk.features.models.ui.downloads.pull_presenter import PullPresenter
from chatdesk.features.models.ui.page.models_page_controller import ModelRequests, ModelsPageController
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.features.presets.ui.preset_watch import PresetWatch
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.features.previews.ui.preview_frame import PreviewFrame
from chatdesk.features.previews.ui.preview_shell import PreviewShell
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, StorageError
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import DATABASE_SUSPECT, LAST_CONVERSATION, ZOOM
from chatdesk.kernel.settings.store import step_zoom
from chatdesk.ui_kit.feature import Command, ModelsTab, WindowContext, Wording
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.shortcuts import ABOUT_THE_CHAT, SHORTCUTS, CommandId, WindowShortcuts
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.page_stack import PageStack
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.app.shell.answer_notifier import AnswerNotifier
    from chatdesk.app.shell.file_opening import FileOpening
    from chatdesk.app.shell.leaving import Leaving
    from chatdesk.features.chat.ui.chat_settings.chat_settings_presenter import ChatSettingsPresenter
    from chatdesk.features.palette.ui.palette_presenter import PalettePresenter
    from chatdesk.features.quick.ui.quick_presenter import QuickPresenter


class MainWindow(QWidget):
    """Main window of the program. Call `open_last_chat`, `show`, `begin` and `warm_up`, and `end` before the services are closed."""

    quit_requested = Signal()
    repair_requested = Signal(object)
    """The program is to close the chats and repair the database; carries the `DatabaseDamaged` error."""
    reopen_requested = Signal(object)
    """The program is to close the chats, do a `ClosedWork`, and open the window again."""

    def __init__(self, appearance: Appearance, program: Program, previews: Previews | None = None) -> None:
        super().__init__()
        self._appearance = appearance
        self._program = program
        self._skipped_chat = ""
        """ID of the last chat if it was not opened at the start; empty otherwise."""
        self._tasks = Tasks(self._show_error)
        self._leaving = Lazy(self._make_leaving)
        self._notifier = Lazy(self._make_notifier)
        self._ending = False
        self._links = LinkOpener(appearance, self)
        self._files = FileSaver(program.settings, self._tasks, self, program.work)

        self._picker = ModelPicker(appearance, accepts_files=True)
        self._transcript = LazyTranscript(appearance, program.chat.formulas, program.chat.attachments.read, self)
        self._page = ChatPage(appearance, self._picker, self._transcript)
        self._sidebar = Sidebar(appearance, pages=("presets", "models"))
        beside = PreviewFrame(appearance, self._page)
        self._middle = PageStack(beside)
        self._frame = SidebarFrame(appearance, self._sidebar, self._middle)
        self._router = PageRouter(self._frame, self._middle, self._links, self._tasks)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._router)
        self._toasts = ToastHost(appearance, self, lambda: toast_anchor(self._router, self._middle, self._page))

        self._pane = ChatPane(
            program.chat, self._picker, self._transcript, self._page, chat_addons(program), self._tasks, self
        )
        self._pane.connect_window(self._links, self._files)
        self._models, self._chat = self._pane.models, self._pane.chat
        self._chat_settings = Lazy(self._make_chat_settings)
        self._page.make_chat_settings = lambda parent: self._chat_settings.get().place(parent)
        self._share = PresetSharePresenter(appearance, program.presets, self._files, self._tasks, self, self.open_files)
        self._palette = Lazy(self._make_palette)
        self._quick = Lazy(self._make_quick)
        self._opening = Lazy(self._make_opening)
        self._export = ExportPresenter(
            appearance, self._transcript, program.conversations, self._files, self._tasks, self._chat, self
        )
        self._preview = PreviewShell(
            appearance,
            previews,
            self._page,
            self._frame,
            beside,
            program.previews,
            self._files,
            self._links,
            self._tasks,
            self,
        )
        self._list = SidebarPresenter(self._sidebar, program.conversations, self._tasks, self)
        self._folders = FolderPresenter(
            appearance,
            self._sidebar,
            program.conversations,
            self._chat,
            self._page.composer,
            self._models,
            self._tasks,
            self,
        )
        self.navigation = ChatNavigation(
            appearance,
            program.conversations,
            self._router,
            self._frame,
            self._sidebar,
            self._page.title_row,
            self._chat,
            self._list,
            self._folders,
            self._export,
            lambda text: self.notices.show(text),  # noqa: PLW0108 - created below
            self._tasks,
            self,
        )
        self._presets = PresetWatch(program.presets.presets, appearance, self._tasks, self)
        self.notices = ToastPresenter(
            self._toasts, self._chat, self._transcript, self._list, self._folders, self._router, self
        )
        """Shows toasts for window-level events."""
        self._drop = FileDrop(
            self._pane, program.chat, self._middle, self._sidebar, self.navigation, self._opening, self._tasks, self
        )
        self._steps = NextSteps(
            self._page,
            self._chat,
            self._models,
            program,
            self._picker,
            self._router,
            self._tasks,
            self.navigation.new_chat,
            self.import_chats,
            self.notices.show,
            self,
        )
        self._pulls = PullPresenter(
            self._router,
            program.models,
            self._toasts,
            self._models.name_of,
            self._tasks,
            self,
            lambda: self._models_page.shows_downloads or self._steps.shows_offer,
            self._chat.offers,
            self._steps.chat_with,
        )
        show_toast = self.notices.show
        self._context = WindowContext(appearance, self._tasks, self._files, self._links, self._router, show_toast)
        requests = ModelRequests(
            self._steps.chat_with,
            self._steps.use_model,
            self._steps.speed.open,
            self._steps.doctor.open_over_page,
            self._steps.start_over_page,
            self.notices.show_with_details,
            lambda: self._chat.page_number,
        )
        self._models_page = ModelsPageController(
            program.models, program.servers, self._context, requests, self._picker, self._toasts, self
        )
        self._features = make_features(
            program,
            self._context,
            self._chat,
            self._transcript,
            self.navigation,
            self._export,
            self._models_page,
            self._share,
            self.use_preset,
            self.notices.report_deleted_change,
            self._list.undo,
            self.import_chats,
            self.commands,
            self.reopen_requested.emit,
        )
        for feature in self._features:
            self._router.add_pages(feature.pages())
        self._connect()
        self._bind_keys()
        self.setMinimumSize(*appearance.theme.size("windowMin"))
        self._shape = WindowShape(self, program.window_state, self._frame, self._page, self._middle)
        self._shape.restore()
        self._retranslate()

    async def open_last_chat(self, *, leave_out: bool = False) -> None:
        """Open the chat that was shown when the program ended; a new chat if `leave_out`, or if that one cannot be shown."""
        last = self._program.settings.get(LAST_CONVERSATION)
        if leave_out:
            self._skipped_chat = last
            self._chat.new_chat(resume=True)
            return
        try:
            await self._chat.open(last)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - no chat may prevent the window from opening
            asyncio.get_running_loop().call_exception_handler({"message": "open the last chat", "exception": error})
            self._skipped_chat = last
            self._chat.new_chat(resume=True)

    def begin(self) -> None:
        """Refresh the models, and show the notices from the start."""
        self._page.composer.focus()  # a window that is shown focuses its first widget
        self._models.refresh()
        self._steps.begin()
        self._presets.begin()
        self._pulls.begin()
        self._tasks.start(self._program.servers.servers.forget_removed(), "forget the keys of removed servers")
        self._tasks.start(self._program.servers.servers.move_headers(), "put values of headers into the keyring")
        self._tasks.start(self._program.previews.temporary_pages.forget(), "delete pages that a crash left")
        self._tasks.start(self._program.conversations.trash.begin(), "look what is in the trash")
        if chat := self._program.chat.conversations.find(self._skipped_chat):
            self.notices.show_skipped_chat(chat, lambda: self.navigation.open(chat.id))
        if self._program.notices:
            self.notices.show_start_notices(self._program.notices)
        if self._program.unusable_settings:
            self.notices.show_unusable_settings(self._program.unusable_settings)
        self._program.backups.maintenance.watch_text()

    async def warm_up(self) -> None:
        """Create what the first paint did not need and the first question will."""
        await create_qt_classes()
        await self._transcript.prepare()
        await self._picker.prepare()
        from chatdesk.features.updates.ui.update_presenter import UpdatePresenter  # noqa: PLC0415 - start-up time

        settings, updates = self._program.settings, self._program.updates
        UpdatePresenter(settings, updates, self._toasts, self._links.open, self._tasks, self).check()

    async def end(self) -> None:
        """Save drafts and the window geometry, and stop listening to the services."""
        self._ending = True
        if leaving := self._leaving.created:
            leaving.end()
        if notifier := self._notifier.created:
            notifier.end()
        if quick := self._quick.created:
            await quick.end()
        self._shape.save()
        self._middle.end()
        self._pane.save_drafts()
        await close_dialogs()
        for end in self._end_listening:
            end()
        self._presets.stop()
        self._pulls.end()
        self._router.end()
        if palette := self._palette.created:
            palette.end()
        self._steps.end()
        await self._preview.end()
        if chat_settings := self._chat_settings.created:
            chat_settings.close()
        for presenter in (self._list, self._folders):
            presenter.close()
        self._pane.end()
        await self._tasks.finish()
        self.close()
        self.deleteLater()

    def raise_to_front(self) -> None:
        """Bring the window to the front, for example because the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_settings(self, section: str = "") -> None:
        """Show the settings in place of the chats."""
        self._router.show_settings(section)

    def show_presets(self, key: str = "") -> None:
        """Show the library of presets in place of the chat, with the given preset selected."""
        self._router.show_page("presets", key)

    def open_files(self, paths: Sequence[Path], *, for_library: bool = False) -> None:
        """Open chats, models, presets and documents. `for_library`, what is neither a chat nor a model is imported as presets."""
        self._opening.get().open(paths, for_library=for_library)

    def import_chats(self, paths: Sequence[Path] = ()) -> None:
        """Show what can be imported: in files and folders, or on this computer."""
        self._opening.get().import_chats(paths)

    def show_quick(self) -> None:
        """Open the quick question window."""
        self._quick.get().open()

    def use_preset(self, key: str) -> None:
        """Use a preset in the displayed chat if it is empty, otherwise in a new one."""
        self._router.show_chats()
        if not self._page.shows_start:
            self.navigation.new_chat()
        self._chat.presets.use(key)

    def _choose_model(self, ref: ModelRef) -> None:
        self._router.show_chats()
        self._models.choose(ref)

    def show_deleted(self) -> None:
        """Show the recently deleted chats."""
        self._router.show_page("deleted")

    def _leave(self, *, closing: bool) -> bool:
        """Request quitting and return True; while work is running, ask the user and return False. `closing`: the window closes."""
        if self._ending or not self._program.work.jobs():
            self.quit_requested.emit()
            return True
        self._leaving.get().ask(closing=closing)
        return False

    def _make_leaving(self) -> "Leaving":
        from chatdesk.app.shell.leaving import Leaving  # noqa: PLC0415 - start-up time: only when work is running

        leaving = Leaving(self._appearance, self._program, self._tasks, self)
        leaving.quit_requested.connect(self.quit_requested)
        return leaving

    def _make_notifier(self) -> "AnswerNotifier":
        from chatdesk.app.shell.answer_notifier import AnswerNotifier  # noqa: PLC0415 - start-up time: with the first answer

        notifier = AnswerNotifier(self._program.chat.conversations, self._program.settings, self._tasks, self)
        notifier.chat_requested.connect(self.raise_to_front)
        notifier.chat_requested.connect(self.navigation.open)
        return notifier

    def _make_palette(self) -> "PalettePresenter":
        from chatdesk.features.palette.ui.palette_presenter import PalettePresenter  # noqa: PLC0415 - start-up time

        palette = PalettePresenter(
            self._appearance,
            self,
            self._program.conversations,
            self._program.models.preferences,
            self._tasks,
            self.commands,
        )
        palette.chat_chosen.connect(self.navigation.open)
        palette.hit_chosen.connect(self.navigation.open_hit)
        palette.preset_chosen.connect(self.use_preset)
        palette.model_chosen.connect(self._choose_model)
        return palette

    def _make_chat_settings(self) -> "ChatSettingsPresenter":
        from chatdesk.features.chat.ui.chat_settings.chat_settings_presenter import (  # noqa: PLC0415 - start-up time
            ChatSettingsPresenter,
        )

        save_folder = self._program.conversations.folders.set_instructions
        settings = ChatSettingsPresenter(
            self._page, self._program.chat, self._models, self._chat, save_folder, self._tasks, self
        )
        settings.speed_requested.connect(self._steps.measure_chosen)
        return settings

    def _make_opening(self) -> "FileOpening":
        from chatdesk.app.shell.file_opening import FileOpening  # noqa: PLC0415 - start-up time

        share, models = self._share, self._models_page
        opening = FileOpening(self._program, self._context, share, models, self._sidebar, self._toasts, self)
        opening.chat_requested.connect(self.navigation.open)
        opening.chat_requested.connect(self._page.composer.focus)
        opening.attachments_ready.connect(self._drop.attach_to_new_chat)
        return opening

    def _make_quick(self) -> "QuickPresenter":
        from chatdesk.features.quick.ui.quick_presenter import QuickPresenter  # noqa: PLC0415 - start-up time

        program = self._program
        quick = QuickPresenter(
            self._appearance,
            program.chat,
            program.models,
            program.conversations,
            program.work,
            chat_addons(program),
            self,
        )
        connections: tuple[tuple[SignalInstance, Callable[[str], object]], ...] = (
            (quick.chat_requested, self.navigation.open),
            (quick.library_requested, self.show_presets),
            (quick.translation_requested, partial(self._router.show_page, "translation")),
            (quick.settings_requested, self.show_settings),
            (quick.server_settings_requested, self._steps.show_server_of),
        )
        for wanted, show in connections:
            wanted.connect(self.raise_to_front)
            wanted.connect(show)
        quick.damage_met.connect(self.raise_to_front)
        quick.damage_met.connect(self._show_error)
        return quick

    def _connect(self) -> None:
        sidebar, row = self._sidebar, self._page.title_row
        sidebar.left.connect(self._page.composer.focus)
        sidebar.import_requested.connect(self.import_chats)
        pages: dict[str, Callable[[], object]] = {"presets": self.show_presets, "models": self._router.show_models}
        pages["deleted"] = self.show_deleted
        sidebar.page_requested.connect(lambda page: pages.get(page, self.show_settings)())
        self._page.show_documents(self._pane, self._program.chat, self._files)
        self.notices.chat_requested.connect(self.navigation.open)
        self._links.chat_requested.connect(self.navigation.open_linked)
        self._transcript.when_created(lambda view: view.offer_instructions())
        self._transcript.when_created(lambda view: view.instructions_requested.connect(self._show_instructions))
        self._chat.presets.saved.connect(
            lambda key, name: self.notices.show_saved_preset(name, lambda: self.show_presets(key))
        )
        self._middle.left.connect(self._router.show_chats)
        self._middle.entered.connect(self._frame.close_overlay)
        self._share.imported.connect(lambda keys: self.show_presets(*keys[:1]))
        self._share.chats_requested.connect(self.import_chats)
        self._middle.sidebar_toggled.connect(self._frame.toggle)
        self._middle.currentChanged.connect(self._show_title)
        self._chat.presets.library_requested.connect(self.show_presets)
        row.sidebar_toggled.connect(self._frame.toggle)
        self._page.escape_pressed.connect(self.navigation.leave_search)
        self._chat.streaming_changed.connect(sidebar.set_streaming)
        self._chat.answer_grew.connect(sidebar.tick_if_due)
        self._chat.saving_failed.connect(self._show_error)
        self._router.currentChanged.connect(self._show_title)
        for changed in (self._chat.opened, self._chat.title_changed, self._pulls.percent_changed):
            changed.connect(self._show_title)
        self._pulls.summary_changed.connect(lambda *summary: sidebar.show_downloads(Progress(*summary)))
        sidebar.downloads_requested.connect(lambda: self._router.show_models(ModelsTab.GET_MORE, "downloads"))
        self._router.left.connect(self._middle.show_chats)
        self._router.left.connect(self._page.composer.focus)
        self._chat.presets.translation_requested.connect(partial(self._router.show_page, "translation"))
        self._chat.refused.connect(self._toasts.show_toast)
        self._export.copied.connect(self.notices.show_copied)
        self._preview.chat_requested.connect(self.navigation.open)
        for undoing in (self._preview, self._share):
            undoing.undo_offered.connect(self.notices.show)
        self._middle.currentChanged.connect(self._toasts.follow)
        self._page.page_switched.connect(self._toasts.follow)
        self._files.saved.connect(self.notices.show_saved)
        self._picker.add_server_requested.connect(lambda: self._router.show_server("", ""))
        self._end_listening = (
            self._program.settings.failures.subscribe(self._show_error),
            self._program.window_state.failures.subscribe(self._show_error),
            self.notices.follow_maintenance(
                self._program.backups.maintenance, self._show_error, lambda: self.show_settings("data")
            ),
            self.notices.follow_sync(self._program.sync, self._program.conversations.trash, self._tasks),
            self._program.chat.chat.changes.subscribe(self._on_chat_change),
        )

    def commands(self) -> tuple[Command, ...]:
        """Return the commands of the window, of all pages and of all features, with titles in the current language."""
        keymap = self._appearance.shortcuts
        own = (
            Command(
                shortcut.command,
                Wording.of("Shortcuts", shortcut.words),
                self._actions[shortcut.command],
                shortcut.icon,
                keymap.keys(shortcut.command),
                Wording.of("Shortcuts", shortcut.also),
            )
            for shortcut in SHORTCUTS
        )
        of_pages = (
            Command(
                f"page.{page.name}",
                Wording.of("Pages", page.title),
                partial(self._router.show_page, page.name),
                page.icon,
                also=Wording.of("Pages", page.also),
            )
            for feature in self._features
            for page in feature.pages()
            if page.icon
        )
        of_features = (command for feature in self._features for command in feature.commands())
        others = (*of_pages, *of_features, *self._steps.commands())
        return (*own, *(replace(each, keys=keys) if (keys := keymap.keys(each.id)) else each for each in others))

    def _bind_keys(self) -> None:
        self._actions: dict[CommandId, Callable[[], object]] = {
            CommandId.PALETTE: lambda: self._palette.get().toggle(),
            CommandId.QUICK_QUESTION: self.show_quick,
            **self.navigation.commands(),
            CommandId.SHOW_DELETED: self.show_deleted,
            CommandId.UNDO_IN_LIST: self._list.undo,
            CommandId.SETTINGS: self.show_settings,
            CommandId.TOGGLE_SIDEBAR: self._frame.toggle,
            CommandId.CHOOSE_MODEL: self._picker.open_popup,
            CommandId.CHANGE_THINKING: self._page.composer.change_thinking,
            CommandId.FOCUS_COMPOSER: self._page.composer.focus,
            CommandId.REGENERATE: self._chat.regenerate_last,
            **reading_commands(self._transcript),
            CommandId.TOGGLE_OUTLINE: lambda: self._page.toggle_pane(SidePane.OUTLINE),
            CommandId.CHAT_SETTINGS: lambda: self._page.toggle_pane(SidePane.SETTINGS),
            CommandId.SHOW_INSTRUCTIONS: self._show_instructions,
            CommandId.RELOAD_PREVIEW: self._preview.reload,
            CommandId.FULL_SCREEN: self._preview.toggle_full_screen,
            CommandId.NEXT_CHAT: lambda: self.navigation.step(1),
            CommandId.PREVIOUS_CHAT: lambda: self.navigation.step(-1),
            CommandId.ZOOM_IN: lambda: step_zoom(self._program.settings, 1),
            CommandId.ZOOM_OUT: lambda: step_zoom(self._program.settings, -1),
            CommandId.ZOOM_RESET: lambda: self._program.settings.set(ZOOM, ZOOM.default),
            CommandId.SHOW_KEYS: lambda: self.show_settings("keyboard"),
            CommandId.QUIT: lambda: self._leave(closing=False),
        }
        WindowShortcuts(
            self._appearance,
            self,
            self._actions,
            lambda command: self._middle.chats if command in ABOUT_THE_CHAT else self,
            self._run_command,
        )

    def _run_command(self, command_id: str) -> None:
        next((command.run for command in self.commands() if command.id == command_id), lambda: None)()

    def _show_instructions(self, answer_id: str = "") -> None:
        self._chat_settings.get().show_instructions(answer_id)

    def _show_error(self, error: ChatdeskError) -> None:
        if isinstance(error, DatabaseDamaged):
            self._program.settings.set(DATABASE_SUSPECT, value=True)
        self.notices.show_error(error, lambda: self.repair_requested.emit(error))

    def _on_chat_change(self, change: ChatChange) -> None:
        if isinstance(change, MessageAdded | MessageChanged):
            self._notifier.get().on_change(change)

    def _show_title(self) -> None:
        """Set the window title to the displayed page or chat; Qt appends the program's name."""
        chat = self._program.chat.conversations.title(self._chat.conversation_id) or self.tr("New chat")
        self.setWindowTitle(self._pulls.titled(self._router.title or self._middle.title or chat))
        self._sidebar.set_page(self._router.marked)

    def _retranslate(self) -> None:
        self._show_title()
        self._steps.show_text()
        self._pulls.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language, and refresh models and presets when the window is activated."""
        match event.type():
            case QEvent.Type.LanguageChange:
                self._retranslate()
                self._models.show()
                self._presets.follow_language()
            case QEvent.Type.ActivationChange if self.isActiveWindow():
                self._models.check_again()
                self._presets.reload_changed()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Stop working in the background when the window is shown again."""
        if leaving := self._leaving.created:
            leaving.window_shown()
        super().showEvent(event)
        self._drop.watch()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Quit when the window is closed; while work is running, ask first."""
        event.setAccepted(self._leave(closing=True))
