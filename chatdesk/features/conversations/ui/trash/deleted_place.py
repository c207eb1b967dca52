"""The page of what was deleted in its place beside the sidebar, made when it is first opened, wired to the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from chatdesk.app.program import Program
from chatdesk.app.shell.library_place import LibraryPlace
from chatdesk.features.chat.ui.late_transcript import LateTranscript
from chatdesk.features.conversations.ui.trash.deleted_chat import DeletedChat
from chatdesk.features.conversations.ui.trash.deleted_page import DeletedPage
from chatdesk.features.conversations.ui.trash.deleted_presenter import DeletedPresenter, utc_now
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener


class DeletedPlace(QObject):
    """`told` is a sentence, what it is about, and the id of a chat that can be opened now; empty for none."""

    told = Signal(str, str, str)
    undo_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        program: Program,
        middle: LibraryPlace,
        transcript: LateTranscript,
        links: LinkOpener,
        files: FileSaver,
        tasks: Tasks,
    ) -> None:
        super().__init__(middle)
        self._middle = middle
        self._ends: list[Callable[[], object]] = []
        self._presenter: DeletedPresenter

        def make_chat() -> DeletedChat:
            chat = DeletedChat(appearance, program.formulas, transcript.pictures)
            chat.restore_requested.connect(self._presenter.restore)
            chat.delete_requested.connect(self._presenter.ask_to_delete)
            chat.transcript.link_activated.connect(links.open)
            chat.transcript.save_requested.connect(files.ask)
            came = chat.transcript.formulas.came
            self._ends.append(program.formulas.set_formulas.subscribe(lambda _formula: came()))
            return chat

        page = DeletedPage(appearance, utc_now, make_chat)
        self._presenter = DeletedPresenter(appearance, page, program.trash, tasks)
        self._presenter.told.connect(self.told)
        page.list.undo_requested.connect(self.undo_requested)
        page.closed.connect(middle.left)
        page.header.sidebar_toggled.connect(middle.sidebar_toggled)
        middle.sidebar_shown.connect(lambda is_open: page.header.set_sidebar_open(is_open=is_open))
        middle.add_page("deleted", page, lambda: self.tr("Recently deleted"), self._end)

    def show(self) -> None:
        """Show the page in place of the chats."""
        self._presenter.page.header.set_sidebar_open(is_open=self._middle.sidebar_is_open)
        self._middle.show_page("deleted")
        self._presenter.open()

    def _end(self) -> None:
        for end in self._ends:
            end()
        self._presenter.end()
