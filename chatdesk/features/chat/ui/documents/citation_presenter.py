"""Opens the documents that answers cite, at the passage that the sentence before the citation is about."""

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.cited_passages import cited_passage
from chatdesk.features.chat.ui.side_panel_frame import SidePane
from chatdesk.features.chat.ui.transcript.citations import FollowedCitation
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.chat.message import DocumentPart, PassageRange
from chatdesk.ui_kit.tasks import Tasks

Open = Callable[[DocumentPart, PassageRange | None, Sequence[str]], object]


class CitationPresenter(QObject):
    """Connects the citations of a transcript with the view that `open_document` opens."""

    def __init__(self, transcript: TranscriptView, attachments: Attachments, open_document: Open, tasks: Tasks) -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._attachments = attachments
        self._open = open_document
        self._tasks = tasks
        transcript.citation_followed.connect(lambda followed: tasks.start(self._follow(followed), "citation"))
        transcript.document_requested.connect(self.forget)

    def forget(self) -> None:
        """Show no citation as open: another document is shown, or none."""
        self._transcript.citations.show_open("")

    def pane_changed(self, pane: str) -> None:
        """Follow what the side panel shows."""
        if pane != SidePane.DOCUMENT:
            self.forget()

    async def _follow(self, followed: FollowedCitation) -> None:
        document = followed.place.document
        if document is None:
            return
        text = await self._attachments.text_of(document)
        found = await asyncio.to_thread(cited_passage, followed.place, text, followed.before, followed.after)
        self._open(document, found.passage, found.words)
        self._transcript.citations.show_open(followed.link)
