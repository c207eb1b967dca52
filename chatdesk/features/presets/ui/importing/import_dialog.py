"""Import dialog: shows the progress of reading, the presets to choose from, and the progress of writing.

The dialog itself does not read or write; its opener does and reports the progress.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.services.preset_sharing import ImportPreview, Resolution
from chatdesk.features.presets.ui.importing.import_choices import ImportChoices
from chatdesk.features.presets.ui.importing.import_list import ImportList
from chatdesk.features.presets.ui.importing.import_texts import refusals_text, skipped_text
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow

_RESOLUTIONS = (Resolution.ADD, Resolution.REPLACE, Resolution.SKIP)
_MAX_HEIGHT_SHARE = 0.85
"""Maximum height relative to the window."""


class ImportDialog(Translated, QDialog):
    """Open it, then call `show_reading` and `show_preview`. Closing it cancels a running operation. Deletes itself on close."""

    import_requested = Signal(list)
    """Pairs of an offer and its resolution."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window
        self._choices: ImportChoices | None = None
        self._preview = ImportPreview()
        self.setObjectName("importDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Label(appearance, "title", "text", self)
        self._refused = Notice(appearance, self, NoticeKind.WARNING)
        self._refused.setObjectName("importRefused")
        self._head = QWidget(self)
        self._all = QCheckBox(self._head)
        self._all.setObjectName("importAll")
        self._all.clicked.connect(self._choose_all)
        self._conflict_label = Label(appearance, "ui", "textSecondary", self._head)
        self._conflicts = QComboBox(self._head)
        self._conflicts.setObjectName("importConflicts")
        self._conflicts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._conflicts.activated.connect(self._resolve)
        self._list = ImportList(appearance, self)
        self._skipped = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._work = WorkRow(appearance, self)
        self._work.cancelled.connect(self.reject)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("importFailure")
        self._cancel = Button(appearance, "", parent=self)
        self._cancel.setObjectName("importCancel")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._import = Button(appearance, "", ButtonKind.FILLED, self)
        self._import.setObjectName("importButton")
        self._import.setDefault(True)
        self._import.clicked.connect(self._ask)
        self._arrange()
        self._show_state(working=True)

    def show_reading(self, count: int) -> None:
        """Show that this number of files is being read."""
        self._show_state(working=True)
        self._work.show_work(self.tr("Reading %n file(s)…", "", count))

    def show_share(self, share: float) -> None:
        """Show the progress of reading or writing, from 0 to 1."""
        self._work.set_share(share)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show the presets for selection."""
        self._preview = preview
        self._choices = ImportChoices(preview.offers, self)
        self._choices.changed.connect(self._show_counts)
        self._list.show_choices(self._choices)
        self._show_state(working=False)
        (self._import if preview.offers else self._cancel).setFocus()
        self._fit()

    def show_writing(self) -> None:
        """Show that the selected presets are being written."""
        self._show_state(working=True)
        self._work.show_work(self.tr("Importing…"))

    def show_failure(self, text: str) -> None:
        """Show why writing failed; nothing was changed, and the user can try again."""
        self._failure.show_text(text)
        self._show_state(working=False)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        choices = QHBoxLayout(self._head)
        choices.setContentsMargins(theme.length("l"), 0, theme.length("l"), 0)
        choices.setSpacing(theme.length("s"))
        choices.addWidget(self._all)
        choices.addStretch(1)
        choices.addWidget(self._conflict_label)
        choices.addWidget(self._conflicts)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.length("s"))
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._import)
        bar, gap = theme.length("scrollTrack"), theme.length("m")
        above, below = QVBoxLayout(), QVBoxLayout()
        for part in (self._title, self._refused, self._head):
            above.addWidget(part)
        for part in (self._skipped, self._failure, self._work):
            below.addWidget(part)
        below.addLayout(buttons)
        column = QVBoxLayout(self)
        margin = theme.length("xxl")
        column.setContentsMargins(margin, margin, margin - bar, margin)
        column.addLayout(above)
        column.addWidget(self._list, 1)
        column.addLayout(below)
        for layout in (above, below):
            layout.setContentsMargins(0, 0, bar, 0)  # the scroll bar of the list extends beyond these layouts
        for layout in (column, above, below):
            layout.setSpacing(gap)
        self.setMinimumWidth(min(theme.length("paletteWidth"), self._window.width() - theme.length("page")))

    def _fit(self) -> None:
        """Fit the height to the content up to a maximum, and center the dialog in the window."""
        window, layout = self._window, self.layout()
        most = round(window.height() * _MAX_HEIGHT_SHARE)
        if layout and self._preview.offers:
            self.resize(self.width(), most)
            layout.activate()
            self.resize(self.width(), most - max(self._list.height() - self._list.needed_height(), 0))
        elif layout:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        corner = window.mapToGlobal(window.rect().center()) - self.rect().center()
        self.move(corner.x(), max(corner.y(), window.mapToGlobal(window.rect().topLeft()).y()))

    def _show_state(self, *, working: bool) -> None:
        """Show the widgets for the current state."""
        asks = bool(self._preview.offers) and not working
        self._work.setVisible(working)
        self._list.setVisible(asks)
        self._head.setVisible(asks and len(self._preview.offers) > 1)
        conflicts = self._choices.conflicts if self._choices else 0
        for part in (self._conflict_label, self._conflicts):
            part.setVisible(conflicts > 1)
        self._import.setVisible(asks)
        self._cancel.setVisible(not working)
        self._retranslate()
        for notice in (self._refused, self._skipped, self._failure):
            notice.setVisible(not working and bool(notice.text()))

    def _show_counts(self) -> None:
        choices = self._choices
        if choices is None:
            return
        count, total = choices.count, len(choices.offers)
        partly = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self._all.setCheckState(Qt.CheckState.Checked if count == total else partly)
        self._import.setText(self.tr("Import %n preset(s)", "", count) if count else self.tr("Import"))
        self._import.setEnabled(count > 0)

    def _choose_all(self) -> None:
        if self._choices:
            self._choices.set_all_selected(selected=self._choices.count < len(self._choices.offers))

    def _resolve(self, index: int) -> None:
        if self._choices:
            self._choices.resolve_conflicts(_RESOLUTIONS[index])

    def _ask(self) -> None:
        if self._choices and self._choices.count:
            self.import_requested.emit(self._choices.resolved())

    def _retranslate(self) -> None:
        preview = self._preview
        self.setWindowTitle(self.tr("Import presets"))
        nothing = self._choices is not None and not preview.offers
        self._title.set_text(self.tr("There is nothing to import") if nothing else self.windowTitle())
        self._refused.show_text(refusals_text(preview.refused))
        self._skipped.set_text(skipped_text(preview.skipped))
        self._all.setText(self.tr("All %n preset(s)", "", len(preview.offers)))
        conflicts = self._choices.conflicts if self._choices else 0
        self._conflict_label.set_text(self.tr("%n name(s) already in use:", "", conflicts))
        index = max(self._conflicts.currentIndex(), 0)
        self._conflicts.clear()
        self._conflicts.addItems([self.tr("Keep both"), self.tr("Replace"), self.tr("Skip")])
        self._conflicts.setCurrentIndex(index)
        self._conflicts.setAccessibleName(self._conflict_label.text())
        self._cancel.setText(self.tr("Cancel") if preview.offers or self._choices is None else self.tr("Close"))
        self._show_counts()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)
