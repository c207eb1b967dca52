import sqlite3
from dataclasses import replace

from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from tests.unit.storage.samples import a_conversation

THESIS = Folder(
    "thesis", "Thesis", 1.0, "own:tutor", ModelRef("server", "model"), collapsed=True, instructions="Cite sources."
)


def test_folders_come_back_as_they_were_and_in_their_order(connection: sqlite3.Connection) -> None:
    folders = FolderRepository(connection)
    folders.save(THESIS)
    folders.save(Folder("work", "Work", 0.0))
    assert folders.list() == (Folder("work", "Work", 0.0), THESIS)
    changed = replace(THESIS, name="Half a \ud83e pair", position=-1.0, preset_key="", model=None, collapsed=False)
    folders.save(changed)
    assert folders.list() == (replace(changed, name="Half a \ufffd pair"), Folder("work", "Work", 0.0))


def test_a_chat_that_names_a_folder_that_is_gone_is_kept_and_in_none(connection: sqlite3.Connection) -> None:
    chats = ConversationRepository(connection)
    lost = replace(a_conversation(), folder_id="gone")
    chats.add(lost)
    assert chats.update(lost)
    FolderRepository(connection).place([lost])
    assert chats.get("chat").folder_id is None


def test_chats_are_placed_and_nothing_else_of_them_changes(connection: sqlite3.Connection) -> None:
    folders, chats = FolderRepository(connection), ConversationRepository(connection)
    folders.save(THESIS)
    chats.add(replace(a_conversation(title="kept"), pinned=True))
    folders.place([replace(a_conversation(title="not looked at"), folder_id="thesis")])
    assert chats.get("chat") == replace(a_conversation(title="kept"), folder_id="thesis")
