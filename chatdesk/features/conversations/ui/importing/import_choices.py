"""Which chats of a preview are to be imported. No widgets, and no change of the preview."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from chatdesk.features.conversations.importing.foreign_chat import FolderKind, Loss
from chatdesk.features.conversations.services.files.chat_imports import ChatState, FoundChat
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_YEARS = 6
_OLDEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Year:
    """The chats of a year, by their last message. `year` is 0 for those without a date; `is_earlier` if older years are included.

    `available` are those that are not here yet, `chosen` those to be imported.
    """

    year: int
    total: int
    available: int
    chosen: int
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What chats contain together."""

    messages: int = 0
    pictures: int = 0
    documents: int = 0
    folders: int = 0
    pinned: int = 0
    instructed: int = 0
    """The number of chats with instructions for the model."""
    archived: int = 0
    """The number of chats that are archived in their program."""
    archive: str = ""
    """The name of the folder for archived chats."""
    unnamed: int = 0
    """The number of projects whose name is not in the file."""
    unnamed_folders: int = 0
    """The number of folders whose name is not in the file."""


class ImportChoices(QObject):
    """By default, all chats are imported that are new or have new messages.

    One that the user deleted here is only chosen if it is alone: then its own file was opened.

    `chats` are sorted by their last message, the latest first.
    """

    changed = Signal()

    def __init__(self, chats: Iterable[FoundChat], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chats: Sequence[FoundChat] = sorted(
            chats, key=lambda chat: chat.summary.updated_at or _OLDEST, reverse=True
        )
        wanted = {ChatState.NEW, ChatState.GROWN} | ({ChatState.DELETED} if len(self.chats) == 1 else set())
        self._chosen = {chat.summary.id for chat in self.chats if chat.state in wanted}
        years = [_year_of(chat) for chat in self.chats]
        shown = sorted({year for year in years if year})[-_MAX_YEARS:]
        first = shown[0] if shown else 0
        self._has_earlier = any(0 < year < first for year in years)
        self._years = [max(year, first) if year else 0 for year in years]

    @property
    def chosen(self) -> Collection[str]:
        """The IDs of the chosen chats."""
        return frozenset(self._chosen)

    @property
    def count(self) -> int:
        """The number of chosen chats."""
        return len(self._chosen)

    @property
    def available(self) -> int:
        """The number of chats that can be imported."""
        return sum(map(is_available, self.chats))

    def count_of(self, state: ChatState) -> int:
        """Return the number of chats in this state."""
        return sum(chat.state is state for chat in self.chats)

    def is_chosen(self, chat: FoundChat) -> bool:
        """Return whether a chat is to be imported."""
        return chat.summary.id in self._chosen

    def choose(self, chats: Iterable[FoundChat], *, chosen: bool) -> None:
        """Choose these chats, or leave them out. Chats that are here already are ignored."""
        ids = {chat.summary.id for chat in chats if is_available(chat)}
        self._chosen = self._chosen | ids if chosen else self._chosen - ids
        self.changed.emit()

    def choose_only(self, ids: Iterable[str]) -> None:
        """Choose the chats with these IDs and no others. Chats that are here already are ignored."""
        wanted = frozenset(ids)
        self._chosen = {chat.summary.id for chat in self.chats if chat.summary.id in wanted and is_available(chat)}
        self.changed.emit()

    def years(self) -> Sequence[Year]:
        """Return the years in which there are chats, in their order; at most six, the first one with those before it."""
        totals: Counter[int] = Counter(self._years)
        available: Counter[int] = Counter()
        chosen: Counter[int] = Counter()
        for year, chat in zip(self._years, self.chats, strict=True):
            available[year] += is_available(chat)
            chosen[year] += self.is_chosen(chat)
        first = min((year for year in totals if year), default=0)
        return [
            Year(year, totals[year], available[year], chosen[year], self._has_earlier and year == first)
            for year in sorted(totals)
        ]

    def choose_year(self, year: Year, *, chosen: bool) -> None:
        """Choose the chats of a year, or leave them out."""
        of_year = (chat for number, chat in zip(self._years, self.chats, strict=True) if number == year.year)
        self.choose(of_year, chosen=chosen)

    def contents(self) -> Contents:
        """Return what the chosen chats contain."""
        summaries = [chat.summary for chat in self.chats if self.is_chosen(chat)]
        archived = [each for each in summaries if each.folder_kind is FolderKind.ARCHIVE]
        return Contents(
            sum(each.messages for each in summaries),
            sum(each.pictures for each in summaries),
            sum(each.documents for each in summaries),
            len({each.folder for each in summaries if each.folder}),
            sum(each.pinned for each in summaries),
            sum(each.has_instructions for each in summaries),
            len(archived),
            archived[0].folder if archived else "",
            len({each.folder for each in summaries if each.folder_kind is FolderKind.PROJECT}),
            len({each.folder for each in summaries if each.folder_kind is FolderKind.FOLDER}),
        )

    def lost(self) -> Mapping[Loss, int]:
        """Return what is lost of the chosen chats."""
        lost: Counter[Loss] = Counter()
        for chat in self.chats:
            if self.is_chosen(chat):
                lost.update(chat.summary.lost)
        return lost


def is_available(chat: FoundChat) -> bool:
    """Return whether a chat can be imported: it is not here yet, or not completely."""
    return chat.state is not ChatState.HERE


def _year_of(chat: FoundChat) -> int:
    moment = chat.summary.updated_at or chat.summary.created_at
    return moment.astimezone().year if moment else 0
