"""Asks before a large model is deleted, and says what that frees."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.model import Model
from chatdesk.services.model_management import Freed
from chatdesk.ui.guide.guide_words import download_size
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import ButtonKind
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.sheet import Sheet, SheetKind

_MOST_NAMES = 5


class DeletionSheet(Sheet):
    """`confirmed`: the model shall be deleted."""

    confirmed = Signal()

    def __init__(self, appearance: Appearance, window: QWidget, model: Model, freed: Freed) -> None:
        heading = self.tr("Delete {model}?").format(model=plain_line(model.ref.model_id))
        super().__init__(appearance, window, SheetKind.QUESTION, heading)
        self.setObjectName("deleteModel")
        self.body.addWidget(Label(appearance, "ui", "textSecondary", text=self._consequence(freed), wrap=True))
        self.add_button(self.tr("Cancel"), ButtonKind.PLAIN).clicked.connect(self.cancel)
        size = self.tr("0 MB") if freed.kept_by else download_size(freed.size)
        delete = self.add_button(self.tr("Delete (frees {size})").format(size=size), ButtonKind.DANGER)
        delete.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        self.leave()
        self.confirmed.emit()

    def _consequence(self, freed: Freed) -> str:
        if freed.kept_by:
            names = [plain_line(ref.model_id) for ref in freed.kept_by[:_MOST_NAMES]]
            names += ["…"] if len(freed.kept_by) > _MOST_NAMES else []
            words = self.tr("This frees no space: the weights stay for {models}.")
            return words.format(models=QLocale().createSeparatedList(names))
        size = download_size(freed.size)
        words = (
            self.tr("This frees {size}. To use it again, it has to be downloaded or made again.")
            if freed.is_known
            else self.tr("This frees up to {size}. To use it again, it has to be downloaded or made again.")
        )
        return words.format(size=size)
