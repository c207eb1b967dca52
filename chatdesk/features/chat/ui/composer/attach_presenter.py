"""Connects the composer with the attachment service: file dialog, pasted and dropped pictures, problems with pictures.

`send_presenter.py` sends messages.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_memory import CurrentChat, Drafts
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.composer.offered_pictures import OfferedPictures
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.kernel.chat.attachments import MAX_PICTURES
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.errors.attachment_errors import TooManyPictures
from chatdesk.kernel.errors.base import ChatdeskError, PicturesRefused
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.files.file_saver import dialog_folder
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.tasks import Tasks

_MAX_SENTENCES = 3

LoadPicture = Callable[[], Awaitable[ImagePart]]
"""Stores one picture and returns it."""


class AttachPresenter(QObject):
    """Handles the pictures of the composer.

    `refused` carries a message about pictures that are not added, and further ones.
    """

    refused = Signal(str, str)
    changed = Signal()
    """The pictures have changed: save the draft."""
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
        self._adding: dict[int, list[str]] = {}
        """The names of the pictures being read, by page number."""
        composer = page.composer
        composer.attach_requested.connect(self._ask_for_files)
        composer.pictures_offered.connect(self._add)
        composer.pictures_changed.connect(self._pictures_changed)
        composer.emptied_or_filled.connect(self.show_notice)
        models.chosen_changed.connect(self.show_notice)

    def show(self, pictures: Sequence[ImagePart]) -> None:
        """Show these pictures with the draft."""
        self._page.composer.set_pictures(pictures, self._adding.get(self._open.page_number, ()))
        self.show_notice()

    def show_notice(self) -> None:
        """Show or hide the notice that the chosen model cannot see the pictures, and what can be done."""
        model, pictures = self._models.chosen, self._page.composer.pictures()
        if model is None or not pictures or model.can_see is not False:
            if self._notice:
                self._notice.hide()
            return
        if self._notice is None:
            self._notice = self._new_notice()
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
        if not draft.pictures or model.can_see is not False:
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
        has_text = bool(self._page.composer.text().strip())
        if has_text and is_main is not self._other_model_sees:
            self._send_without_pictures()
        else:
            self.step_requested.emit(NextStep.CHOOSE_MODEL.value)

    def _send_without_pictures(self) -> None:
        self._page.composer.set_pictures(())
        self._pictures_changed()
        self._page.composer.send()

    def _ask_for_files(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide creates a class on first access

        dialog = QFileDialog(
            self._page,
            self.tr("Attach pictures"),
            str(
                dialog_folder(
                    self._services.settings.get(ATTACH_FOLDER), QStandardPaths.StandardLocation.PicturesLocation
                )
            ),
        )
        dialog.setObjectName("attachDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp *.gif)", self.tr("All files") + " (*)"]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._add_chosen)
        dialog.open()

    def _add_chosen(self, names: Sequence[str]) -> None:
        paths = tuple(map(Path, names))
        if paths:
            self._services.settings.set(ATTACH_FOLDER, str(paths[0].parent))
            self._add(OfferedPictures(paths))

    def _add(self, offered: OfferedPictures) -> None:
        attachments = self._services.attachments
        loaders: list[tuple[str, LoadPicture]] = [
            (path.name, partial(attachments.add_file, path)) for path in offered.files
        ]
        if not loaders:
            name = self.tr("Picture")
            loaders = [(name, partial(self._add_pasted, offered, name))]
        errors = list[ChatdeskError]()
        adding = self._adding.setdefault(self._open.page_number, [])
        remaining = max(0, MAX_PICTURES - len(self._page.composer.pictures()) - len(adding))
        if len(loaders) > remaining:
            errors.append(TooManyPictures(loaders[remaining][0], MAX_PICTURES))
        adding += (name for name, _ in loaders[:remaining])
        self.show(self._page.composer.pictures())  # at once: a message sent now waits for them
        self._tasks.start(
            self._add_all(loaders[:remaining], errors, self._open.page_number, self._open.conversation_id),
            "attach pictures",
        )

    async def _add_pasted(self, offered: OfferedPictures, name: str) -> ImagePart:
        data = offered.data
        if offered.image is not None:
            data = await asyncio.to_thread(_encoded, offered.image)
        return await self._services.attachments.add_data(data, name)

    async def _add_all(
        self,
        loaders: Sequence[tuple[str, LoadPicture]],
        errors: list[ChatdeskError],
        page_number: int,
        conversation_id: str,
    ) -> None:
        """Store pictures one after the other in the draft they were added to, whatever chat is shown by then."""
        adding = self._adding[page_number]
        try:
            for name, loader in loaders:
                picture = None
                try:
                    picture = await loader()
                except ChatdeskError as error:
                    errors.append(error)
                finally:
                    adding.remove(name)
                self._show_added(picture, page_number, conversation_id)
        finally:
            for name, _ in loaders:
                if name in adding:
                    adding.remove(name)
            if not adding:
                self._adding.pop(page_number, None)
        if errors:
            self._report_errors(errors)

    def _show_added(self, picture: ImagePart | None, page_number: int, conversation_id: str) -> None:
        if page_number == self._open.page_number:
            shown = self._page.composer.pictures()
            self.show((*shown, picture) if picture and picture not in shown else shown)
            self.changed.emit()
        elif picture:
            self._drafts.save(conversation_id, self._drafts.of(conversation_id).before(Draft("", (picture,))))

    def _report_errors(self, errors: Iterable[ChatdeskError]) -> None:
        sentences = list(dict.fromkeys(describe_error(error).sentence for error in errors))
        self.refused.emit(sentences[0], "\n".join(sentences[1:_MAX_SENTENCES]))

    def _pictures_changed(self) -> None:
        self.show_notice()
        self.changed.emit()


def cannot_see_text(model: Model) -> str:
    """Return the sentence that a model cannot see pictures."""
    return describe_error(PicturesRefused(model=model.name)).sentence


def _encoded(image: QImage) -> bytes:
    from chatdesk.ui_kit.pictures.preparing import (  # noqa: PLC0415 - start-up time: only with the first pasted picture
        encode_png,
    )

    return encode_png(image)
