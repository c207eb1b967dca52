"""Asks before a large model is deleted, and says what that frees."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.services.model_management import Freed
from chatdesk.features.models.ui.guide.guide_words import download_size
from chatdesk.features.models.ui.management.deletion_words import weights_stay
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_line import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


class DeletionSheet(Sheet):
    """`confirmed`: the model shall be deleted. `name_of` returns what a model is called."""

    confirmed = Signal()

    def __init__(
        self, appearance: Appearance, window: QWidget, model: Model, freed: Freed, name_of: Callable[[ModelRef], str]
    ) -> None:
        name, model_id = name_of(model.ref), plain_line(model.ref.model_id)
        super().__init__(appearance, window, SheetKind.QUESTION, self.tr("Delete {model}?").format(model=name))
        self.heading.setToolTip(model_id if model_id != name else "")
        self.setObjectName("deleteModel")
        self.body.addWidget(Label(appearance, "ui", "textSecondary", text=self._consequence(freed, name_of), wrap=True))
        self.add_button(self.tr("Cancel"), ButtonKind.PLAIN).clicked.connect(self.cancel)
        size = self.tr("0 MB") if freed.kept_by else download_size(freed.size)
        delete = self.add_button(self.tr("Delete (frees {size})").format(size=size), ButtonKind.DANGER)
        delete.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        self.leave()
        self.confirmed.emit()

    def _consequence(self, freed: Freed, name_of: Callable[[ModelRef], str]) -> str:
        if words := weights_stay(freed, name_of):
            return words
        size = download_size(freed.size)
        words = (
            self.tr("This frees {size}. To use it again, it has to be downloaded or made again.")
            if freed.is_known
            else self.tr("This frees up to {size}. To use it again, it has to be downloaded or made again.")
        )
        return words.format(size=size)
