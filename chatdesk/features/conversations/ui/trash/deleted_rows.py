"""List model of deleted items, possibly thousands, with a search filter."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.kernel.chat.trash import Trashed, TrashKind
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.folder_names import shown_folder_name
from chatdesk.ui_kit.text.safe_text import plain_line

_WEEK = 7
_MAX_COUNT = 2**31 - 1


class DeletedTexts(QObject):
    """Texts about deleted items in the current language."""

    def name(self, item: Trashed) -> str:
        """Return the name of a chat or a folder."""
        if item.kind is TrashKind.FOLDER:
            return shown_folder_name(item.title)
        return plain_line(item.title) or self.tr("New chat")

    def line(self, item: Trashed, now: datetime) -> str:
        """Return the time of deletion, the content count, and the original folder."""
        when, count = self._when(item.deleted_at, now), min(item.count, _MAX_COUNT)
        if item.kind is TrashKind.FOLDER:
            held = self.tr("Folder with %n chat(s)", "", count) if count else self.tr("Empty folder")
            return f"{held} · {when}"
        parts = [when, self.tr("%n message(s)", "", count) if count else self.tr("unsent draft")]
        if plain_line(item.folder):
            parts.append(self.tr("from {folder}").format(folder=shown_folder_name(item.folder)))
        return " · ".join(parts)

    def days(self, item: Trashed, now: datetime) -> str:
        """Return the number of days left as text."""
        days = item.days_left(now)
        return self.tr("%n day(s) left", "", days)

    def spoken(self, item: Trashed, now: datetime) -> str:
        """Return the text of a row for screen readers."""
        return listed((self.name(item), *self.line(item, now).split(" · "), self.days(item, now)))

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
        """Return a date with Qt's format codes: dddd is the full and ddd the short name of the day; d MMMM gives 2 November."""
        return QLocale().toString(date, self.tr("dddd") if within_week else self.tr("d MMMM"))


def size_text(size: int) -> str:
    """Return a size in bytes as text with a unit."""
    return QLocale().formattedDataSize(min(size, 2**53), 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _local(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))


Index = QModelIndex | QPersistentModelIndex


class DeletedRows(CountedRows):
    """`now` is called when rows are painted, because the days left change over time."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self.now = now
        self.texts = DeletedTexts(self)
        self._items: Sequence[Trashed] = ()
        self._shown: Sequence[Trashed] = ()
        self._filter_words: tuple[str, ...] = ()

    @property
    def items(self) -> Sequence[Trashed]:
        """All items, including those that are filtered out."""
        return self._items

    def show(self, items: Sequence[Trashed]) -> None:
        """Replace the items and apply the filter."""
        self._items = items
        self._apply_filter()

    def set_filter(self, text: str) -> None:
        """Show only items whose name contains all of these words."""
        self._filter_words = tuple(text.casefold().split())
        self._apply_filter()

    def item(self, index: Index) -> Trashed | None:
        """Return the item of a row; None for an invalid index."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, or the text for screen readers."""
        item = self.item(index)
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.texts.name(item)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.texts.spoken(item, self.now())
            case _:
                return None

    def _apply_filter(self) -> None:
        found = self._items
        for word in self._filter_words:
            found = [item for item in found if word in item.title.casefold()]
        self._shown = found
        self.set_count(len(found))
