"""Finds the passages of documents that citations of an answer are about, for tooltips and to open the document there."""

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.cited_passages import CitedPassage, cited_passage
from chatdesk.features.chat.ui.side_panel_frame import SidePane
from chatdesk.features.chat.ui.transcript.citations import ShownCitation
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
        transcript.citation_followed.connect(lambda shown: tasks.start(self._follow(shown), "citation"))
        transcript.citations.passage_requested.connect(lambda shown: tasks.start(self._find(shown), "cited passage"))
        transcript.document_requested.connect(self.forget)

    def forget(self) -> None:
        """Show no citation as open: another document is shown, or none."""
        self._transcript.citations.show_open("")

    def pane_changed(self, pane: str) -> None:
        """Follow what the side panel shows."""
        if pane != SidePane.DOCUMENT:
            self.forget()

    async def _follow(self, citation: ShownCitation) -> None:
        document, found = citation.target.document, await self._passage_of(citation)
        if document:
            self._open(document, found.passage, found.words)
            self._transcript.citations.show_open(citation.link)

    async def _find(self, citation: ShownCitation) -> None:
        found = await self._passage_of(citation)
        self._transcript.citations.set_passage(citation, found.beginning)

    async def _passage_of(self, citation: ShownCitation) -> CitedPassage:
        """Return the passage that a citation is about; an empty one if the text of the document is missing."""
        document = citation.target.document
        text = await self._attachments.text_of(document) if document else None
        return await asyncio.to_thread(cited_passage, citation.target, text, citation.before, citation.after)
