"""The row of a backup: its time, its content, whether it can be opened, its size, and the button that restores from it."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.backups.services.maintenance import LocalBackup
from chatdesk.features.backups.services.remote_backups import RemoteBackup
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.forms.rows import StackingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

_TIME_WIDTH = 132  # px at 100 %
_LEAST_WIDTH = 300
"""Of the time and the content, px at 100 %: enough for the number of chats and where the backup is."""
_WIDEST_SIZE = 999_900_000
_SI = QLocale.DataSizeFormat.DataSizeSIFormat


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup of the list. `source` is where it is; `made_at` is aware."""

    source: LocalBackup | RemoteBackup
    made_at: datetime
    size: int
    chats: int | None = None
    newest: str = ""
    is_checked: bool = True
    is_damaged: bool = False
    is_newer: bool = False
    """Whether it cannot be opened because a newer version of Chatdesk made it."""
    is_locked: bool = False
    """Whether its content is unknown without the passphrase. Of `made_at`, only the day is known then."""
    computer: str = ""
    """The computer that made it, if it is another one."""
    names_data_folder: bool = False
    """Whether it is one of those in the data folder, while others are elsewhere."""

    @classmethod
    def of(cls, backup: RemoteBackup) -> "ListedBackup":
        """Return the row of a backup at the chosen destination."""
        manifest, name = backup.manifest, backup.name
        # Without its time, it is listed as the newest of its day.
        made_at = manifest.made_at if manifest else datetime.combine(name.day, time.max).astimezone()
        return cls(
            backup,
            made_at,
            backup.size,
            manifest.chats if manifest else None,
            manifest.newest if manifest else "",
            is_damaged=backup.is_damaged,
            is_newer=backup.is_newer,
            is_locked=manifest is None and name.is_encrypted and not backup.is_newer,
            computer="" if backup.is_own else backup.folder.rpartition("-")[0] or backup.folder,
        )

    @property
    def has_time(self) -> bool:
        """Whether the time of day is known."""
        return isinstance(self.source, LocalBackup) or self.source.manifest is not None


def shown_time(backup: ListedBackup) -> str:
    """Return when a backup was made, in the format of the language; only the day if no more is known."""
    moment, short = QDateTime.fromSecsSinceEpoch(int(backup.made_at.timestamp())), QLocale.FormatType.ShortFormat
    return QLocale().toString(moment, short) if backup.has_time else QLocale().toString(moment.date(), short)


class BackupRow(Translated, QWidget):
    """A row. `restore` is called by its button."""

    def __init__(
        self, appearance: Appearance, backup: ListedBackup, restore: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.shown = backup
        self._time = Label(appearance, "ui", "text")
        self._content = Label(appearance, "ui", "textSecondary", elide=True)
        self._tag = Tag(appearance, "")
        self._size = Label(appearance, "caption", "textTertiary")
        self._size.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._button = Button(appearance, "", small=True)
        self._button.setObjectName("restoreBackup")
        self._button.clicked.connect(restore)
        words, end = QWidget(self), QWidget(self)
        self._words = QHBoxLayout(words)
        self._words.addWidget(self._time)
        self._words.addWidget(self._content, 1)
        self._end = QHBoxLayout(end)
        for part in (self._tag, self._size, self._button):
            self._end.addWidget(part)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(StackingRow(appearance, words, end, self, least_start=_LEAST_WIDTH))
        appearance.bind(self._restyle)
        self._retranslate()

    def show_backup(self, backup: ListedBackup) -> None:
        """Show what has become known of the backup."""
        self.shown = backup
        self._retranslate()

    def focus(self) -> bool:
        """Focus the button, and return whether that is possible."""
        if self._button.isEnabled():
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._button.isEnabled()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, top = theme.length("l"), theme.length("s")
        self._time.setMinimumWidth(round(_TIME_WIDTH * theme.scale))
        self.setMinimumHeight(theme.length("rowCheck"))
        self._layout.setContentsMargins(side, top, side, top)
        for row in (self._words, self._end):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.length("m"))
        self._align_sizes()

    def _align_sizes(self) -> None:
        """Give the sizes of all rows one width, so that they and the tags before them form columns."""
        widest = QLocale().formattedDataSize(_WIDEST_SIZE, 1, _SI)
        metrics = QFontMetrics(self._appearance.theme.font("caption"))
        self._size.setMinimumWidth(metrics.horizontalAdvance(widest))

    def _retranslate(self) -> None:
        backup = self.shown
        self._time.set_text(shown_time(backup))
        self._size.set_text(QLocale().formattedDataSize(backup.size, 1, _SI))
        self._align_sizes()
        self._button.setText(self.tr("Restore…"))
        self._button.setEnabled(backup.is_checked and not backup.is_damaged and not backup.is_newer)
        self._content.set_text(self._content_text())
        text, kind = self._state()
        self._tag.set_text(text)
        self._tag.set_kind(kind)
        facts = (self._time.text(), self._content.text(), text, self._size.text())
        self.setAccessibleName(", ".join(filter(None, facts)))
        self._button.setAccessibleName(self.tr("Restore from the backup of {time}").format(time=self._time.text()))

    def _state(self) -> tuple[str, TagKind]:
        backup = self.shown
        if not backup.is_checked:
            return self.tr("Checking…"), TagKind.NEUTRAL
        if backup.is_damaged:
            return self.tr("Damaged"), TagKind.DANGER
        if backup.is_newer:
            return self.tr("Newer version"), TagKind.WARNING
        return (self.tr("Locked"), TagKind.NEUTRAL) if backup.is_locked else (self.tr("Verified"), TagKind.SUCCESS)

    def _content_text(self) -> str:
        backup, words, newest = self.shown, "", ""
        if backup.is_damaged:
            is_cut_off = isinstance(backup.source, RemoteBackup) and backup.source.is_cut_off
            words = self.tr("Cannot be opened: the file is cut off") if is_cut_off else self.tr("Cannot be opened")
        elif backup.is_newer:
            words = self.tr("Update Chatdesk to restore it")
        elif backup.is_locked:
            words = self.tr("Opens with its passphrase")
        elif backup.chats is not None:
            words = counted(lambda count: self.tr("%n chat(s)", "", count), backup.chats)
            if title := plain_line(backup.newest):
                newest = self.tr("newest: {title}").format(title=title)
        return " · ".join(filter(None, (words, self._origin(), newest)))

    def _origin(self) -> str:
        backup = self.shown
        if backup.computer:
            return self.tr("from {computer}").format(computer=plain_line(backup.computer))
        return self.tr("in the data folder") if backup.names_data_folder else ""
