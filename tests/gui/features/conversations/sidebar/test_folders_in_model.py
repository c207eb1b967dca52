"""Folders and their chats among the rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.features.conversations.ui.sidebar.list.list_rows import FolderRow
from chatdesk.kernel.chat.conversation import Conversation, Folder
from tests.gui.features.conversations.sidebar.test_conversation_model import TESTER_FAILS, TODAY, chat, titles

THESIS, WORK = Folder("thesis", "Thesis", 0.0), Folder("work", "Work", 1.0)


def inside(name: str, folder: str = "thesis", *, minutes: int = 0, pinned: bool = False) -> Conversation:
    return replace(chat(name, minutes=minutes, pinned=pinned), folder_id=folder)


def row_of(model: ConversationModel, folder_id: str) -> FolderRow:
    row = model.row_at(model.index_of_folder(folder_id))
    assert isinstance(row, FolderRow)
    return row


def said(model: ConversationModel, folder_id: str) -> object:
    return model.data(model.index_of_folder(folder_id), Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def model(qapp: object) -> ConversationModel:
    model = ConversationModel(lambda: TODAY)
    QAbstractItemModelTester(model, TESTER_FAILS, model)
    model.set_folders([WORK, THESIS])
    model.set_conversations(
        [chat("a", days=9), chat("p", pinned=True), inside("t"), inside("u", minutes=1), inside("q", pinned=True)]
    )
    return model


def test_folders_stand_below_what_is_pinned_and_their_chats_below_them(model: ConversationModel) -> None:
    assert titles(model) == [
        *("Pinned", "chat p", "chat q"),
        *("Folders", "Thesis", "chat t", "chat u", "Work"),
        *("Older", "chat a"),
    ]
    assert (row_of(model, "thesis").count, row_of(model, "work").count) == (2, 0)


def test_a_folded_folder_lists_none_of_its_chats_and_counts_them(model: ConversationModel) -> None:
    folded = replace(THESIS, collapsed=True)
    model.put_folder(folded)
    assert titles(model)[3:] == ["Folders", "Thesis", "Work", "Older", "chat a"]
    model.put(inside("v"))
    assert row_of(model, "thesis").count == 3
    assert not model.index_of("v").isValid()
    model.put_folder(THESIS)
    assert titles(model)[4:] == ["Thesis", "chat t", "chat v", "chat u", "Work", "Older", "chat a"]


def test_a_chat_goes_into_a_folder_and_out_of_it_as_the_same_row(model: ConversationModel) -> None:
    persistent = QPersistentModelIndex(model.index_of("a"))
    model.put(replace(chat("a", days=9), folder_id="work"))
    assert titles(model)[3:] == ["Folders", "Thesis", "chat t", "chat u", "Work", "chat a"]
    assert (persistent.data(), row_of(model, "work").count) == ("chat a", 1)
    model.put(chat("a", days=9))
    assert titles(model)[-2:] == ["Older", "chat a"]
    assert (persistent.data(), row_of(model, "work").count) == ("chat a", 0)


def test_an_unpinned_chat_goes_back_to_its_folder(model: ConversationModel) -> None:
    model.put(inside("q", minutes=2))
    assert titles(model)[3:7] == ["Thesis", "chat t", "chat u", "chat q"]


def test_a_folder_takes_its_chats_along_when_it_moves(model: ConversationModel) -> None:
    persistent = QPersistentModelIndex(model.index_of("u"))
    model.modelReset.connect(lambda: pytest.fail("that would lose the selection"))
    model.put_folder(replace(THESIS, position=2.0))
    assert titles(model)[3:8] == ["Folders", "Work", "Thesis", "chat t", "chat u"]
    assert (persistent.data(), model.index_of("u").row()) == ("chat u", persistent.row())


def test_a_folder_that_goes_leaves_its_chats_to_their_days(model: ConversationModel) -> None:
    model.remove_folder("thesis")
    assert titles(model)[3:] == ["Folders", "Work", "Today", "chat t", "chat u", "Older", "chat a"]
    model.remove_folder("work")
    model.remove_folder("nobody")
    assert titles(model)[3:5] == ["Folders", "Today"]
    model.put_folder(THESIS)
    assert titles(model)[3:] == ["Folders", "Thesis", "chat t", "chat u", "Older", "chat a"]


def test_a_search_looks_into_folded_folders_and_finds_their_names(model: ConversationModel) -> None:
    model.put_folder(replace(THESIS, collapsed=True))
    model.set_filter("chat u")
    assert titles(model) == ["Folders", "Thesis", "chat u"]
    assert row_of(model, "thesis").unfolded
    model.put(inside("v"))
    model.put(replace(inside("u"), title="another"))
    assert titles(model) == []
    model.set_filter("WORK")
    assert titles(model) == ["Folders", "Work"]
    model.put_folder(replace(WORK, name="Play"))
    assert titles(model) == []
    model.set_filter("")
    assert titles(model)[4:] == ["Thesis", "Play", "Older", "chat a"]


def test_folded_chats_are_found_by_name_and_mark_their_folder(model: ConversationModel) -> None:
    model.set_shown("t")
    assert not row_of(model, "thesis").marked
    model.put_folder(replace(THESIS, collapsed=True))
    assert row_of(model, "thesis").marked
    model.set_shown("a")
    model.mark_folder("work")
    assert (row_of(model, "thesis").marked, row_of(model, "work").marked) == (False, True)


def test_a_screen_reader_hears_what_a_folder_is(model: ConversationModel) -> None:
    assert said(model, "thesis") == "Thesis, folder, 2 chat(s), unfolded"
    model.put_folder(replace(THESIS, collapsed=True))
    model.put(chat("u"))
    assert said(model, "thesis") == "Thesis, folder, 1 chat(s), folded"


def test_the_keyboard_can_stand_on_a_folder_that_cannot_be_selected(model: ConversationModel) -> None:
    flags = model.flags(model.index_of_folder("thesis"))
    assert flags & Qt.ItemFlag.ItemIsEnabled
    assert flags & Qt.ItemFlag.ItemIsEditable
    assert not flags & Qt.ItemFlag.ItemIsSelectable


def test_many_chats_move_at_once(model: ConversationModel) -> None:
    many = [replace(inside(f"m{number}"), pinned=False) for number in range(60)]
    moved: list[object] = []
    model.rowsMoved.connect(moved.append)
    model.put_all(many)
    assert row_of(model, "thesis").count == 62
    model.put_all([replace(each, folder_id=None) for each in many])
    assert row_of(model, "thesis").count == 2
    assert moved == []


def test_midnight_leaves_folders_alone(qapp: object) -> None:
    days = [TODAY]
    model = ConversationModel(lambda: days[-1])
    model.set_folders([THESIS])
    model.set_conversations([inside("t"), chat("a")])
    days.append(TODAY + timedelta(days=1))
    model.regroup()
    assert titles(model) == ["Folders", "Thesis", "chat t", "Yesterday", "chat a"]


CHANGE = st.tuples(
    st.sampled_from("abcd"),
    st.sampled_from(["put", "pin", "remove", "into x", "into y", "fold", "unfold", "up", "delete", "find", "all"]),
    st.integers(0, 9),
)


@settings(max_examples=120)
@given(st.lists(CHANGE, max_size=25))
def test_after_any_changes_the_list_is_what_it_would_be_if_read_anew(changes: list[tuple[str, str, int]]) -> None:
    model = ConversationModel(lambda: TODAY)
    QAbstractItemModelTester(model, TESTER_FAILS, model)
    chats: dict[str, Conversation] = {}
    folders: dict[str, Folder] = {}
    text = ""

    def put_folder(name: str, **changed: object) -> None:
        folders[name] = replace(folders.get(name, Folder(name, f"folder {name}", 0.0)), **changed)
        model.put_folder(folders[name])

    for name, what, number in changes:
        folder = "xy"[number % 2]
        match what:
            case "remove":
                chats.pop(name, None)
                model.remove(name)
            case "put" | "pin":
                chats[name] = replace(chat(name, days=number, pinned=what == "pin"), folder_id=folder)
                model.put(chats[name])
            case "into x" | "into y":
                chats[name] = replace(chat(name, days=number), folder_id=what[-1])
                model.put(chats[name])
            case "fold" | "unfold":
                put_folder(folder, collapsed=what == "fold")
            case "up":
                put_folder(folder, position=float(number))
            case "delete":
                folders.pop(folder, None)
                model.remove_folder(folder)
            case "find":
                text = name if number % 2 else "folder x"
                model.set_filter(text)
            case _:
                text = ""
                model.set_filter("")
    fresh = ConversationModel(lambda: TODAY)
    fresh.set_folders(folders.values())
    fresh.set_conversations(chats.values())
    fresh.set_filter(text)
    assert titles(model) == titles(fresh)
    rows = range(model.rowCount())
    assert [model.row_at(model.index(row)) for row in rows] == [fresh.row_at(fresh.index(row)) for row in rows]
    assert all(model.index_of(name).data() in {f"chat {name}", None} for name in chats)
