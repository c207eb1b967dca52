"""The presets of an import, one below the other. Rows are made as they come into sight: there may be two thousand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.importing.import_choices import ImportChoices
from chatdesk.features.presets.ui.importing.import_row import ImportRow
from chatdesk.ui_kit.forms.row_card import RowCard
from chatdesk.ui_kit.style.appearance import Appearance

_AT_ONCE = 30


class ImportList(QScrollArea):
    """Empty until it is given choices."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._choices: ImportChoices | None = None
        self._made = 0
        self._content = QWidget()
        self._card = RowCard(appearance, self._content)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # see ui_kit/forms/section_page.py
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        self.verticalScrollBar().valueChanged.connect(self._make_rows)
        self.verticalScrollBar().rangeChanged.connect(self._make_rows)

    def show_choices(self, choices: ImportChoices) -> None:
        """Show these."""
        self._choices = choices
        self._make_rows()

    def wanted_height(self) -> int:
        """Return how high it is with all rows that are made in sight."""
        width = self.viewport().width()
        layout = self._content.layout()
        return (
            layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else self._content.sizeHint().height()
        )

    def _make_rows(self) -> None:
        """Make the next rows if the last one made is nearly in sight."""
        bar = self.verticalScrollBar()
        if self._choices is None or bar.maximum() - bar.value() > self.viewport().height():
            return
        last = min(self._made + _AT_ONCE, len(self._choices.offers))
        for number in range(self._made, last):
            self._card.add_row(ImportRow(self._appearance, self._choices, number, self._card))
        self._made = last

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill what there is to see."""
        super().resizeEvent(event)
        self._make_rows()
