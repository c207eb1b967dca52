"""Connects the composer with the attachment service: file dialog, pasted and dropped files, problems with them.

`send_presenter.py` sends messages.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path, PurePath
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage

from chatdesk.features.attachments.services.text_files import is_folder
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_memory import CurrentChat, Drafts
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.kernel.chat.attachments import (
    MAX_ATTACHMENTS,
    MAX_PICTURES,
    MAX_SENT_PICTURES,
    PICTURE_ENDINGS,
    ArrivingFile,
    FileNeed,
    ReadingProgress,
    pictures_in,
)
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.message import Attachment, DocumentPart, ImagePart, PagePicture, sent_pictures
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentNotAFile,
    DocumentEncrypted,
    DocumentLegacy,
    TooManyAttachments,
    TooManyPictures,
)
from chatdesk.kernel.errors.base import ChatdeskError, PicturesRefused
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.files.file_saver import dialog_folder
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from chatdesk.features.chat.ui.composer.document_options.document_options import DocumentOptions
    from chatdesk.features.chat.ui.composer.document_options.password_popup import PasswordPopup
    from chatdesk.features.chat.ui.composer.pasted_text import PastedText
    from chatdesk.features.chat.ui.composer.reading_strip import ReadingStrip
    from chatdesk.features.chat.ui.composer.sources.source_choice import SourceChoice
    from chatdesk.ui_kit.pictures.option_button import OptionButton

_MAX_SENTENCES = 3
_MANY = 6
"""More files than this have a strip with their progress: their chips do not fit into view."""

ReportProgress = Callable[[ReadingProgress], None]
LoadAttachment = Callable[[ReportProgress], Awaitable[Attachment]]
"""Stores one picture or document and returns it."""
REPORT_SECONDS = 0.1
"""Time between two updates of the progress: a book has a page every few milliseconds."""


@dataclass(slots=True, eq=False)
class _Arrival:
    """A file that is being read for a draft."""

    file: ArrivingFile
    page_number: int
    load: LoadAttachment
    is_wanted: Callable[[Attachment], bool] = lambda _attachment: True
    """Asked when the file has been read."""
    path: Path | None = None
    """Where the file is, if it is one of the user's files."""
    convert: LoadAttachment | None = None
    """Stores the file after an office program has converted it."""
    original: Attachment | None = None
    """What is attached if the file is not read."""
    task: "asyncio.Task[Attachment] | None" = None
    is_stopped: bool = False
    reported_at: float = 0.0


class AttachPresenter(QObject):
    """Handles the attachments of the composer.

    `refused` carries a message about files that are not added, and further ones.
    """

    refused = Signal(str, str)
    undo_offered = Signal(str, object)
    """The description of what was done, and the function that undoes it."""
    changed = Signal()
    """The attachments have changed: save the draft."""
    step_requested = Signal(str)

    def __init__(
        self,
        page: ChatView,
        services: ChatServices,
        models: ModelPresenter,
        tasks: Tasks,
        open_chat: CurrentChat,
        drafts: Drafts,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._tasks = tasks
        self._open = open_chat
        self._drafts = drafts
        self._notice: Notice | None = None
        self._other_model_sees = False
        self._has_too_many = False
        self._arrivals: list[_Arrival] = []
        """The files being read, of all drafts."""
        self._counts = Counter[int]()
        """How many files were added to each draft since none was being read, by the number of its page."""
        self._keys = count()
        self._pasted = Lazy(self._make_pasted)
        self._reading = Lazy(self._make_reading_strip)
        self._options = Lazy(self._make_options)
        self._sources = Lazy(self._make_sources)
        composer = page.composer
        composer.attach_requested.connect(self.ask_for_files)
        composer.folder_requested.connect(self.ask_for_folder)
        composer.files_offered.connect(self._add)
        composer.attachments_changed.connect(self._attachments_changed)
        composer.recognition_requested.connect(self._recognise)
        composer.attachment_removed.connect(self._offer_to_restore)
        composer.arrival_stopped.connect(self._stop)
        composer.long_text_pasted.connect(lambda pasted: self._pasted.get().offer(pasted))
        composer.attachment_option_requested.connect(self._open_option)
        composer.need_requested.connect(self._answer_need)
        composer.emptied_or_filled.connect(self.show_notice)
        models.chosen_changed.connect(self.show_notice)

    def show(self, attachments: Sequence[Attachment]) -> None:
        """Show these attachments with the draft, and the files that are being read for it."""
        arriving = [each.file for each in self._arrivals if each.page_number == self._open.page_number]
        self._page.composer.set_attachments(attachments, arriving)
        self._show_reading(sum(not file.awaits_user for file in arriving))
        self.show_notice()

    def _show_reading(self, left: int) -> None:
        """Show the progress of many files, of which `left` are not read yet."""
        page_number = self._open.page_number
        if not left:
            del self._counts[page_number]
        if self._counts[page_number] > _MANY:
            self._reading.get().show_progress(self._counts[page_number] - left, self._counts[page_number])
        elif strip := self._reading.created:
            strip.hide()

    def show_notice(self) -> None:
        """Show or hide the notice that the pictures cannot be sent, and what can be done.

        If only pages of documents cannot be sent, `DocumentPresenter` has more to offer.
        """
        model, pictures = self._models.chosen, sent_pictures(self._page.composer.attachments())
        has_pictures = any(isinstance(each, ImagePart) for each in pictures)
        is_blind = model is not None and has_pictures and model.can_see is False
        pages = [each for each in pictures if isinstance(each, PagePicture)]
        self._has_too_many = bool(pages) and len(pictures) > MAX_SENT_PICTURES and not is_blind
        if not is_blind and not self._has_too_many:
            if self._notice:
                self._notice.hide()
            return
        if self._notice is None:
            self._notice = self._new_notice()
        if self._has_too_many or model is None:
            text = self.tr("A message can have at most {limit} pictures, and the chosen pages make it {count}.")
            limit, number = map(QLocale().toString, (MAX_SENT_PICTURES, len(pictures)))
            self._notice.show_text(text.format(limit=limit, count=number), self.tr("Choose pages…"))
            self._notice.show()
            return
        self._other_model_sees = any(each.can_see and each.can_chat for each in self._services.models.all())
        choose = self.tr("Use a model with vision…") if self._other_model_sees else self.tr("Choose a model…")
        send = ""
        if self._page.composer.text().strip():
            send = self.tr("Send without the picture") if len(pictures) == 1 else self.tr("Send without the pictures")
        main, other = (choose, send) if self._other_model_sees or not send else (send, choose)
        self._notice.show_text(cannot_see_text(model), main, other=other)
        self._notice.show()

    def is_held_back(self, model: Model, draft: Draft, page_number: int) -> bool:
        """Return whether a question is held back because its model turned out not to see pictures.

        The notice above the text explains it once the question is a draft again.
        """
        if not sent_pictures(draft.attachments) or model.can_see is not False:
            return False
        if page_number != self._open.page_number:
            self.refused.emit(cannot_see_text(model), self.tr("Nothing was sent."))
        return True

    def _new_notice(self) -> Notice:
        notice = Notice(self._page.appearance, self._page, NoticeKind.WARNING, filled=True)
        notice.setObjectName("composerNotice")
        notice.acted.connect(lambda: self._act(is_main=True))
        notice.other_acted.connect(lambda: self._act(is_main=False))
        self._page.composer.set_strip(notice, StripRank.CANNOT_SEND)
        return notice

    def _act(self, *, is_main: bool) -> None:
        """Do what a button of the notice says."""
        if self._has_too_many:
            documents = [each for each in self._page.composer.attachments() if isinstance(each, DocumentPart)]
            self._page.composer.attachment_opened.emit(max(documents, key=lambda each: len(each.page_pictures)))
            return
        has_text = bool(self._page.composer.text().strip())
        if has_text and is_main is not self._other_model_sees:
            self._send_without_pictures()
        else:
            self.step_requested.emit(NextStep.CHOOSE_MODEL.value)

    def _send_without_pictures(self) -> None:
        kept = [each for each in self._page.composer.attachments() if not sent_pictures((each,))]
        self._page.composer.set_attachments(kept)
        self._attachments_changed()
        self._page.composer.send()

    def _make_pasted(self) -> "PastedText":
        from chatdesk.features.chat.ui.composer.pasted_text import (  # noqa: PLC0415 - start-up time: with the first one
            PastedText,
        )

        return PastedText(self._page, self._services.settings, self._add_text, self._change)

    def _make_reading_strip(self) -> "ReadingStrip":
        from chatdesk.features.chat.ui.composer.reading_strip import ReadingStrip  # noqa: PLC0415 - start-up time

        strip = ReadingStrip(self._page)
        strip.acted.connect(self._stop_all)
        return strip

    def _change(self, attachments: Sequence[Attachment]) -> None:
        self.show(attachments)
        self.changed.emit()

    def _make_options(self) -> "DocumentOptions":
        from chatdesk.features.chat.ui.composer.document_options.document_options import (  # noqa: PLC0415 - start-up time
            DocumentOptions,
        )

        options = DocumentOptions(self._page.appearance, self._services.attachments, self._tasks, self._page.composer)
        options.changed.connect(self._replace)
        options.view_requested.connect(self._page.composer.attachment_opened)
        options.recognition_requested.connect(self._recognise)
        options.left_out.connect(self._page.composer.remove_attachment)
        options.enclosed_requested.connect(self._add_enclosed)
        options.refused.connect(lambda sentence: self.refused.emit(sentence, ""))
        return options

    def _add_enclosed(self, document: DocumentPart, files: Sequence[tuple[int, str]]) -> None:
        """Attach files of an e-mail on their own: their indexes in it, and their names."""
        add = self._services.attachments.add_enclosed
        self._begin(
            [
                _Arrival(
                    ArrivingFile(next(self._keys), name, PurePath(name).suffix.lower() in PICTURE_ENDINGS),
                    self._open.page_number,
                    partial(add, document, index),
                    convert=partial(add, document, index, converts=True),
                )
                for index, name in files
            ]
        )

    def _open_option(self, document: DocumentPart, button: "OptionButton") -> None:
        model = self._models.chosen
        self._options.get().open(document, button, model.context_length if model else None)

    def _recognise(self, document: DocumentPart) -> None:
        """Let the text of a document be recognised. It comes back as it was if that fails or is stopped."""
        attachments = self._page.composer.attachments()
        if document in attachments:
            self._page.composer.set_attachments([each for each in attachments if each != document])
            load = partial(self._services.attachments.documents.recognise, document)
            file = ArrivingFile(next(self._keys), document.name)
            self._begin([_Arrival(file, self._open.page_number, load, original=document)])

    def _replace(self, old: DocumentPart, new: DocumentPart) -> None:
        """Replace a document with what the user has chosen of it, unless it was removed in the meantime."""
        attachments = self._page.composer.attachments()
        if old in attachments:
            self._change([new if each == old else each for each in attachments])

    def ask_for_files(self) -> None:
        """Let the user choose files to attach."""
        dialog = self._new_dialog(self.tr("Attach files"))
        dialog.setFileMode(dialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("All files") + " (*)",
                f"{self.tr('Pictures')} ({' '.join(f'*{ending}' for ending in sorted(PICTURE_ENDINGS))})",
            ]
        )
        dialog.open()

    def ask_for_folder(self) -> None:
        """Let the user choose a folder, and then its files."""
        dialog = self._new_dialog(self.tr("Attach a folder"))
        dialog.setFileMode(dialog.FileMode.Directory)
        dialog.setOption(dialog.Option.ShowDirsOnly)
        dialog.open()

    def _new_dialog(self, title: str) -> "QFileDialog":
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide creates a class on first access

        dialog = QFileDialog(
            self._page,
            title,
            str(
                dialog_folder(
                    self._services.settings.get(ATTACH_FOLDER), QStandardPaths.StandardLocation.DocumentsLocation
                )
            ),
        )
        dialog.setObjectName("attachDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._add_chosen)
        return dialog

    def _add_chosen(self, names: Sequence[str]) -> None:
        paths = tuple(map(Path, names))
        if paths:
            self._services.settings.set(ATTACH_FOLDER, str(paths[0].parent))
            self._add(OfferedFiles(paths))

    def _add(self, offered: OfferedFiles) -> None:
        from chatdesk.kernel.documents.kinds import is_source_archive  # noqa: PLC0415 - start-up time

        for path in offered.files:
            if is_source_archive(path.name):
                self._offer_sources(path)
        if offered.files:
            self._begin([self._arrival_of(path) for path in offered.files if not is_source_archive(path.name)])
        else:
            name = self.tr("Picture")
            file = ArrivingFile(next(self._keys), name, is_picture=True)
            self._begin([_Arrival(file, self._open.page_number, lambda _report: self._add_pasted(offered, name))])

    def _arrival_of(self, path: Path) -> _Arrival:
        file = ArrivingFile(next(self._keys), path.name, path.suffix.lower() in PICTURE_ENDINGS)
        load = partial(self._services.attachments.add_file, path)
        return _Arrival(file, self._open.page_number, load, path=path, convert=partial(load, converts=True))

    def _make_sources(self) -> "SourceChoice":
        from chatdesk.features.chat.ui.composer.sources.source_choice import (  # noqa: PLC0415 - start-up time
            SourceChoice,
        )

        sources = SourceChoice(self._page.appearance, self._services.attachments, self._tasks, self._page.composer)
        sources.chosen.connect(self._add_sources)
        sources.documents_chosen.connect(lambda paths: self._add(OfferedFiles(tuple(paths))))
        return sources

    def _offer_sources(self, path: Path) -> None:
        """Let the user choose files of a folder or an archive."""
        model = self._models.chosen
        self._sources.get().offer(path, model.context_length if model else None)

    def _add_sources(self, path: Path, files: Sequence[str]) -> None:
        file = ArrivingFile(next(self._keys), path.name)
        add = self._services.attachments.documents.add_sources
        self._begin([_Arrival(file, self._open.page_number, lambda report: add(path, files, report))])

    def _add_text(self, text: str, name: str, is_wanted: Callable[[Attachment], bool]) -> None:
        """Attach a text, unless it is no longer wanted once it is stored."""
        file = ArrivingFile(next(self._keys), name)
        add = self._services.attachments.documents.add_text
        self._begin([_Arrival(file, self._open.page_number, lambda _report: add(text, name), is_wanted)])

    def _begin(self, arrivals: Sequence[_Arrival]) -> None:
        """Read files for the draft that is shown; those for which there is no space are refused."""
        here = [each for each in self._arrivals if each.page_number == self._open.page_number]
        free = max(0, MAX_ATTACHMENTS - len(self._page.composer.attachments()) - len(here))
        errors = list[ChatdeskError]()
        if len(arrivals) > free:
            errors.append(TooManyAttachments(arrivals[free].file.name, MAX_ATTACHMENTS))
        added = arrivals[:free]
        self._arrivals += added
        for waiting in added[1:]:
            waiting.file = replace(waiting.file, is_waiting=True)
        self._counts[self._open.page_number] += len(added)
        self.show(self._page.composer.attachments())  # at once: a message sent now waits for them
        self.changed.emit()
        self._tasks.start(self._add_all(added, errors, self._open.conversation_id), "attach files")

    async def _add_pasted(self, offered: OfferedFiles, name: str) -> ImagePart:
        data = offered.data
        if offered.image is not None:
            data = await asyncio.to_thread(encoded, offered.image)
        return await self._services.attachments.add_data(data, name)

    async def _add_all(self, added: Sequence[_Arrival], errors: list[ChatdeskError], conversation_id: str) -> None:
        """Store files one after the other in the draft they were added to, whatever chat is shown by then."""
        try:
            for arrival in added:
                attachment = None
                if not arrival.is_stopped:
                    try:
                        attachment = await self._load(arrival)
                    except AttachmentNotAFile as error:
                        if arrival.path and await is_folder(arrival.path):
                            self._offer_sources(arrival.path)
                        else:
                            errors.append(error)
                    except DocumentEncrypted as error:
                        if arrival.path and error.takes_password:
                            self._show_need(arrival, FileNeed.PASSWORD)
                            continue
                        errors.append(error)
                    except DocumentLegacy as error:
                        if arrival.convert and error.is_convertible:
                            self._show_need(arrival, FileNeed.CONVERSION)
                            continue
                        errors.append(error)
                    except ChatdeskError as error:
                        errors.append(error)
                if arrival in self._arrivals:
                    self._arrivals.remove(arrival)
                if arrival.original and attachment is None:
                    # A message that waits for it is not sent.
                    self._show_added(None, arrival.page_number, conversation_id, errors)
                    attachment = arrival.original
                if attachment and not arrival.is_wanted(attachment):
                    attachment = None
                self._show_added(attachment, arrival.page_number, conversation_id, errors)
        finally:
            self._arrivals = [each for each in self._arrivals if each.file.awaits_user or each not in added]
        if errors:
            self._report_errors(errors)

    async def _load(self, arrival: _Arrival) -> Attachment | None:
        """Store a file; return None if the user stopped it."""
        arrival.task = asyncio.ensure_future(arrival.load(partial(self._show_progress, arrival)))
        if arrival.file.is_waiting:
            self._show_file(arrival, replace(arrival.file, is_waiting=False))
        try:
            return await arrival.task
        except asyncio.CancelledError:
            if not arrival.is_stopped:
                arrival.task.cancel()
                raise
            return None

    def _show_progress(self, arrival: _Arrival, progress: ReadingProgress) -> None:
        now = monotonic()
        if now - arrival.reported_at >= REPORT_SECONDS:
            arrival.reported_at = now
            self._show_file(arrival, replace(arrival.file, progress=progress))

    def _show_file(self, arrival: _Arrival, file: ArrivingFile) -> None:
        arrival.file = file
        if arrival.page_number == self._open.page_number:
            self.show(self._page.composer.attachments())

    def _show_need(self, arrival: _Arrival, need: FileNeed) -> None:
        self._show_file(arrival, replace(arrival.file, need=need, progress=ReadingProgress()))

    def _answer_need(self, key: int, button: "OptionButton") -> None:
        """Ask for the password of a file, or let it be converted."""
        arrival = next(each for each in self._arrivals if each.file.key == key)
        if arrival.file.need is FileNeed.CONVERSION and arrival.convert:
            arrival.load = arrival.convert
            self._show_need(arrival, FileNeed.NOTHING)
            self._tasks.start(self._add_all([arrival], [], self._open.conversation_id), "convert a file")
        else:
            self._ask_for_password(arrival, button)

    def _ask_for_password(self, arrival: _Arrival, button: "OptionButton") -> None:
        from chatdesk.features.chat.ui.composer.document_options.password_popup import (  # noqa: PLC0415 - start-up time
            PasswordPopup,
        )

        popup = PasswordPopup(self._page.appearance, self._page.composer, arrival.file.name)
        popup.entered.connect(lambda password: self._tasks.start(self._unlock(arrival, password, popup), "unlock"))
        popup.open_beside(button)

    async def _unlock(self, arrival: _Arrival, password: str, popup: "PasswordPopup") -> None:
        """Read a file with its password; ask again if it is wrong."""
        if arrival not in self._arrivals or arrival.path is None:
            return
        add, path = self._services.attachments.add_file, arrival.path

        def report(progress: ReadingProgress) -> None:
            popup.close_unlocked()
            self._show_progress(arrival, progress)

        arrival.load = lambda _report: add(path, report, password)
        self._show_need(arrival, FileNeed.NOTHING)
        await self._add_all([arrival], [], self._open.conversation_id)
        if arrival in self._arrivals:
            popup.show_wrong()
        else:
            popup.close_unlocked()

    def _stop(self, key: int) -> None:
        self._stop_these([each for each in self._arrivals if each.file.key == key])

    def _stop_all(self) -> None:
        self._stop_these([each for each in self._arrivals if each.page_number == self._open.page_number])

    def _stop_these(self, arrivals: Sequence[_Arrival]) -> None:
        for arrival in arrivals:
            arrival.is_stopped = True
            self._arrivals.remove(arrival)
            self._counts[arrival.page_number] -= not arrival.file.awaits_user
            if arrival.task:
                arrival.task.cancel()
        self.show(self._page.composer.attachments())
        self._page.composer.focus()

    def _show_added(
        self, attachment: Attachment | None, page_number: int, conversation_id: str, errors: list[ChatdeskError]
    ) -> None:
        if page_number == self._open.page_number:
            shown = self._page.composer.attachments()
            if isinstance(attachment, ImagePart) and len(pictures_in(shown)) >= MAX_PICTURES:
                errors.append(TooManyPictures(attachment.name, MAX_PICTURES))
                attachment = None
            self.show((*shown, attachment) if attachment and attachment not in shown else shown)
            self.changed.emit()
        elif attachment:
            draft = self._drafts.of(conversation_id).before(Draft("", (attachment,)))
            self._drafts.save(conversation_id, draft)

    def _report_errors(self, errors: Iterable[ChatdeskError]) -> None:
        sentences = list(dict.fromkeys(describe_error(error).sentence for error in errors))
        self.refused.emit(sentences[0], "\n".join(sentences[1:_MAX_SENTENCES]))

    def _offer_to_restore(self, attachment: Attachment, index: int) -> None:
        page_number, conversation_id = self._open.page_number, self._open.conversation_id

        def restore() -> None:
            is_shown = page_number == self._open.page_number
            draft = self._drafts.of(conversation_id)
            attachments = [*(self._page.composer.attachments() if is_shown else draft.attachments)]
            if attachment in attachments:
                return
            attachments.insert(index, attachment)
            if is_shown:
                self._change(attachments)
            else:
                self._drafts.save(conversation_id, replace(draft, attachments=tuple(attachments)))

        self.undo_offered.emit(self.tr("{name} removed").format(name=attachment.name or self.tr("Picture")), restore)

    def _attachments_changed(self) -> None:
        self.show_notice()
        self.changed.emit()


def cannot_see_text(model: Model) -> str:
    """Return the sentence that a model cannot see pictures."""
    return describe_error(PicturesRefused(model=model.name)).sentence


def encoded(image: QImage) -> bytes:
    """Return the pixels of a picture as a PNG file."""
    from chatdesk.ui_kit.pictures.preparing import (  # noqa: PLC0415 - start-up time: only with the first pasted picture
        encode_png,
    )

    return encode_png(image)
