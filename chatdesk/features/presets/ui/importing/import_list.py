"""List of the presets to import. Rows are created when they become visible because there can be two thousand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.presets.services.preset_sharing import Conflict
from chatdesk.features.presets.ui.importing.import_choices import ImportChoices
from chatdesk.features.presets.ui.importing.import_texts import notes_text
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag

_MAX_EXCERPT_LENGTH = 150


class ImportRow(Translated, QWidget):
    """Row for one preset: a check box, its first words, notes about lost content, and the resolution of a name conflict.

    Shows and changes the choice with index `number`.
    """

    def __init__(
        self, appearance: Appearance, choices: ImportChoices, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._number = number
        self._offer = choices.offers[number]
        candidate = self._offer.candidate
        self._check = QCheckBox(self)
        self._check.setObjectName("importCheck")
        self._check.clicked.connect(lambda checked: choices.set_selected(number, selected=checked))
        self._name = Label(
            appearance, "ui", "text", self, text=plain_line(candidate.preset.name), strong=True, elide=True
        )
        self._tag = Tag(appearance, candidate.format, parent=self)
        self._tag.setToolTip(candidate.file)
        self._excerpt = Label(appearance, "ui", "textSecondary", self, text=excerpt_of(candidate.preset), wrap=True)
        self._notes = Label(appearance, "caption", "warning", self, wrap=True)
        self._existing_label = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._box = QComboBox(self)
        self._box.setObjectName("importConflict")
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._box.activated.connect(lambda index: choices.set_replaces(number, replaces=index == 1))
        self._box.setVisible(self._offer.conflict in {Conflict.SAME_NAME, Conflict.IMPORTED})
        self._arrange(appearance)
        choices.changed.connect(self._show_choice)
        self._retranslate()

    def _arrange(self, appearance: Appearance) -> None:
        theme = appearance.theme
        head = QHBoxLayout()
        head.setSpacing(theme.length("s"))
        head.addWidget(self._name)
        head.addWidget(self._tag)
        head.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.length("hair"))
        column.addLayout(head)
        for label in (self._excerpt, self._existing_label, self._notes):
            column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.length("l"), theme.length("m"), theme.length("l"), theme.length("m"))
        row.setSpacing(theme.length("m"))
        row.addWidget(self._check, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self._box)

    def _show_choice(self) -> None:
        selected = self._choices.is_selected(self._number)
        self._check.setChecked(selected)
        self._box.setCurrentIndex(int(self._choices.replaces(self._number)))
        self._box.setEnabled(selected)

    def _retranslate(self) -> None:
        name = self._name.text()
        self._check.setAccessibleName(name)
        self._check.setAccessibleDescription(self._excerpt.text())
        self._box.clear()
        self._box.addItems([self.tr("Keep both"), self.tr("Replace")])
        self._box.setAccessibleName(self.tr("Name already in use: {name}").format(name=name))
        existing = {
            Conflict.NONE: "",
            Conflict.SAME_NAME: self.tr("You already have a preset with this name"),
            Conflict.IDENTICAL: self.tr("You already have this preset"),
            Conflict.IMPORTED: self.tr("You already have this preset, with other content"),
        }[self._offer.conflict]
        notes = notes_text(self._offer.candidate.notes)
        for label, text in ((self._existing_label, existing), (self._notes, notes)):
            label.set_text(text)
            label.setVisible(bool(text))
        self._show_choice()


def excerpt_of(preset: Preset) -> str:
    """Return the beginning of the text of a preset as a single line."""
    text = preset.prompt or preset.question or preset.greeting
    line = plain_line(text[: 2 * _MAX_EXCERPT_LENGTH])
    return line if len(line) <= _MAX_EXCERPT_LENGTH else f"{line[:_MAX_EXCERPT_LENGTH].rstrip()}…"


_BATCH_SIZE = 30


class ImportList(QScrollArea):
    """Empty until `show_choices` is called. `content_changed`: rows were added, or need another height."""

    content_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._choices: ImportChoices | None = None
        self._made = 0
        self._content = QWidget()
        self._card = RowCard(appearance, self._content, fill="page")
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
        """Show the presets of these choices."""
        self._choices = choices
        self._make_rows()

    def needed_height(self) -> int:
        """Return the height needed to show all created rows."""
        width = self.viewport().width()
        layout = self._content.layout()
        return (
            layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else self._content.sizeHint().height()
        )

    def _make_rows(self) -> None:
        """Create more rows when the last one is nearly visible."""
        bar = self.verticalScrollBar()
        if self._choices is None or bar.maximum() - bar.value() > self.viewport().height():
            return
        last = min(self._made + _BATCH_SIZE, len(self._choices.offers))
        for number in range(self._made, last):
            self._card.add_row(ImportRow(self._appearance, self._choices, number, self._card))
        self._made = last
        self.content_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_rows()
        if event.size().width() != event.oldSize().width():
            self.content_changed.emit()
