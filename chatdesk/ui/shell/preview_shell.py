"""Puts the preview together for the window: what opens it, what is done in it, and where it stands."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.services.program import Program
from chatdesk.ui.open_link import LinkOpener
from chatdesk.ui.preview_panel.previews import Previews
from chatdesk.ui.shell.chat_page import ChatPage
from chatdesk.ui.shell.file_saver import FileSaver
from chatdesk.ui.shell.page_maker import PageMaker
from chatdesk.ui.shell.preview_deeds import PreviewDeeds
from chatdesk.ui.shell.preview_frame import PreviewFrame
from chatdesk.ui.shell.preview_presenter import PreviewPresenter
from chatdesk.ui.shell.sidebar_frame import SidebarFrame
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.theme.appearance import Appearance


class PreviewShell(QObject):
    """What the window knows of the preview. Without `previews` nothing is offered and nothing happens."""

    def __init__(
        self,
        appearance: Appearance,
        previews: Previews | None,
        page: ChatPage,
        sidebar: SidebarFrame,
        frame: PreviewFrame,
        program: Program,
        files: FileSaver,
        links: LinkOpener,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.presenter: PreviewPresenter | None = None
        self._deeds: PreviewDeeds | None = None
        if previews:
            pages = PageMaker(previews.folder, self)
            presenter = PreviewPresenter(appearance, frame, page, program, tasks, previews.stages, pages, self)
            self._deeds = PreviewDeeds(presenter, pages, (sidebar, frame), files, links, tasks, window)
            self.presenter = presenter

    def reload(self) -> None:
        """Run the page from its beginning, if one is shown."""
        if self.presenter:
            self.presenter.reload()

    def toggle_full_screen(self) -> None:
        """Give the page the whole screen, or the window its shape back."""
        if self._deeds:
            self._deeds.toggle_full_screen()

    def close(self) -> None:
        """Close the panel; the page ends."""
        if self.presenter:
            self.presenter.close()
