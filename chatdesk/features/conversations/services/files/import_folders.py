"""Folders of imported chats: how they are called, which of them are here, and which are new."""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, auto
from itertools import count

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import FolderKind
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.fast_dataclass import dataclass

_UNKNOWN_TIME = datetime.max.replace(tzinfo=UTC)


class DestinationKind(Enum):
    """Where imported chats are put."""

    SOURCE_FOLDERS = auto()
    """In folders of the names that they have in the other program."""
    FOLDER = auto()
    """All in one folder."""
    NONE = auto()


@dataclass(frozen=True, slots=True)
class ImportDestination:
    """Where imported chats are put. `folder` is the name of the folder for `FOLDER`; one that exists is used."""

    kind: DestinationKind = DestinationKind.SOURCE_FOLDERS
    folder: str = ""


SOURCE_FOLDERS = ImportDestination()


@dataclass(frozen=True, slots=True)
class FolderNames:
    """How folders are called that have no name in the other program, in the user's language."""

    archive: str = "Archived"
    """For chats that were archived."""
    project: Callable[[int], str] = "ChatGPT project {}".format
    """Returns the name for the project with this number, of which only the ID is known."""
    folder: Callable[[int], str] = "Open WebUI folder {}".format
    """Likewise for a folder."""


ENGLISH_NAMES = FolderNames()


def folder_names(
    chats: Iterable[ChatSummary],
    names: FolderNames,
    folder_here: Callable[[str], str],
    used: Iterable[str] = (),
) -> Mapping[str, str]:
    """Return the name of the folder of each chat by the ID of the chat; empty for none.

    Projects and folders without a name are numbered from the one with the oldest chat, so that a later export has the same numbers. If
    chats of one are here already, the others are put with them, as the user may have renamed the folder: `folder_here` returns the name of
    the folder that the chat with an ID is in. `used` are the names of folders with chats, which are those of other projects.
    """
    projects: dict[tuple[FolderKind, str], list[ChatSummary]] = {}
    found: dict[str, str] = {}
    for chat in chats:
        match chat.folder_kind:
            case FolderKind.ARCHIVE:
                found[chat.id] = names.archive
            case FolderKind.PROJECT | FolderKind.FOLDER:
                projects.setdefault((chat.folder_kind, chat.folder), []).append(chat)
            case _:
                found[chat.id] = chat.folder
    used_names = {name.casefold() for name in (*used, *found.values())}
    free = {FolderKind.PROJECT: _free(names.project, used_names), FolderKind.FOLDER: _free(names.folder, used_names)}
    for project in sorted(projects, key=lambda each: (_beginning(projects[each]), each)):
        here = Counter(filter(None, (folder_here(chat.id) for chat in projects[project])))
        name = here.most_common(1)[0][0] if here else next(free[project[0]])
        found |= dict.fromkeys((chat.id for chat in projects[project]), name)
    return found


def _free(name_of: Callable[[int], str], used_names: Collection[str]) -> Iterator[str]:
    """Yield the numbered names that are not taken."""
    return (name for number in count(1) if (name := name_of(number)).casefold() not in used_names)


def _beginning(chats: Iterable[ChatSummary]) -> datetime:
    return min(chat.created_at or chat.updated_at or _UNKNOWN_TIME for chat in chats)


def place_in_folders(
    names: Mapping[str, str], folders: Sequence[Folder]
) -> tuple[tuple[Folder, ...], Mapping[str, str]]:
    """Return the folders to create, and the ID of the folder of each chat. `names` are by the chat; `folders` are those that are here."""
    known = {folder.name.casefold(): folder for folder in reversed(folders)}
    new: list[Folder] = []
    for name in dict.fromkeys(filter(None, map(_one_line, names.values()))):
        if name.casefold() not in known:
            position = max((folder.position for folder in known.values()), default=-1.0) + 1
            folder = known[name.casefold()] = Folder(uuid.uuid4().hex, name, position)
            new.append(folder)
    found = {id_: known.get(_one_line(name).casefold()) for id_, name in names.items()}
    return tuple(new), {id_: folder.id for id_, folder in found.items() if folder}


def _one_line(name: str) -> str:
    return " ".join(name.split())
