"""Opens runnable code in the panel beside the chat: one tab for each artifact, whose page is created and run.

Actions on a page are in `preview_actions.py`, its versions in `version_presenter.py`, its errors in `fix_questions.py`. Which code can
run is decided in `runnable_finder.py`, and code that is still being written is handled by `preview_follower.py`.
"""

from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.previews.domain.preview_item import CodeFile, PreviewItem
from chatdesk.features.previews.services.preview_services import PreviewServices
from chatdesk.features.previews.ui.fix_questions import FixQuestions, PreviewErrors
from chatdesk.features.previews.ui.kind_names import KIND_NAMES, STILL_KINDS
from chatdesk.features.previews.ui.open_tabs import OpenTabs, PreviewTab
from chatdesk.features.previews.ui.page_maker import PageMaker
from chatdesk.features.previews.ui.page_storage_controller import PageStorageController
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.page_tabs import PageTab
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, PreviewHosts
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.preview_frame import PreviewFrame
from chatdesk.features.previews.ui.runnable_code import Runnable, versions_of
from chatdesk.features.previews.ui.runnable_finder import RunnableFinder
from chatdesk.features.previews.ui.version_presenter import VersionPresenter, files_of
from chatdesk.kernel.settings.declarations import PREVIEW_WIDTH
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line


class PreviewPresenter(QObject):
    """The panel is created when the first artifact is opened. `shown_changed`: the shown artifact changed; None if there is none."""

    shown_changed = Signal(object)
    panel_created = Signal(PreviewPanel)
    undo_offered = Signal(str, object)
    """The description of what was done, and the callback that undoes it."""

    def __init__(
        self,
        appearance: Appearance,
        frame: PreviewFrame,
        page: ChatPage,
        services: PreviewServices,
        finder: RunnableFinder,
        tasks: Tasks,
        preview_hosts: PreviewHosts,
        pages: PageMaker,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._frame = frame
        self._chat = page
        self._transcript = page.transcript
        self._services = services
        self._tasks = tasks
        self._preview_hosts = preview_hosts
        self._pages = pages
        self._panel: PreviewPanel | None = None
        self._tabs = OpenTabs()
        self._chat_id = ""
        """The chat whose tabs are in the panel."""
        self._left_open: set[str] = set()
        """Chats that the user left while the panel was open."""
        self._finder = finder
        self._versions = VersionPresenter(finder, tasks, self)
        self._versions.created.connect(self._show_edited)
        self._versions.restored.connect(self._offer_undo)
        self._errors = PreviewErrors(self)
        self.fixes = FixQuestions(page, services.settings, self)
        self._page_storage = PageStorageController(services.page_storage, tasks, self)
        frame.width_changed.connect(lambda width: services.window_state.set(PREVIEW_WIDTH, width))
        self._transcript.chat_changed.connect(self._chat_changed)

    @property
    def panel(self) -> PreviewPanel | None:
        """The panel; None before it is first opened."""
        return self._panel

    @property
    def would_cover_chat(self) -> bool:
        """Whether the panel is closed and would cover the chat, including the message input."""
        return self._frame.would_cover_chat

    @property
    def shown(self) -> Runnable | None:
        """The shown artifact; None if the panel is closed."""
        return self.tab.shown if self.tab else None

    @property
    def title(self) -> str:
        """The title of the shown artifact."""
        return _title(self._tab.shown) if self._tab else ""

    @property
    def tab(self) -> PreviewTab | None:
        """The tab in front; None if the panel is closed."""
        return self._tab if self._frame.is_open else None

    @property
    def _tab(self) -> PreviewTab | None:
        return self._tabs.current(self._chat_id)

    def close(self) -> None:
        """Close the panel with all its tabs and end their pages. Edits that were not run are kept as versions."""
        if self._panel and self._frame.is_open:
            self._save_drafts()
            for tab in self._tabs.remove_all(self._chat_id):
                self._panel.preview_hosts.remove(tab.key)
            self._frame.close_preview()
            self._chat.composer.focus()
            self.shown_changed.emit(None)

    async def end(self) -> None:
        """Close the panel when the program closes, after all data that is to be kept has been written to disk."""
        if self._panel:
            drafts = [self._tasks.start(work, "keep changed code") for work in self._drafts(self._panel)]
            for draft in drafts:
                await draft
            await self._finder.wait_until_saved()
            await self._page_storage.finish()
        self.close()

    def clear_page_data(self) -> None:
        """Delete the data that the page in front has stored."""
        self._page_storage.forget()

    def reload(self) -> None:
        """Restart the page."""
        if self._panel and self._frame.is_open:
            self._panel.reload()

    # Opening.

    def open_block(self, message_id: str, part: int, block: int) -> None:
        """Show the page of a code block of an answer."""
        if part == TEXT:
            self._tasks.start(self._open(message_id, block), "open preview")

    async def _open(self, message_id: str, block: int) -> None:
        index = self._transcript.document.index(message_id)
        if index is None:
            return
        chat = self._transcript.document.message(index).conversation_id
        runnables = await self._finder.runnables(chat)
        runnable = next(
            (r for r in runnables if r.message_id == message_id and not r.number and block in r.artifact.fences), None
        )
        if runnable is None:
            return
        known = next((tab for tab in self._tabs.of(chat) if tab.shown.key == runnable.key), None)
        if known and known is self.tab and self._panel and self._panel.host_area.state is PageState.RUNNING:
            self._focus_page(self._panel)
        elif known and known is not self._tab and known.shown.artifact == runnable.artifact:
            self._tabs.bring_to_front(known)
            await self._bring_to_front(known)  # its page resumes where it was
        else:
            await self.show(chat, runnable, runnables, keep_view=False)

    def _focus_page(self, panel: PreviewPanel) -> None:
        """Give the keyboard focus to a page that is already running, so that it keeps its state."""
        self._frame.open()
        if panel.view not in {View.PREVIEW, View.SPLIT}:
            panel.show_view(View.PREVIEW)
        panel.host_area.focus_page()

    async def show(self, chat: str, runnable: Runnable, runnables: Sequence[Runnable], *, keep_view: bool) -> None:
        """Show an artifact in its tab and run it from the beginning. `keep_view` keeps the current view of the panel."""
        tab = self._tabs.put(chat, runnable, versions_of(runnables, runnable))
        panel = self._open_panel(tab)
        if not runnable.artifact.complete:
            panel.host_area.wait()
            if panel.view is not View.SPLIT:
                panel.show_view(View.CODE)
            return
        if not keep_view and panel.view is not View.SPLIT:
            panel.show_view(View.PREVIEW)
        await self._run(tab)

    async def _run(self, tab: PreviewTab) -> None:
        shown = tab.shown
        page = await self._pages.make(shown.artifact)
        memory = await self._page_storage.page_memory(tab)
        if self._panel and tab is self._tab and tab.shown is shown:
            tab.page = page
            self._panel.host_area.run(page.content, memory)

    def _open_panel(self, tab: PreviewTab) -> PreviewPanel:
        """Open the panel with a tab in front."""
        panel = self._panel or self._create_panel()
        self._chat_id = tab.chat
        self._frame.open()
        self._show_tabs()
        self.show_code()
        self.shown_changed.emit(tab.shown)
        return panel

    async def _bring_to_front(self, tab: PreviewTab) -> None:
        """Show a tab again: its page resumes, or starts if it could not start before."""
        panel = self._open_panel(tab)
        match panel.host_area.state:
            case PageState.UNLOADED:
                panel.host_area.restart_unloaded()
            case PageState.EMPTY | PageState.WAITING:
                runnables = await self._finder.runnables(tab.chat)
                now = next((each for each in runnables if each.key == tab.shown.key), tab.shown)
                if tab is self._tab:
                    await self.show(tab.chat, now, runnables, keep_view=True)

    def _create_panel(self) -> PreviewPanel:
        panel = self._panel = PreviewPanel(self._appearance, self._preview_hosts, self._location_of, self._frame)
        self._frame.set_preview(panel, self._services.window_state.get(PREVIEW_WIDTH))
        panel.tab_chosen.connect(self._choose_tab)
        panel.tab_closed.connect(self._close_tab)
        panel.version_chosen.connect(self._show_version)
        panel.compare_requested.connect(self._compare)
        panel.restore_requested.connect(self._restore)
        panel.code_run.connect(self._run_edited)
        panel.fix_requested.connect(self._request_fix)
        panel.line_chosen.connect(self._go_to_line)
        panel.left.connect(self._chat.composer.focus)
        self._page_storage.attach_panel(panel)
        self.panel_created.emit(panel)
        return panel

    # Tabs.

    def _show_tabs(self) -> None:
        tab = self._tab
        if self._panel and tab:
            tabs = [PageTab(each.key, _title(each.shown)) for each in self._tabs.of(tab.chat)]
            self._panel.show_tabs(tabs, tab.key)

    def _choose_tab(self, key: str) -> None:
        tab = self._tabs.find(self._chat_id, key)
        if tab and tab is not self._tab:
            self._tabs.bring_to_front(tab)
            self._tasks.start(self._bring_to_front(tab), "show a tab")

    def _close_tab(self, key: str) -> None:
        tab = self._tabs.find(self._chat_id, key)
        if tab is None or self._panel is None:
            return
        if len(self._tabs.of(self._chat_id)) == 1:
            self.close()
            return
        self._save_drafts()
        self._remove_tab(tab)

    def _remove_tab(self, tab: PreviewTab) -> None:
        """Remove a tab and bring its neighbor to the front."""
        if self._panel is None:
            return
        was_in_front = tab is self._tab
        self._tabs.remove(tab)
        self._panel.preview_hosts.remove(tab.key)
        if was_in_front and (beside := self._tab):
            self._tasks.start(self._bring_to_front(beside), "show a tab")
        else:
            self._show_tabs()

    # Versions and code.

    def show_code(self) -> None:
        """Update the code and the versions of the shown artifact."""
        tab = self._tab
        if self._panel and tab:
            keys = [version.key for version in tab.versions]
            rows = self._versions.rows(tab.versions)
            self._panel.show_item(self._item(tab.shown), rows, keys.index(tab.shown.key))

    def _item(self, runnable: Runnable) -> PreviewItem:
        artifact = runnable.artifact
        created, complete, edited = runnable.made_at, artifact.complete, bool(runnable.number)
        kind = KIND_NAMES[artifact.kind]
        still = artifact.kind in STILL_KINDS
        return PreviewItem(runnable.key, _title(runnable), kind, files_of(artifact), complete, created, edited, still)

    def _show_version(self, index: int) -> None:
        tab = self._tab
        if tab and 0 <= index < len(tab.versions):
            runnable = tab.versions[index]
            self._tasks.start(self.show(tab.chat, runnable, tab.versions, keep_view=True), "show version")

    def _compare(self, version: int, base: int) -> None:
        if self._panel and self._tab:
            self._versions.compare(self._panel, self._tab, version, base)

    def _restore(self, version: int) -> None:
        if self._tab:
            self._versions.restore(self._tab, version)

    def _show_edited(self, tab: PreviewTab, new: Runnable) -> None:
        """Show a version that the user created."""
        if tab in self._tabs.of(tab.chat):
            versions = (*tab.versions, new)
            self._tasks.start(self.show(tab.chat, new, versions, keep_view=True), "show own version")

    def _offer_undo(self, tab: PreviewTab, new: Runnable, before: Runnable) -> None:
        async def undo() -> None:
            await self._finder.remove_edited(new)
            if tab in self._tabs.of(tab.chat):
                runnables = await self._finder.runnables(tab.chat)
                runnable = before if tab.shown.key == new.key else tab.shown
                await self.show(tab.chat, runnable, runnables, keep_view=True)

        message = self.tr("Version {number} restored as the newest version").format(number=new.restored)
        self.undo_offered.emit(message, lambda: self._tasks.start(undo(), "undo restoring"))

    def _run_edited(self, files: tuple[CodeFile, ...]) -> None:
        tab = self._tab
        if tab is None or self._panel is None:
            return
        if [file.text for file in files] == [file.text for file in tab.shown.artifact.files]:
            self.reload()
            return
        if self._panel.view is View.CODE:
            self._panel.show_view(View.PREVIEW)
        self._versions.change(tab, files)

    def _save_drafts(self) -> None:
        """Save edits that were not run as versions."""
        for work in self._drafts(self._panel) if self._panel else ():
            self._tasks.start(work, "keep changed code")

    def _drafts(self, panel: PreviewPanel) -> list[Coroutine[Any, Any, Runnable]]:
        bases = {each.key: (tab.chat, each) for tab in self._tabs.all() for each in tab.versions}
        drafts = panel.code.take_drafts().items()
        return [self._finder.add_edited(*bases[key], files) for key, files in drafts if key in bases]

    # Errors.

    def _location_of(self, line: ConsoleLine) -> str:
        return self._errors.location_of(self._tab, line)

    def _go_to_line(self, line: ConsoleLine) -> None:
        source = self._errors.source_of(self._tab, line)
        if self._panel and source:
            self._panel.go_to_code(source.file, source.line)

    def _request_fix(self) -> None:
        if self._panel is None or self._tab is None:
            return
        self.fixes.ask(self._errors.question(self._tab, self._panel.host_area.console), self._chat_id)
        if self._frame.covers_chat:
            self.close()

    # What happens in the chat.

    def _chat_changed(self) -> None:
        """Pause the pages of the previous chat, and show the panel again if it was open for this chat."""
        document = self._transcript.document
        chat = document.message(0).conversation_id if len(document) else ""
        if chat == self._chat_id:
            self._tasks.start(self._refresh(chat), "look what can run")
        elif not (self._panel and self._panel.is_own_window):
            if self._frame.is_open:
                self._left_open.add(self._chat_id)
                self._frame.close_preview()
                self.shown_changed.emit(None)
            self._chat_id = chat
            tab = self._tabs.current(chat)
            if tab and chat in self._left_open:
                self._left_open.discard(chat)
                self._tasks.start(self._bring_to_front(tab), "show the tabs of a chat")

    async def _refresh(self, chat: str) -> None:
        """Close the tabs of artifacts that no longer exist in the chat, and update the versions of the others."""
        if not self._tabs.of(chat):
            return
        runnables = await self._finder.runnables(chat)
        for tab in list(self._tabs.of(chat)):
            if tab.shown.message_id in self._finder.messages:
                tab.versions = versions_of(runnables, tab.shown)
            elif len(self._tabs.of(chat)) == 1 and self._frame.is_open:
                self.close()
            else:
                self._remove_tab(tab)
        if chat == self._chat_id:
            self.show_code()


def _title(runnable: Runnable) -> str:
    artifact = runnable.artifact
    return plain_line(artifact.title or "") or KIND_NAMES[artifact.kind]
