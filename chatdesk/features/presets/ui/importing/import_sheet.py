"""Import sheet: shows the progress of reading, the presets to choose from, and the progress of writing.

The sheet itself does not read or write; its opener does and reports the progress.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from chatdesk.features.presets.services.preset_sharing import ImportPreview, Resolution
from chatdesk.features.presets.ui.importing.import_choices import ImportChoices
from chatdesk.features.presets.ui.importing.import_list import ImportList
from chatdesk.features.presets.ui.importing.import_texts import chats_text, refusals_text, skipped_text
from chatdesk.kernel.presets.preset_import import ImportProblem
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_RESOLUTIONS = (Resolution.ADD, Resolution.REPLACE, Resolution.SKIP)
_LIST_SHARE = 0.5
"""Maximum height of the list relative to the window; beyond that it scrolls."""


class ImportSheet(Sheet):
    """Open it, then call `show_reading` and `show_preview`. Closing it cancels a running operation."""

    import_requested = Signal(list)
    """Pairs of an offer and its resolution."""
    chats_requested = Signal(tuple)
    """Import the chats in these files instead, given by their names."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(appearance, window, SheetKind.FORM)
        self._choices: ImportChoices | None = None
        self._preview = ImportPreview()
        self.setObjectName("importSheet")
        self._refused = Notice(appearance, self, NoticeKind.WARNING)
        self._refused.setObjectName("importRefused")
        self._refused.acted.connect(self._leave_for_chats)
        self._choice_row = QWidget(self)
        self._all = QCheckBox(self._choice_row)
        self._all.setObjectName("importAll")
        self._all.clicked.connect(self._choose_all)
        self._conflict_label = Label(appearance, "ui", "textSecondary", self._choice_row)
        self._conflicts = QComboBox(self._choice_row)
        self._conflicts.setObjectName("importConflicts")
        self._conflicts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._conflicts.activated.connect(self._resolve)
        self._list = ImportList(appearance, self)
        self._list.content_changed.connect(self._fit_list)
        self._skipped = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._chats = Notice(appearance, self, NoticeKind.PLAIN)
        self._chats.setObjectName("importChatsBeside")
        self._chats.acted.connect(self._leave_for_chats)
        self._work = WorkRow(appearance, self)
        self._work.cancelled.connect(self.cancel)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("importFailure")
        self._dismiss = self.add_button("")
        self._dismiss.setObjectName("importCancel")
        self._dismiss.clicked.connect(self.cancel)
        self._import = self.add_button("", ButtonKind.FILLED)
        self._import.setObjectName("importButton")
        self._import.clicked.connect(self._ask)
        theme = appearance.theme
        choices = QHBoxLayout(self._choice_row)
        choices.setContentsMargins(theme.length("l"), 0, theme.length("l"), 0)
        choices.setSpacing(theme.length("s"))
        choices.addWidget(self._all)
        choices.addStretch(1)
        choices.addWidget(self._conflict_label)
        choices.addWidget(self._conflicts)
        self.body.setSpacing(theme.length("m"))
        for part in (
            self._refused,
            self._choice_row,
            self._list,
            self._skipped,
            self._chats,
            self._failure,
            self._work,
        ):
            self.body.addWidget(part)
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
        (self._import if preview.offers else self._dismiss).setFocus()
        self.start()

    def show_writing(self) -> None:
        """Show that the selected presets are being written."""
        self._show_state(working=True)
        self._work.show_work(self.tr("Importing…"))

    def show_failure(self, text: str) -> None:
        """Show why writing failed; nothing was changed, and the user can try again."""
        self._failure.show_text(text)
        self._show_state(working=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        self._list.setFixedHeight(min(self._list.needed_height(), round(self._window.height() * _LIST_SHARE)))

    def _show_state(self, *, working: bool) -> None:
        """Show the widgets for the current state."""
        asks = bool(self._preview.offers) and not working
        self._work.setVisible(working)
        self._list.setVisible(asks)
        self._choice_row.setVisible(asks and len(self._preview.offers) > 1)
        conflicts = self._choices.conflicts if self._choices else 0
        for part in (self._conflict_label, self._conflicts):
            part.setVisible(conflicts > 1)
        self._import.setVisible(asks)
        self._dismiss.setVisible(not working)
        self._retranslate()
        for notice in (self._refused, self._skipped, self._chats, self._failure):
            notice.setVisible(not working and bool(notice.text()))
        self.foot.fit()

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

    def _leave_for_chats(self) -> None:
        preview = self._preview
        only = [each.file for each in preview.refused if each.problem is ImportProblem.CHATS]
        self.chats_requested.emit((*only, *(each.file for each in preview.chats)))

    def _retranslate(self) -> None:
        preview = self._preview
        super()._retranslate()
        nothing = self._choices is not None and not preview.offers
        self.set_heading(self.tr("There is nothing to import") if nothing else self.tr("Import presets"))
        has_chats = any(each.problem is ImportProblem.CHATS for each in preview.refused)
        self._refused.show_text(refusals_text(preview.refused), self.tr("Import chats…") if has_chats else "")
        self._skipped.set_text(skipped_text(preview.skipped))
        self._chats.show_text(chats_text(preview.chats), self.tr("Import chats…"))
        self._all.setText(self.tr("All %n preset(s)", "", len(preview.offers)))
        conflicts = self._choices.conflicts if self._choices else 0
        self._conflict_label.set_text(self.tr("%n name(s) already in use:", "", conflicts))
        index = max(self._conflicts.currentIndex(), 0)
        self._conflicts.clear()
        self._conflicts.addItems([self.tr("Keep both"), self.tr("Replace"), self.tr("Skip")])
        self._conflicts.setCurrentIndex(index)
        self._conflicts.setAccessibleName(self._conflict_label.text())
        self._dismiss.setText(self.tr("Cancel") if preview.offers or self._choices is None else self.tr("Close"))
        self._show_counts()
