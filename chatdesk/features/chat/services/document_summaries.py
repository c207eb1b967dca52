"""The summaries of documents that are being written, for the drafts that wait for them.

A summary continues while another chat is shown. It is written part by part; what was written is kept, so that a stopped or failed summary
continues where it was, and the same document is not summarised twice by the same model.
"""

import asyncio
from collections.abc import Iterable
from contextlib import aclosing
from dataclasses import replace

from chatdesk.features.attachments.services.documents import Documents
from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.request.summarising_documents import Summariser, SummaryStep
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.message import DocumentPart, SentAs
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.errors.attachment_errors import AttachmentUnreadable
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters


@dataclass(frozen=True, slots=True)
class SummaryJob:
    """The summary of a document that is being written, has failed, or is complete."""

    document: DocumentPart
    """The document as it is in the draft; with its summary once that is complete."""
    step: SummaryStep | None = None
    """None as long as another summary is being written."""
    error: ChatdeskError | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the document has its summary."""
        return self.document.sent_as is SentAs.SUMMARY

    @property
    def is_running(self) -> bool:
        """Whether the summary is being written, or waits for that."""
        return self.error is None and not self.is_complete


class DocumentSummaries:
    """Writes summaries, one at a time. One per program; `close` it. `changes` announces the document whose job has changed."""

    def __init__(self, completion_client: CompletionClient, documents: Documents) -> None:
        self._completion_client = completion_client
        self._documents = documents
        self.changes: Announcer[DocumentPart] = Announcer()
        self._jobs: dict[tuple[str, str], SummaryJob] = {}
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._unfinished: set[asyncio.Task[None]] = set()
        """These, and those that are being stopped."""
        self._one_at_a_time = asyncio.Lock()

    def job(self, document: DocumentPart) -> SummaryJob | None:
        """Return the job of a document with its selected sections; None if there is none."""
        return self._jobs.get(_key(document))

    def start(self, document: DocumentPart, model: ModelRef, size: int | None, parameters: Parameters) -> None:
        """Write the summary of a document with a model that has a context of `size` tokens, unless that is being done."""
        key, job = _key(document), self.job(document)
        if job and job.is_running:
            return
        self._set(key, SummaryJob(document))
        self._tasks[key] = task = asyncio.create_task(self._run(key, document, model, size, parameters))
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)

    def forget(self, documents: Iterable[DocumentPart]) -> None:
        """Stop summaries that are being written, and forget those that are complete or have failed. What was written is kept."""
        for document in documents:
            key = _key(document)
            if task := self._tasks.pop(key, None):
                task.cancel()
            if self._jobs.pop(key, None):
                self.changes.announce(document)

    async def close(self) -> None:
        """Stop all summaries."""
        for task in self._unfinished:
            task.cancel()
        if self._unfinished:
            await asyncio.wait(self._unfinished)

    async def _run(
        self, key: tuple[str, str], document: DocumentPart, model: ModelRef, size: int | None, parameters: Parameters
    ) -> None:
        try:
            async with self._one_at_a_time:
                text = await self._documents.text_of(document)
                if text is None:
                    raise AttachmentUnreadable(document.name)
                notes = self._documents.notes_on(document)
                summariser = Summariser(self._completion_client, model, size, parameters, notes)
                written: list[str] = []
                async with aclosing(summariser.summarise(document, text, written)) as steps:
                    async for step in steps:
                        self._set(key, SummaryJob(document, step))
            summary = DocumentText((Section("\n\n".join(written)),))
            sha256 = await self._documents.save_text(summary)
            tokens = estimate_tokens(summary.sections[0].text)
            summarised = replace(document, sent_as=SentAs.SUMMARY, summary_sha256=sha256, tokens=tokens)
            self._set(key, SummaryJob(replace(summarised, passages=(), passage_count=0)))
        except ChatdeskError as error:
            self._set(key, SummaryJob(document, error=error))

    def _set(self, key: tuple[str, str], job: SummaryJob) -> None:
        self._jobs[key] = job
        self.changes.announce(job.document)


def _key(document: DocumentPart) -> tuple[str, str]:
    return document.text_sha256 or document.identity, document.selected
