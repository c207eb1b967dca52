"""The rows of backups in a card: the newest ones, and all on request."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.backups.ui.backup_row import BackupRow, ListedBackup
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted

_FIRST_ROWS = 4


class BackupList(QObject):
    """Keeps the rows of `card` from `position` on. `restore` is called by the button of a row."""

    rows_changed = Signal()

    def __init__(
        self, appearance: Appearance, card: RowCard, position: int, restore: Callable[[ListedBackup], object]
    ) -> None:
        super().__init__(card)
        self._appearance = appearance
        self._card = card
        self._position = position
        self._restore = restore
        self._backups: Sequence[ListedBackup] = ()
        self._shows_all = False
        self._rows: list[BackupRow] = []
        self._more = ActionRow(appearance, "moreBackups")
        self._more_button = self._more.add_button("showAllBackups", "", self._show_all)
        card.add_row(self._more)

    def show_backups(self, backups: Sequence[ListedBackup]) -> None:
        """Show a row for each backup, the newest first; rows of backups that are still there stay."""
        self._backups = backups
        shown = backups if self._shows_all else backups[:_FIRST_ROWS]
        there = {row.shown.source: row for row in self._rows}
        for source in there.keys() - {backup.source for backup in shown}:
            gone = there.pop(source)
            self._rows.remove(gone)
            self._card.remove_row(gone)
        rows: list[BackupRow] = []
        for backup in shown:
            row = there.get(backup.source) or BackupRow(self._appearance, backup, self._restoring(backup), self._card)
            rows.append(row)
            row.show_backup(backup)
        self._place(rows)
        is_changed, self._rows = rows != self._rows, rows
        self._more.setVisible(len(backups) > len(shown))
        self.retranslate()
        if is_changed:
            self.rows_changed.emit()

    def _place(self, rows: Sequence[BackupRow]) -> None:
        """Put the rows of the card into this order; those that are in their place already are not touched."""
        placed = list(self._rows)
        for position, row in enumerate(rows):
            if placed[position : position + 1] != [row]:
                placed[:] = [*placed[:position], row, *(each for each in placed[position:] if each is not row)]
                self._card.insert_row(self._position + position, row)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Return the rows in reading order."""
        return (*self._rows, self._more)

    def _restoring(self, backup: ListedBackup) -> Callable[[], object]:
        return lambda: self._restore(backup)

    def _show_all(self) -> None:
        self._shows_all = True
        first = len(self._rows)
        self.show_backups(self._backups)
        # The button that had the focus is hidden now.
        next(filter(BackupRow.focus, (*self._rows[first:], *reversed(self._rows[:first]))), None)

    def retranslate(self) -> None:
        """Set the texts in the current language."""
        left = len(self._backups) - len(self._rows)
        self._more.set_texts(counted(lambda count: self.tr("%n older backup(s)", "", count), left), "")
        self._more_button.setText(self.tr("Show all"))
