"""Files that the user pastes into a question that is being edited."""

import asyncio
from functools import partial
from itertools import count
from time import monotonic

from PySide6.QtCore import QObject, Signal

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.ui.composer.attach_presenter import (
    REPORT_SECONDS,
    LoadAttachment,
    ReportProgress,
    encoded,
)
from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.chat.attachments import (
    MAX_ATTACHMENTS,
    MAX_PICTURES,
    PICTURE_ENDINGS,
    ArrivingFile,
    ReadingProgress,
    pictures_in,
)
from chatdesk.kernel.chat.message import Attachment, ImagePart
from chatdesk.kernel.errors.attachment_errors import TooManyAttachments, TooManyPictures
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.tasks import Tasks


class EditFiles(QObject):
    """Reads the files and shows them in the editor. `refused` carries a message about one that is not added, and further sentences."""

    refused = Signal(str, str)

    def __init__(self, transcript: TranscriptView, attachments: Attachments, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._attachments = attachments
        self._tasks = tasks
        self._keys = count()
        self._arriving: dict[str, dict[int, ArrivingFile]] = {}
        """The files being read, by message and key."""
        self._running: dict[int, asyncio.Task[None]] = {}
        transcript.edit_arrival_stopped.connect(self._stop)

    def add(self, message_id: str, offered: OfferedFiles) -> None:
        """Read files for a question."""
        loaders: list[tuple[str, bool, LoadAttachment]] = [
            (path.name, path.suffix.lower() in PICTURE_ENDINGS, partial(self._attachments.add_file, path))
            for path in offered.files
        ]
        for name, is_picture, load in loaders or [(self.tr("Picture"), True, partial(self._add_pasted, offered))]:
            file = ArrivingFile(next(self._keys), name, is_picture)
            self._arriving.setdefault(message_id, {})[file.key] = file
            task = self._tasks.start(self._read(message_id, file, load), "attach a file to an edited question")
            self._running[file.key] = task
            task.add_done_callback(partial(self._end, message_id, file.key))
        self._show(message_id)

    async def _add_pasted(self, offered: OfferedFiles, _report: ReportProgress) -> ImagePart:
        image = offered.image
        data = offered.data if image is None else await asyncio.to_thread(encoded, image)
        return await self._attachments.add_data(data, self.tr("Picture"))

    async def _read(self, message_id: str, file: ArrivingFile, load: LoadAttachment) -> None:
        reported_at = 0.0

        def report(progress: ReadingProgress) -> None:
            nonlocal reported_at
            now = monotonic()
            if now - reported_at < REPORT_SECONDS:
                return
            reported_at = now
            self._arriving[message_id][file.key] = ArrivingFile(file.key, file.name, file.is_picture, progress=progress)
            self._show(message_id)

        try:
            attachment = await load(report)
            self._check_limits(attachment, self._transcript.edit_attachments(message_id))
        except ChatdeskError as error:
            text = describe_error(error)
            self.refused.emit(text.sentence, text.consequence)
            return
        self._arriving[message_id].pop(file.key, None)
        self._show(message_id, attachment)

    def _check_limits(self, attachment: Attachment, shown: tuple[Attachment, ...]) -> None:
        """Raise an error if a message has no space for another attachment."""
        if len(shown) >= MAX_ATTACHMENTS:
            raise TooManyAttachments(attachment.name, MAX_ATTACHMENTS)
        if isinstance(attachment, ImagePart) and len(pictures_in(shown)) >= MAX_PICTURES:
            raise TooManyPictures(attachment.name, MAX_PICTURES)

    def _show(self, message_id: str, added: Attachment | None = None) -> None:
        self._transcript.show_edit_arrivals(message_id, tuple(self._arriving.get(message_id, {}).values()), added)

    def _stop(self, key: int) -> None:
        if task := self._running.get(key):
            task.cancel()

    def _end(self, message_id: str, key: int, _task: asyncio.Task[None]) -> None:
        """Forget a file that was read, refused or stopped."""
        self._running.pop(key, None)
        self._arriving[message_id].pop(key, None)
        self._show(message_id)
