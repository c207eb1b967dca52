"""Downloads of other models in the guide: a field for their names, and the downloads that are not variants of the guide."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.models.ui.downloads.name_field import NameField
from chatdesk.features.models.ui.downloads.pull_rows import PullRows, ShownPull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label


class OtherModels(Translated, QWidget):
    """Field and downloads. `named` carries the entered name; `rows` has the signals of the downloads."""

    named = Signal(str)
    doctor_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(appearance, "ui", "text", self, strong=True)
        self._field = NameField(appearance, self)
        self._field.named.connect(self.named)
        self._field.doctor_requested.connect(self.doctor_requested)
        self.rows = PullRows(appearance, self)
        self.rows.near_requested.connect(self._get_near)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.theme.length("s"))
        for part in (self._title, self._field, self.rows):
            column.addWidget(part)
        self._retranslate()

    def show_pulls(self, pulls: Sequence[Pull], *, can_get: bool) -> None:
        """Show the downloads."""
        self._field.set_can_get(can_get=can_get)
        self.rows.show_pulls([ShownPull(pull, can_get) for pull in pulls])

    def enter_name(self, name: str) -> None:
        """Enter the name of a model, and focus it."""
        self._field.enter(name)

    def _get_near(self, ref: ModelRef, near: str) -> None:
        self.rows.cancelled.emit(ref)
        self.named.emit(near)

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Another model"))
