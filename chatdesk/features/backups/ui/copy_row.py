"""The row of a backup: its time, its content, whether it can be opened, its size, and the button that restores from it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.backups.services.stored_copies import StoredCopy
from chatdesk.features.backups.services.upkeep import StoredBackup
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


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """A backup of the list. `source` is where it is; `made_at` is aware."""

    source: StoredBackup | StoredCopy
    made_at: datetime
    size: int
    chats: int | None = None
    newest: str = ""
    is_checked: bool = True
    is_damaged: bool = False
    is_locked: bool = False
    """Whether its content is unknown without the passphrase."""
    computer: str = ""
    """The computer that made it, if it is another one."""

    @classmethod
    def of(cls, copy: StoredCopy) -> "ShownCopy":
        """Return the row of a backup at the chosen place."""
        facts = copy.facts
        made_at = facts.made_at if facts else datetime.combine(copy.name.day, datetime.min.time()).astimezone()
        return cls(
            copy,
            made_at,
            copy.size,
            facts.chats if facts else None,
            facts.newest if facts else "",
            is_damaged=copy.is_cut_off or (facts is None and not copy.name.is_encrypted),
            is_locked=facts is None and copy.name.is_encrypted,
            computer="" if copy.is_own else copy.folder.rpartition("-")[0] or copy.folder,
        )


class CopyRow(Translated, QWidget):
    """A row. `restore` is called by its button."""

    def __init__(
        self, appearance: Appearance, copy: ShownCopy, restore: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.shown = copy
        self._time = Label(appearance, "ui", "text")
        self._content = Label(appearance, "ui", "textSecondary", elide=True)
        self._tag = Tag(appearance, "")
        self._size = Label(appearance, "caption", "textTertiary")
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
        self._layout.addWidget(StackingRow(appearance, words, end, self))
        appearance.bind(self._restyle)
        self._retranslate()

    def show_copy(self, copy: ShownCopy) -> None:
        """Show what has become known of the backup."""
        self.shown = copy
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, top = theme.length("l"), theme.length("s")
        self._time.setMinimumWidth(round(_TIME_WIDTH * theme.scale))
        self.setMinimumHeight(theme.length("rowCheck"))
        self._layout.setContentsMargins(side, top, side, top)
        for row in (self._words, self._end):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        locale, copy = QLocale(), self.shown
        made_at = QDateTime.fromSecsSinceEpoch(int(copy.made_at.timestamp()))
        self._time.set_text(locale.toString(made_at, QLocale.FormatType.ShortFormat))
        self._size.set_text(locale.formattedDataSize(copy.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat))
        self._button.setText(self.tr("Restore…"))
        self._button.setEnabled(copy.is_checked and not copy.is_damaged)
        self._content.set_text(self._content_text())
        text, kind = self._state()
        self._tag.set_text(text)
        self._tag.set_kind(kind)
        facts = (self._time.text(), self._content.text(), text, self._size.text())
        self.setAccessibleName(", ".join(filter(None, facts)))
        self._button.setAccessibleName(self.tr("Restore from the backup of {time}").format(time=self._time.text()))

    def _state(self) -> tuple[str, TagKind]:
        copy = self.shown
        if not copy.is_checked:
            return self.tr("Checking…"), TagKind.NEUTRAL
        if copy.is_damaged:
            return self.tr("Damaged"), TagKind.DANGER
        return (self.tr("Locked"), TagKind.NEUTRAL) if copy.is_locked else (self.tr("Verified"), TagKind.SUCCESS)

    def _content_text(self) -> str:
        copy = self.shown
        computer = self.tr("from {computer}").format(computer=plain_line(copy.computer)) if copy.computer else ""
        if copy.is_damaged:
            is_cut_off = isinstance(copy.source, StoredCopy) and copy.source.is_cut_off
            words = self.tr("Cannot be opened: the file is cut off") if is_cut_off else self.tr("Cannot be opened")
        elif copy.is_locked:
            words = self.tr("Opens with its passphrase")
        elif copy.chats is None:
            words = ""
        else:
            chats = counted(lambda count: self.tr("%n chat(s)", "", count), copy.chats)
            newest = plain_line(copy.newest)
            words = " · ".join(filter(None, (chats, self.tr("newest: {title}").format(title=newest) if newest else "")))
        return " · ".join(filter(None, (words, computer)))
