"""All versions of what is shown, and how one of them differs from another. Nothing runs because one is looked at here."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from chatdesk.features.previews.ui.versions.difference_list import DifferenceList
from chatdesk.features.previews.ui.versions.difference_rows import DifferenceRows
from chatdesk.features.previews.ui.versions.version_list import VersionList, VersionRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class VersionsView(QWidget):
    """`compare_wanted` has the version looked at and the one it is compared with, by their order; `show_differences` shall follow."""

    compare_wanted = Signal(int, int)
    restore_wanted = Signal(int)
    show_wanted = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget, *, can_show: bool = True) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._versions: tuple[VersionRow, ...] = ()
        self._shown = -1
        self._base = -1
        """What is compared with, if a person chose it; -1: the version before."""
        self._found: DifferenceRows | None = None
        self._moved = False
        """Whether a person divided the room."""
        self.list = VersionList(appearance, self)
        self.list.setObjectName("versionList")
        self.list.selectionModel().currentChanged.connect(lambda *_: self._look_at())
        self.list.activated.connect(lambda _: self.show_wanted.emit(self.list.chosen))
        self._name = Label(appearance, "label", "text", self, elide=True)
        self._with = Label(appearance, "ui", "textSecondary", self)
        self._other = QComboBox(self)
        self._other.setObjectName("compareWith")
        self._other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._other.activated.connect(self._choose_base)
        self._added = Label(appearance, "ui", "success", self)
        self._added.setObjectName("linesAdded")
        self._removed = Label(appearance, "ui", "danger", self)
        self._removed.setObjectName("linesRemoved")
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyDifferences")
        self._show = Button(appearance, "", ButtonKind.OUTLINED, self, small=True, icon="eye")
        self._show.setObjectName("showVersion")
        self._show.clicked.connect(lambda: self.show_wanted.emit(self.list.chosen))
        self._show.setVisible(can_show)
        self._restore = Button(appearance, "", ButtonKind.OUTLINED, self, small=True, icon="archive-restore")
        self._restore.setObjectName("restoreVersion")
        self._restore.clicked.connect(lambda: self.restore_wanted.emit(self.list.chosen))
        self.differences = DifferenceList(appearance, self)
        self.differences.setObjectName("differences")
        self._copy.clicked.connect(self.differences.copy)
        self._state = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._state.setObjectName("differencesState")
        self._lay_out()
        self.setFocusProxy(self.list)
        appearance.changed.connect(self._restyle)
        self._retranslate()
        self._restyle()

    def show_versions(self, versions: Sequence[VersionRow], shown: int) -> None:
        """Show these, oldest first; `shown` is the one seen in the panel, and the one looked at first."""
        rows = tuple(versions)
        if rows == self._versions and shown == self._shown:
            return
        same = len(rows) >= len(self._versions) > 0 and rows[: len(self._versions)] == self._versions
        keep = self.list.chosen if same and shown == self._shown else shown
        if not same:
            self._base = -1
        self._versions, self._shown = rows, shown
        self.list.show_versions(rows, shown)
        if not self._moved:
            self._divide()
        self.list.choose(keep)

    def show_differences(self, version: int, base: int, found: DifferenceRows) -> None:
        """Show how a version differs from another, if that is still what is looked at."""
        if (version, base) == (self.list.chosen, self._compared):
            self._found = found
            self.differences.show_rows(found)
            self._show_found()

    @property
    def _compared(self) -> int:
        """What the version looked at is compared with."""
        chosen = self.list.chosen
        return self._base if self._base not in {-1, chosen} else chosen - 1

    def _look_at(self) -> None:
        chosen = self.list.chosen
        if chosen < 0:
            return
        self._name.set_text(self._versions[chosen].name)
        self._show_choices()
        self._found = None
        self._show_found()
        if self._compared >= 0 and self.isVisible():
            self.compare_wanted.emit(chosen, self._compared)

    def _show_choices(self) -> None:
        """Offer every other version to be compared with."""
        chosen = self.list.chosen
        self._other.clear()
        for index in range(len(self._versions) - 1, -1, -1):
            if index != chosen:
                self._other.addItem(self._versions[index].name, index)
        self._other.setCurrentIndex(self._other.findData(self._compared))
        self._show.setEnabled(chosen != self._shown)
        self._restore.setEnabled(chosen < len(self._versions) - 1)

    def _choose_base(self, _index: int) -> None:
        self._base = int(self._other.currentData())
        self._look_at()

    def _show_found(self) -> None:
        found, first = self._found, self._compared < 0
        changes = found is not None and bool(found.rows)
        self._added.set_text(f"+{found.added}" if found and found.added else "")
        self._removed.set_text(f"−{found.removed}" if found and found.removed else "")
        self._copy.setEnabled(changes)
        self.differences.setVisible(changes)
        self._state.setVisible(not changes)
        if first:
            self._state.set_text(self.tr("This is the first version: nothing came before it."))
        elif found is None:
            self._state.set_text(self.tr("Comparing…"))
        else:
            self._state.set_text(self.tr("The code is the same."))

    def _lay_out(self) -> None:
        self._bar = QHBoxLayout()
        for part in (self._with, self._other, self._added, self._removed):
            self._bar.addWidget(part)
        self._bar.addStretch(1)
        self._bar.addWidget(self._copy)
        self._deeds = QHBoxLayout()
        self._deeds.addWidget(self._name, 1)
        self._deeds.addWidget(self._show)
        self._deeds.addWidget(self._restore)
        self._notes = QVBoxLayout()
        self._notes.addWidget(self._state, 1)
        self._state.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        above, below = QWidget(self), QWidget(self)
        upper, lower = QVBoxLayout(above), QVBoxLayout(below)
        for column in (upper, lower):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        upper.addWidget(self.list, 1)
        lower.addLayout(self._deeds)
        lower.addLayout(self._bar)
        lower.addLayout(self._notes)
        lower.addWidget(self.differences, 1)
        self._halves = QSplitter(Qt.Orientation.Vertical, self)
        self._halves.setChildrenCollapsible(False)
        self._halves.splitterMoved.connect(self._keep_division)
        self._halves.addWidget(above)
        self._halves.addWidget(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._halves)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("s")
        for row, above in ((self._deeds, margin), (self._bar, 0)):
            row.setContentsMargins(theme.length("l"), above, theme.length("m"), margin)
            row.setSpacing(margin)
        self._notes.setContentsMargins(theme.length("l"), 0, theme.length("l"), margin)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Versions"))
        self._with.set_text(self.tr("Compared with"))
        self._other.setAccessibleName(self.tr("Compared with"))
        self._copy.set_name(self.tr("Copy the differences"))
        self._show.setText(self.tr("Show"))
        self._show.setToolTip(self.tr("Run this version in the preview"))
        self._restore.setText(self.tr("Restore"))
        self._restore.setToolTip(self.tr("Make it the newest version, as one of your own. The chat stays as it is."))
        self.differences.setAccessibleName(self.tr("Differences"))
        self._show_found()

    def showEvent(self, event: QShowEvent) -> None:
        """Compare what could not be seen until now."""
        super().showEvent(event)
        if self._found is None:
            self._look_at()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= 2 * self._appearance.theme.length("previewMin")
        self._halves.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if not self._moved:
            self._divide()

    def _keep_division(self) -> None:
        self._moved = True

    def _divide(self) -> None:
        """Give the list the room of its rows, within limits."""
        theme = self._appearance.theme
        if self._halves.orientation() is Qt.Orientation.Horizontal:
            room, wanted = self.width(), theme.length("sidebarOverlay")
        else:
            rows = len(self._versions) * self.list.sizeHintForRow(0) + theme.length("xs")
            room, wanted = self.height(), max(rows, theme.length("titleRow"))
        part = min(wanted, room * 2 // 5)
        self._halves.setSizes([part, max(1, room - part)])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
