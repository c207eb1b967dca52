"""Other versions of the sentence one stands in: asks for them, shows them under it, and puts the chosen one in its place."""

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from chatdesk.features.translation.domain.sentences import Span
from chatdesk.features.translation.services.translation import Translation
from chatdesk.features.translation.ui.desk_models import DeskModels
from chatdesk.features.translation.ui.rows_view import RowsView
from chatdesk.features.translation.ui.versions_popup import VersionsPopup
from chatdesk.kernel.errors.base import ChatdeskError, ModelNotFound
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


class SentenceVersions(QObject):
    """An answer that comes when another sentence is asked about, or the popup is closed, is dropped."""

    replaced = Signal()
    """A sentence has another version now."""

    def __init__(
        self,
        appearance: Appearance,
        rows: RowsView,
        translation: Translation,
        models: DeskModels,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._translation = translation
        self._models = models
        self._tasks = tasks
        self._asked = (-1, Span(0, 0))
        self._sentence = ""
        self.popup = VersionsPopup(appearance, parent)
        self.popup.wanted.connect(self._ask)
        self.popup.chosen.connect(self._take)

    def open(self) -> None:
        """Open under the sentence with the cursor, in the row that had the keyboard last."""
        self._rows.keep()
        view, row = self._rows.view_of(self._rows.current), self._translation.desk.row(self._rows.current)
        span = view.result.sentence() if view else None
        if view is None or row is None or span is None:
            return
        edit = view.result
        place = edit.cursorRect(QTextCursor(edit.textCursor()))
        corner = edit.viewport().mapToGlobal(QPoint(0, place.top()))
        self._asked = (row.number, span)
        self._sentence = row.result[span.start : span.end]
        self.popup.open_for(QRect(corner, place.size()), self._sentence)

    def _ask(self) -> None:
        self.popup.wait()
        self._tasks.start(self._find(), "other versions of a sentence")

    async def _find(self) -> None:
        number, span = asked = self._asked
        try:
            if self._models.chosen is None:
                raise ModelNotFound
            versions = await self._translation.versions(self._models.chosen.ref, number, span)
        except ChatdeskError as error:
            if self._waits_for(asked):
                self.popup.show_error(error)
            return
        if self._waits_for(asked):
            self.popup.show_versions(versions)

    def _waits_for(self, asked: tuple[int, Span]) -> bool:
        return self.popup.isVisible() and asked == self._asked

    def _take(self, text: str) -> None:
        number, span = self._asked
        row = self._translation.desk.row(number)
        if row is None or row.result[span.start : span.end] != self._sentence:
            return  # the row was translated anew meanwhile
        self._translation.desk.replace_sentence(number, span, text)
        self._rows.go_to(number, result=True)
        self.replaced.emit()
