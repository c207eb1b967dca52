"""Search for sections and single settings, by their names and by what other programs call them, also in English and by pinyin."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.matcher import Names, Query, names_of
from chatdesk.ui_kit.feature import Section, Wording
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

MAX_RESULTS = 20


@dataclass(frozen=True, slots=True)
class SettingsEntry:
    """A section, or a setting in it."""

    section: Section
    title: str
    setting: str = ""
    """Key of the setting; empty for the section itself."""


def find_settings(sections: Sequence[Section], text: str) -> tuple[SettingsEntry, ...]:
    """Return the entries that fit a text, the best first; with small mistakes if nothing else fits."""
    query, entries = Query(text), list(_entries(sections))
    found = query.ranked(entries, MAX_RESULTS) or query.ranked(entries, MAX_RESULTS, mistakes=True)
    return tuple(entry for _, entry in found)


def _entries(sections: Sequence[Section]) -> list[tuple[Names, SettingsEntry]]:
    entries = []
    for section in sections:
        title, also = Wording.of("SectionList", section.title), Wording.of("SectionList", section.also)
        names = names_of(title.shown, (title.english, *also.listed()))
        entries.append((names, SettingsEntry(section, title.shown)))
        for setting in section.settings:
            label, others = Wording.of("Settings", setting.title), Wording.of("Settings", setting.also)
            help_text = QCoreApplication.translate("Settings", setting.help) if setting.help else ""
            names = names_of(label.shown, (label.english, *others.listed()), help_text)
            entries.append((names, SettingsEntry(section, label.shown, setting.key)))
    return entries


class SettingsResults(Translated, QWidget):
    """The results in a column of rows. The Up and Down keys move between them; Up in the first one emits `left`."""

    chosen = Signal(str, str)
    """Name of the section, and key of the setting."""
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[RowButton] = []
        self._entries: tuple[SettingsEntry, ...] = ()
        self._nothing = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._nothing.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._nothing)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_entries(self, entries: tuple[SettingsEntry, ...]) -> None:
        """Replace the results."""
        if entries == self._entries and self._rows:
            return
        self._entries = entries
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._make_row(entry) for entry in entries]
        self._nothing.setVisible(not entries)

    def choose_first(self) -> None:
        """Choose the best result, if there is one."""
        if self._rows:
            self._rows[0].click()

    def focus_first(self) -> None:
        """Focus the best result, if there is one."""
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_row(self, entry: SettingsEntry) -> RowButton:
        row = RowButton(self._appearance, entry.section.icon, self)
        section = QCoreApplication.translate("SectionList", entry.section.title)
        row.set_labels(entry.title)
        row.setAccessibleName(f"{entry.title}, {section}" if entry.setting else entry.title)
        row.setToolTip(f"{section} › {entry.title}" if entry.setting else "")
        row.clicked.connect(partial(self.chosen.emit, entry.section.name, entry.setting))
        row.installEventFilter(self)
        self._layout.addWidget(row)
        row.show()
        return row

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._nothing.setContentsMargins(theme.length("s"), theme.length("s"), theme.length("s"), 0)

    def _retranslate(self) -> None:
        self._nothing.set_text(self.tr("No results"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the Up and Down keys; buttons would move in the tab order."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(cast("QKeyEvent", event).key()), 0)
        if step:
            goal = next(number for number, row in enumerate(self._rows) if row is watched) + step
            if goal < 0:
                self.left.emit()
            elif goal < len(self._rows):
                self._rows[goal].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(step)
