"""What was deleted as Qt's views see it: a list, maybe of thousands, and what of it is looked for."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.kernel.chat.trash import Trashed, TrashKind
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.text.safe_text import plain_line

# What the page of deleted chats says of each of them.

_WEEK = 7
_MOST = 2**31 - 1


class DeletedTexts(QObject):
    """In the language of the moment."""

    def name(self, item: Trashed) -> str:
        """Return what a chat or a folder is called."""
        untitled = self.tr("New chat") if item.kind is TrashKind.CHAT else self.tr("Folder")
        return plain_line(item.title) or untitled

    def line(self, item: Trashed, now: datetime) -> str:
        """Return when it was deleted, what is in it, and where it was."""
        when, count = self._when(item.deleted_at, now), min(item.count, _MOST)
        if item.kind is TrashKind.FOLDER:
            held = self.tr("Folder with %n chat(s)", "", count) if count else self.tr("Empty folder")
            return f"{held} · {when}"
        parts = [when, self.tr("%n message(s)", "", count)]
        if folder := plain_line(item.folder):
            parts.append(self.tr("from {folder}").format(folder=folder))
        return " · ".join(parts)

    def days(self, item: Trashed, now: datetime) -> str:
        """Return how long it stays."""
        days = item.days_left(now)
        return self.tr("%n day(s) left", "", days)

    def spoken(self, item: Trashed, now: datetime) -> str:
        """Return what a screen reader says of a row."""
        return ", ".join((self.name(item), self.line(item, now).replace(" · ", ", "), self.days(item, now)))

    def _when(self, moment: datetime, now: datetime) -> str:
        local, today = _local(moment), _local(now).date()
        days = local.date().daysTo(today)
        time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
        if days <= 0:
            return self.tr("Deleted today at {time}").format(time=time)
        if days == 1:
            return self.tr("Deleted yesterday at {time}").format(time=time)
        return self.tr("Deleted on {day}").format(day=self._day(local.date(), within_week=days < _WEEK))

    def _day(self, date: QDate, *, within_week: bool) -> str:
        """Return a day in Qt's letters: dddd for its name, ddd for a short one; d MMMM for 2 November."""
        return QLocale().toString(date, self.tr("dddd") if within_week else self.tr("d MMMM"))


def size_text(size: int) -> str:
    """Return a number of bytes."""
    return QLocale().formattedDataSize(min(size, 2**53), 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _local(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))


Index = QModelIndex | QPersistentModelIndex


class DeletedRows(CountedRows):
    """`now` is asked when rows are drawn: how long something stays changes with the days."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self.now = now
        self.words = DeletedTexts(self)
        self._items: Sequence[Trashed] = ()
        self._shown: Sequence[Trashed] = ()
        self._sought: tuple[str, ...] = ()

    @property
    def items(self) -> Sequence[Trashed]:
        """All there are, looked for or not."""
        return self._items

    def show(self, items: Sequence[Trashed]) -> None:
        """Show these, as far as they are looked for."""
        self._items = items
        self._choose()

    def look_for(self, words: str) -> None:
        """Show only what has every one of these words in its name."""
        self._sought = tuple(words.casefold().split())
        self._choose()

    def item(self, index: Index) -> Trashed | None:
        """Return what a row shows; None beside the rows."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return its name, or what a screen reader says."""
        item = self.item(index)
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words.name(item)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.words.spoken(item, self.now())
            case _:
                return None

    def _choose(self) -> None:
        found = self._items
        for word in self._sought:
            found = [item for item in found if word in item.title.casefold()]
        self._shown = found
        self.set_count(len(found))
