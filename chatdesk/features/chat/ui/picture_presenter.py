"""Connects the transcript's pictures with the service that fetches them: a person asked for each."""

from PySide6.QtCore import QObject

from chatdesk.features.chat.services.late_pictures import LatePictures
from chatdesk.features.chat.ui.late_transcript import LateTranscript
from chatdesk.kernel.chat.pictures import PictureUnavailable
from chatdesk.ui_kit.tasks import Tasks


class PicturePresenter(QObject):
    """Lives as long as its parent."""

    def __init__(self, transcript: LateTranscript, pictures: LatePictures, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._pictures = pictures
        self._tasks = tasks
        transcript.when_made(lambda view: view.picture_wanted.connect(self._load))

    def _load(self, source: str, address: str) -> None:
        self._tasks.start(self._fetch(source, address), "picture")

    async def _fetch(self, source: str, address: str) -> None:
        try:
            data = await self._pictures.load(address)
        except PictureUnavailable as unavailable:
            self._transcript.view.refuse_picture(source, unavailable.failure)
        else:
            self._transcript.view.show_picture(source, data)
