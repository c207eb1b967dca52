"""The folders of imported chats: their names here, whatever the file says of them."""

from datetime import UTC, datetime

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import FolderKind
from chatdesk.features.conversations.services.files.import_folders import FolderNames, folder_names, place_in_folders
from chatdesk.kernel.chat.conversation import Folder

NAMES = FolderNames("Archiv", "Projekt {}".format, "Ordner {}".format)


def chat(id_: str, folder: str, year: int = 2026, kind: FolderKind = FolderKind.PROJECT) -> ChatSummary:
    moment = datetime(year, 1, 1, tzinfo=UTC) if year else None
    return ChatSummary(id_, id_, 1, 0, 0, folder, False, moment, moment, {}, folder_kind=kind)


def nowhere(_chat: str) -> str:
    return ""


def test_projects_without_a_name_are_numbered_by_their_oldest_chat() -> None:
    chats = [
        chat("a", "later", 2026),
        chat("b", "early", 2026),
        chat("c", "early", 2024),
        chat("d", "none", 0),
        chat("e", "Work", kind=FolderKind.NAMED),
        chat("f", "", kind=FolderKind.ARCHIVE),
        chat("g", "", kind=FolderKind.NAMED),
    ]
    assert folder_names(chats, NAMES, nowhere) == {
        "a": "Projekt 2",
        "b": "Projekt 1",
        "c": "Projekt 1",
        "d": "Projekt 3",
        "e": "Work",
        "f": "Archiv",
        "g": "",
    }


def test_folders_without_a_name_have_their_own_numbers() -> None:
    chats = [chat("a", "1"), chat("b", "1", kind=FolderKind.FOLDER), chat("c", "0", 2020, kind=FolderKind.FOLDER)]
    assert folder_names(chats, NAMES, nowhere) == {"a": "Projekt 1", "b": "Ordner 2", "c": "Ordner 1"}


def test_a_project_is_where_most_of_its_chats_are() -> None:
    chats = [chat(each, "project") for each in "abcd"]
    here = {"a": "Thesis", "b": "Thesis", "c": "Other"}
    names = folder_names(chats, NAMES, lambda id_: here.get(id_, ""))
    assert set(names.values()) == {"Thesis"}


def test_a_new_project_does_not_get_the_folder_of_another_one() -> None:
    chats = [
        chat("new", "older", 2020),
        chat("known", "first", 2024),
        chat("other", "Projekt 3", kind=FolderKind.NAMED),
    ]
    here = {"known": "Projekt 1", "unrelated": "projekt 2"}
    names = folder_names(chats, NAMES, lambda id_: here.get(id_, ""), set(here.values()))
    assert names == {"new": "Projekt 4", "known": "Projekt 1", "other": "Projekt 3"}


def test_a_renamed_project_stays_renamed_and_leaves_its_number_to_others() -> None:
    chats = [chat("a", "renamed", 2024), chat("b", "new", 2025)]
    names = folder_names(chats, NAMES, {"a": "Thesis", "b": ""}.__getitem__, {"Thesis"})
    assert names == {"a": "Thesis", "b": "Projekt 1"}


def test_a_folder_that_is_here_is_used_whatever_the_case_of_its_name() -> None:
    work = Folder("w", "Work", 3.0)
    new, placed = place_in_folders({"a": " work ", "b": "Home\n office", "c": "home office", "d": " "}, [work])
    assert [(folder.name, folder.position) for folder in new] == [("Home office", 4.0)]
    assert placed == {"a": "w", "b": new[0].id, "c": new[0].id}
