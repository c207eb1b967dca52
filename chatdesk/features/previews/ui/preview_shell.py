"""Entry point of the preview: offers it in the transcript and creates its parts on first use (they take 0.2 s to load)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.previews.services.preview_services import PreviewServices
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.features.previews.ui.preview_frame import PreviewFrame
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import OPEN_PREVIEWS
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.features.previews.ui.artifact_cards import ArtifactCards
    from chatdesk.features.previews.ui.diagrams import Diagrams
    from chatdesk.features.previews.ui.page_maker import PageMaker
    from chatdesk.features.previews.ui.preview_actions import PreviewActions
    from chatdesk.features.previews.ui.preview_follower import PreviewFollower
    from chatdesk.features.previews.ui.preview_presenter import PreviewPresenter
    from chatdesk.features.previews.ui.preview_warm_up import PreviewWarmUp
    from chatdesk.features.previews.ui.runnable_finder import RunnableFinder

_LANGUAGES = frozenset(
    {
        *("html", "htm", "xhtml", "svg", "css", "js", "javascript", "jsx", "tsx", "markdown", "md", "mermaid"),
        *("dot", "gv", "graphviz", "json", "csv", "tsv"),
    }
)
"""Fence languages of code that a preview can show."""


class PreviewShell(QObject):
    """The preview as the window sees it. Without `previews`, it does nothing."""

    undo_offered = Signal(str, object)
    """The description of what was done, and the callback that undoes it."""
    chat_requested = Signal(str)
    """The chat that the page is from must be shown."""

    def __init__(
        self,
        appearance: Appearance,
        previews: Previews | None,
        page: ChatPage,
        sidebar: SidebarFrame,
        frame: PreviewFrame,
        services: PreviewServices,
        files: FileSaver,
        links: LinkOpener,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._previews = previews
        self._page = page
        self._sidebar = sidebar
        self._frame = frame
        self._services = services
        self._files = files
        self._links = links
        self._tasks = tasks
        self._window = window
        self._pages = Lazy(self._make_pages)
        self._presenter: PreviewPresenter | None = None
        self._follower: PreviewFollower | None = None
        self._actions: PreviewActions | None = None
        self._runnable_finder: RunnableFinder | None = None
        self._cards: ArtifactCards | None = None
        self._warming: PreviewWarmUp | None = None
        self._diagrams: Diagrams | None = None
        frame.opened.connect(page.side_panel.close_panel)
        page.side_panel.pane_changed.connect(lambda pane: frame.conceal(concealed=bool(pane)))
        if previews:
            page.lazy_transcript.when_created(lambda view: self._on_transcript_created(view, previews))

    def reload(self) -> None:
        """Restart the page, if one is shown."""
        if self._presenter:
            self._presenter.reload()

    def toggle_full_screen(self) -> None:
        """Show the page in full screen, or restore the window."""
        if self._actions:
            self._actions.toggle_full_screen()

    async def end(self) -> None:
        """Close the panel and its pages because the program is closing."""
        if self._warming:
            self._warming.stop()
        if self._cards:
            self._cards.close()
        if self._diagrams:
            self._diagrams.close()
        if self._presenter:
            await self._presenter.end()

    def _make_pages(self) -> "PageMaker":
        from chatdesk.features.previews.ui.page_maker import PageMaker  # noqa: PLC0415 - start-up time

        folder = self._previews.folder if self._previews else Path()
        return PageMaker(folder, self._appearance, self)

    def _on_transcript_created(self, transcript: "TranscriptView", previews: Previews) -> None:
        from chatdesk.features.previews.ui.artifact_cards import (  # noqa: PLC0415 - start-up time: with the transcript
            ArtifactCards,
        )
        from chatdesk.features.previews.ui.diagrams import Diagrams  # noqa: PLC0415 - start-up time
        from chatdesk.features.previews.ui.preview_warm_up import PreviewWarmUp  # noqa: PLC0415 - start-up time

        self._cards = ArtifactCards(transcript, self._finder, self._tasks)
        services = self._services
        self._diagrams = Diagrams(
            previews.hosts.get(),
            self._pages,
            services.diagrams.get(),
            services.settings,
            self._appearance,
            self._tasks,
            self,
        )
        transcript.offer_previews(_LANGUAGES, self._cards, self._diagrams)
        transcript.preview_requested.connect(lambda *position: self._ensure_presenter(previews).open_block(*position))
        transcript.message_changed.connect(self._message_changed)
        self._warming = PreviewWarmUp(previews.hosts.get(), transcript, self._page.composer, self)
        self._warming.code_started.connect(self._cards.prepare)

    def _ensure_presenter(self, previews: Previews) -> "PreviewPresenter":
        if self._presenter is None:
            from chatdesk.features.previews.ui.preview_actions import PreviewActions  # noqa: PLC0415 - start-up time
            from chatdesk.features.previews.ui.preview_follower import PreviewFollower  # noqa: PLC0415 - start-up time
            from chatdesk.features.previews.ui.preview_presenter import PreviewPresenter  # noqa: PLC0415 - start-up time

            pages = self._pages.get()
            transcript, services = self._page.transcript, self._services
            finder = self._finder()
            self._presenter = PreviewPresenter(
                self._appearance,
                self._frame,
                self._page,
                services,
                finder,
                self._tasks,
                previews.hosts.get(),
                pages,
                self,
            )
            self._presenter.undo_offered.connect(self.undo_offered)
            self._presenter.fixes.chat_requested.connect(self.chat_requested)
            if self._cards:
                self._presenter.shown_changed.connect(self._cards.show)
            self._follower = PreviewFollower(self._presenter, finder, transcript, services.settings, self._tasks)
            frames = self._sidebar, self._frame
            self._actions = PreviewActions(
                self._appearance,
                self._presenter,
                pages,
                frames,
                self._files,
                services.temporary_pages,
                services.window_state,
                self._links,
                self._tasks,
                self._window,
            )
        return self._presenter

    def _finder(self) -> "RunnableFinder":
        from chatdesk.features.previews.ui.runnable_finder import RunnableFinder  # noqa: PLC0415 - start-up time

        if self._runnable_finder is None:
            self._runnable_finder = RunnableFinder(
                self._page.transcript, self._services, self._tasks, lambda: datetime.now(UTC)
            )
        return self._runnable_finder

    def _message_changed(self, index: int) -> None:
        """Create the presenter in time if pages are to open automatically at the end of an answer."""
        message = self._page.transcript.document.message(index)
        opens, before = self._services.settings.get(OPEN_PREVIEWS), self._follower
        if opens and self._previews and self._presenter is None and message.state is MessageState.STREAMING:
            self._ensure_presenter(self._previews)
        if self._follower is not before and self._follower:
            self._follower.message_changed(index)
