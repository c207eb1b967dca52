"""The words of the window in place of chats that cannot be opened (`start_problem.py`), in the language of the moment."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject

from chatdesk.kernel.errors import storage_errors
from chatdesk.kernel.recovery import BackupCopy
from chatdesk.ui_kit.text.counted_words import counted
from chatdesk.ui_kit.text.plain_line import plain_line


class RecoveryWords(QObject):
    """Plain attributes for fixed words, methods for those with a value in them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words of the language that is set now."""
        self.verified = self.tr("Verified")
        self.damaged_file = self.tr("The damaged file")
        self.repair = self.tr("Save what can be read")
        self.try_it = self.tr("Try it")
        self.empty = self.tr("Start without chats")
        self.start_empty = self.tr("Start empty")
        self.show_in_folder = self.tr("Show in folder")
        self.what_is_wrong = self.tr("What is wrong?")
        self.copy = self.tr("Copy")
        self.try_again = self.tr("Try again")
        self.quit = self.tr("Quit")
        self.repairing = self.tr("Saving what can be read…")
        self.going_back = self.tr("Going back to the copy…")
        self.starting_empty = self.tr("Starting without chats…")
        self.nothing_readable = self.tr("Nothing could be read of it.")

    def what_is_safe(self, error: storage_errors.StorageError) -> str:
        """Return what a person need not fear; empty where nothing is said of it here."""
        match error:
            case storage_errors.DatabaseDamaged():
                return self.tr("Nothing has been overwritten.")
            case storage_errors.DatabaseNewer():
                return self.tr(
                    "Install the newer version to open them. If you go another way, they stay in the folder under another name."
                )
            case storage_errors.DatabaseLocked():
                return self.tr("Your chats are as they were. Close the other program, then try again.")
            case storage_errors.DiskFull():
                return self.tr("Your chats are as they were. Make some room on the disk, then try again.")
            case _:
                return ""

    def about_copies(self, newest: BackupCopy | None, *, looking: bool) -> str:
        """Return whether there is a good copy."""
        if newest:
            return self.tr("A good copy lies beside it: {moment}.").format(moment=self.made(newest))
        return self.tr("Looking for a good copy…") if looking else self.tr("No good copy was found.")

    def made(self, backup: BackupCopy) -> str:
        """Return when a copy was made."""
        return self._moment(backup.made_at)

    def holds(self, backup: BackupCopy, *, more: bool) -> str:
        """Return what a copy holds; with `more` also when the newest chat in it was last spoken in."""
        chats = counted(lambda number: self.tr("%n chat(s)", "", number), backup.chats)
        title = plain_line(backup.newest)
        newest = self.tr("newest: {title}").format(title=title) if title else ""
        moment = self._moment(backup.newest_at) if more and backup.newest_at else ""
        return " · ".join(filter(None, (chats, newest, moment)))

    def use(self, *, best: bool) -> str:
        """Return what the button of a copy is called."""
        return self.tr("Use this copy") if best else self.tr("Use", "a copy")

    def repair_help(self, *, has_copy: bool) -> str:
        """Return what saving what can be read does."""
        if has_copy:
            return self.tr("Looks through the file; what cannot be read is taken from the copy")
        return self.tr("Looks through the file; what cannot be read stays missing")

    def empty_help(self, error: storage_errors.StorageError) -> str:
        """Return what starting without chats leaves."""
        match error:
            case storage_errors.DatabaseDamaged():
                return self.tr("The damaged file stays where it is, under another name")
            case storage_errors.DatabaseNewer():
                return self.tr("The newer file stays where it is, under another name")
            case _:
                return self.tr("Settings and servers stay as they are")

    def place(self, folder: Path) -> str:
        """Return where the files are."""
        return self.tr("Your files are in {folder}").format(folder=folder)

    def _moment(self, moment: datetime) -> str:
        local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
        today = QDateTime.currentDateTime().date()
        time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
        match local.date().daysTo(today):
            case 0:
                return self.tr("Today, {time}").format(time=time)
            case 1:
                return self.tr("Yesterday, {time}").format(time=time)
        pattern = self.tr("d MMMM") if local.date().year() == today.year() else self.tr("d MMMM yyyy")
        return self.tr("{date}, {time}").format(date=QLocale().toString(local.date(), pattern), time=time)
