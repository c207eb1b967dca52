import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.features.presets.files.preset_repository import PresetRepository
from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.features.previews.services.edited_version_repository import EditedVersionRepository
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Folder, path_to
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange, SentAs, TextPart
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.document_messages import messages_with
from chatdesk.storage.database.inspection import inspect
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.page_storage_repository import PageStorageRepository
from chatdesk.storage.database.remote_conversation_repository import RemoteConversationRepository
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery.salvage import salvage
from tests.unit.storage.damaged import PAGE, copy_of, leaves, overwrite, root_page, text_of, write_chats
from tests.unit.storage.samples import MOMENT
from tests.unit.storage.searching import search

pytestmark = pytest.mark.thorough

CHATS, MESSAGES = 12, 20


@pytest.fixture
def path(path: Path) -> Path:
    write_chats(path, CHATS, MESSAGES)
    return path


def _rescued(path: Path, backup: Path | None = None) -> tuple[set[str], set[str]]:
    """Salvage, and return the chats and the messages that are as they were."""
    broken = path.read_bytes()
    renamed = salvage(path, backup)
    assert renamed is not None
    assert renamed.read_bytes() == broken
    inspect(path, expected=True, newest=len(MIGRATIONS), suspect=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        chats = {chat.id: chat for chat in ConversationRepository(connection).list()}
        messages = [message for id_ in chats for message in MessageRepository(connection).of_conversation(id_)]
        assert not [
            part
            for (part,) in connection.execute("SELECT message_number FROM parts EXCEPT SELECT number FROM messages")
        ]
    whole = {message.id for message in messages if message.text == text_of(message.id)}
    return {id_ for id_, chat in chats.items() if chat.title == id_.replace("chat", "Title ")}, whole


EVERY_CHAT = {f"chat{chat}" for chat in range(CHATS)}
EVERY_MESSAGE = {f"{chat}-{number}" for chat in EVERY_CHAT for number in range(MESSAGES)}


@pytest.mark.parametrize(
    "name",
    [
        "sqlite_autoindex_messages_1",
        "sqlite_autoindex_messages_2",
        "sqlite_autoindex_parts_1",
        "messages_by_parent",
        "message_search_data",
    ],
)
def test_a_broken_index_loses_nothing(path: Path, name: str) -> None:
    overwrite(path, root_page(path, name), *leaves(path, name))
    assert _rescued(path) == (EVERY_CHAT, EVERY_MESSAGE)


def test_names_that_a_file_brings_along_are_never_part_of_a_statement(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for table in ("conversations", "messages", "parts"):
            connection.execute(f'ALTER TABLE {table} ADD COLUMN "x) FROM parts; --" TEXT DEFAULT 7')
            connection.execute(f'CREATE INDEX "{table}\'s "" index" ON {table} ("x) FROM parts; --")')
    overwrite(path, leaves(path, "messages")[1])
    chats, messages = _rescued(path)
    assert chats == EVERY_CHAT
    assert len(messages) > len(EVERY_MESSAGE) // 2


@pytest.mark.parametrize("places", [[0], [3], [-1], [2, 9], [0, 5, -1]])
def test_a_broken_page_of_texts_costs_its_own_texts_alone(path: Path, places: list[int]) -> None:
    pages = leaves(path, "parts")
    overwrite(path, *(pages[place] for place in places))
    chats, messages = _rescued(path)
    assert chats == EVERY_CHAT
    assert len(EVERY_MESSAGE - messages) <= 3 * len(places)


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_broken_page_of_messages_loses_no_text(path: Path, place: int) -> None:
    """Where a message belongs is known from the indexes, and its text lies elsewhere."""
    overwrite(path, leaves(path, "messages")[place])
    assert _rescued(path) == (EVERY_CHAT, EVERY_MESSAGE)
    with closing(sqlite3.connect(path)) as connection:
        messages = {message.id: message for message in MessageRepository(connection).of_conversation("chat0")}
        head = ConversationRepository(connection).get("chat0").head_id
    assert [message.id for message in path_to(messages, head)] == [f"chat0-{number}" for number in range(MESSAGES)]


def test_chats_whose_page_is_broken_are_named_by_their_first_question(path: Path) -> None:
    overwrite(path, *leaves(path, "conversations"))
    chats, messages = _rescued(path)
    assert chats == set()
    assert messages == EVERY_MESSAGE
    with closing(sqlite3.connect(path)) as connection:
        assert all(chat.title.startswith(f"words of {chat.id}-0") for chat in ConversationRepository(connection).list())


def test_texts_that_belong_nowhere_any_more_are_gathered_in_a_chat(path: Path) -> None:
    indexes = ("sqlite_autoindex_messages_1", "sqlite_autoindex_messages_2", "messages_by_parent", "messages")
    overwrite(path, *(page for name in indexes for page in leaves(path, name)))
    salvage(path, None)
    with closing(sqlite3.connect(path)) as connection:
        texts = {message.text for message in MessageRepository(connection).of_conversation("recovered")}
        assert "recovered" in {chat.id for chat in ConversationRepository(connection).list()}
    assert texts == {text_of(message) for message in EVERY_MESSAGE}


def test_a_record_with_holes_is_kept_as_far_as_it_goes(path: Path) -> None:
    """What is written over a row may still read as a row."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE name IN ('messages', 'conversations')"
        )
        connection.execute("PRAGMA user_version = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE messages SET role = NULL, created_at = 'the day before' WHERE id = 'chat0-1'")
        connection.execute("UPDATE conversations SET title = NULL, draft = NULL WHERE id = 'chat1'")
    chats, messages = _rescued(path)
    assert chats == EVERY_CHAT - {"chat1"}
    assert messages == EVERY_MESSAGE


def test_what_is_lost_comes_from_the_backup_and_the_rest_is_of_today(path: Path) -> None:
    backup = copy_of(path)
    write_chats(path, 3, MESSAGES, first=CHATS)
    overwrite(path, *leaves(path, "conversations"), *leaves(path, "messages")[:3], *leaves(path, "parts")[4:8])
    chats, messages = _rescued(path, backup)
    assert chats >= EVERY_CHAT
    assert messages == EVERY_MESSAGE | {
        f"chat{chat}-{number}" for chat in range(CHATS, CHATS + 3) for number in range(MESSAGES)
    }


def test_a_chat_deleted_after_the_backup_stays_deleted(path: Path) -> None:
    backup = copy_of(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM conversations WHERE id = 'chat1'")
    overwrite(path, leaves(path, "messages")[-1], leaves(path, "parts")[-1])
    chats, messages = _rescued(path, backup)
    assert chats == EVERY_CHAT - {"chat1"}
    assert messages == {message for message in EVERY_MESSAGE if not message.startswith("chat1-")}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short_gives_what_is_left_and_the_backup_the_rest(path: Path, share: float) -> None:
    backup = copy_of(path)
    os.truncate(path, int(path.stat().st_size * share) // PAGE * PAGE)
    assert _rescued(path, backup) == (EVERY_CHAT, EVERY_MESSAGE)


def test_a_file_cut_short_gives_what_is_left_of_it_alone(path: Path) -> None:
    os.truncate(path, int(path.stat().st_size * 0.8) // PAGE * PAGE)
    _, messages = _rescued(path)
    assert len(messages) > len(EVERY_MESSAGE) // 2


def test_the_words_that_are_still_in_the_log_are_found(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE conversations SET title = 'just now' WHERE id = 'chat0'")
        log = path.with_name(f"{path.name}-wal").read_bytes()
        overwrite(path, leaves(path, "parts")[5])
        before = path.read_bytes()
    path.write_bytes(before)
    path.with_name(f"{path.name}-wal").write_bytes(log)
    renamed = salvage(path, None)
    assert renamed.with_name(f"{renamed.name}-wal").read_bytes() == log
    with closing(sqlite3.connect(path)) as connection:
        assert ConversationRepository(connection).get("chat0").title == "just now"


def test_search_finds_what_was_rescued(path: Path) -> None:
    overwrite(path, *leaves(path, "messages_by_parent"), *leaves(path, "message_search_data"))
    salvage(path, None)
    with closing(sqlite3.connect(path)) as connection:
        assert {hit.message_id for hit in search(connection, "chat3-7")} == {"chat3-7"}


@pytest.mark.parametrize("content", [b"", b"\0" * 20000, b"Not a database. " * 1000])
def test_where_nothing_is_left_nothing_is_changed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        salvage(path, None)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_where_nothing_is_left_the_backup_is_everything(path: Path) -> None:
    backup = copy_of(path)
    path.write_bytes(b"\0" * 20000)
    assert _rescued(path, backup) == (EVERY_CHAT, EVERY_MESSAGE)


class _EndedError(Exception):
    pass


def test_it_can_be_ended_and_has_changed_nothing_then(path: Path) -> None:
    overwrite(path, leaves(path, "parts")[5])
    before = path.read_bytes()

    def end(_: float) -> None:
        raise _EndedError

    with pytest.raises(_EndedError):
        salvage(path, None, end)
    assert path.read_bytes() == before
    assert not path.with_name(f"{path.name}.new").exists()


def test_what_people_made_of_code_is_rescued_with_its_message(path: Path) -> None:
    made = EditedVersion("chat1-2", 1, 0, MOMENT, (EditedFile("index.html", "<p>"),), 2)
    with closing(open_connection(path)) as connection:
        EditedVersionRepository(connection).add(made)
    overwrite(path, *leaves(path, "conversations"))
    salvage(path, None)
    with closing(open_connection(path)) as connection:
        assert EditedVersionRepository(connection).of_conversation("chat1") == (made,)


def test_what_pages_kept_comes_back_with_their_chats(path: Path) -> None:
    with closing(open_connection(path)) as connection:
        storage = PageStorageRepository(connection)
        storage.save("chat1", ["chat1-3/0", "chat1-5/0"], '[["best","31"]]', MOMENT)
        storage.save("chat2", ["chat2-3/0"], "no items", MOMENT)
    backup = copy_of(path)
    with closing(open_connection(path)) as connection:
        PageStorageRepository(connection).save("chat1", ["chat1-3/0"], '[["best","40"]]', MOMENT)
    overwrite(path, leaves(path, "parts")[0])
    _rescued(path, backup)
    with closing(sqlite3.connect(path)) as connection:
        storage = PageStorageRepository(connection)
        assert storage.find(["chat1-5/0"]) == '[["best","40"]]'
        assert storage.find(["chat2-3/0"]) is None


THESIS = Folder("thesis", "Thesis", 0.0, "own:tutor", ModelRef("server", "model"))
TUTOR = PresetState(favourite=True, uses=3, last_used=MOMENT, values={"topic": "owls"})


def _add_folders_and_presets(path: Path) -> None:
    with closing(open_connection(path)) as connection:
        FolderRepository(connection).save(THESIS)
        chats = ConversationRepository(connection)
        for number in range(CHATS):
            chat = replace(chats.get(f"chat{number}"), folder_id="thesis", preset=AppliedPreset("own:tutor", "Tutor"))
            chats.update(chat)
        PresetRepository(connection).remember("own:tutor", TUTOR)
        PresetRepository(connection).add_version("tutor", "the first", MOMENT)
        PresetRepository(connection).add_version("tutor", "the second", MOMENT)


def _kept(path: Path) -> tuple[object, ...]:
    with closing(sqlite3.connect(path)) as connection:
        presets = PresetRepository(connection)
        versions = [(version.number, version.text) for version in presets.versions("tutor")]
        chats = {
            (chat.folder_id, chat.preset and chat.preset.name) for chat in ConversationRepository(connection).list()
        }
        return FolderRepository(connection).list(), presets.states(), versions, chats


WHOLE = (
    (THESIS,),
    {"own:tutor": TUTOR},
    [(1, "the first"), (2, "the second")],
    {("thesis", "Tutor")},
)


def test_folders_and_what_is_remembered_of_presets_stay(path: Path) -> None:
    _add_folders_and_presets(path)
    overwrite(path, leaves(path, "parts")[0])
    assert _rescued(path)[0] == EVERY_CHAT
    assert _kept(path) == WHOLE


@pytest.mark.parametrize("table", ["folders", "preset_states", "preset_versions"])
def test_lost_folders_and_presets_come_from_the_backup(path: Path, table: str) -> None:
    _add_folders_and_presets(path)
    backup = copy_of(path)
    overwrite(path, *leaves(path, table))
    assert _rescued(path, backup) == (EVERY_CHAT, EVERY_MESSAGE)
    assert _kept(path) == WHOLE


def test_chats_whose_folder_is_lost_are_in_none(path: Path) -> None:
    _add_folders_and_presets(path)
    overwrite(path, *leaves(path, "folders"))
    assert _rescued(path) == (EVERY_CHAT, EVERY_MESSAGE)
    folders, _, _, chats = _kept(path)
    assert (folders, chats) == ((), {(None, "Tutor")})


def test_rows_that_cannot_be_right_are_left_out(path: Path) -> None:
    _add_folders_and_presets(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO folders VALUES ('bad', 'Bad', 'nowhere', '', NULL, NULL, 0, NULL, '')")
        connection.execute("INSERT INTO folders VALUES ('bad too', x'00ff', 1, '', NULL, NULL, 0, NULL, '')")
        connection.execute("INSERT INTO preset_states VALUES ('bad', 0, 'often', NULL, NULL, '{}')")
        connection.execute("INSERT INTO preset_versions VALUES ('tutor', 3, '', x'00ff')")
    overwrite(path, leaves(path, "parts")[0])
    _rescued(path)
    assert _kept(path) == WHOLE


def test_where_applications_keep_answers_stays_with_those_answers(path: Path) -> None:
    model = ModelRef("server", "app")
    with closing(open_connection(path)) as connection, connection:
        message_id, chat_id = connection.execute("SELECT id, conversation_id FROM messages ORDER BY number").fetchone()
        remote = RemoteConversationRepository(connection)
        remote.save(message_id, model, RemoteAnswer("c-1", "m-1"), "path")
        remote.save_inputs(chat_id, model, {"city": "Rome"})
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO remote_conversations VALUES ('lost', 's', 'm', 'c-2', '', '')")
    overwrite(path, leaves(path, "parts")[0])
    _rescued(path)
    with closing(open_connection(path)) as connection:
        remote = RemoteConversationRepository(connection)
        assert remote.find(message_id, model, "path") == RemoteAnswer("c-1", "m-1")
        assert remote.inputs(chat_id, model) == {"city": "Rome"}
        assert connection.execute("SELECT count(*) FROM remote_conversations").fetchone() == (1,)


def test_a_text_with_a_flipped_bit_comes_from_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite3"
    write_chats(path, 2, 2)
    backup = copy_of(path)
    write_chats(path, 1, 2, first=2)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE conversations SET title = CAST(x'5469ff' AS TEXT) WHERE id IN ('chat0', 'chat2')")
        connection.execute("UPDATE parts SET text = CAST(x'776fff' AS TEXT) WHERE message_number IN (1, 6)")
    salvage(path, backup)
    with closing(sqlite3.connect(path)) as connection:
        titles = dict(connection.execute("SELECT id, title FROM conversations"))
        words = dict(connection.execute("SELECT id, text FROM parts JOIN messages ON number = message_number"))
    assert titles == {"chat0": "Title 0", "chat1": "Title 1", "chat2": "Ti\ufffd"}
    assert words["chat0-0"] == text_of("chat0-0")
    assert words["chat2-1"] == "wo\ufffd"


def test_documents_of_a_question_are_rescued_with_what_was_sent_of_them(path: Path) -> None:
    report = DocumentPart(
        *("a" * 64, "application/pdf", "report.pdf", "", 9, "b" * 64, DocumentUnit.PAGE, 12, 400, ""),
        SentAs.PASSAGES,
        (PassageRange(3, 10, 200),),
        passage_count=31,
    )
    with closing(open_connection(path)) as connection:
        messages = MessageRepository(connection)
        question = messages.get("chat1-2").with_parts((report, TextPart(text_of("chat1-2"))))
        messages.update(question)
    overwrite(path, *leaves(path, "conversations"), *leaves(path, "parts_by_document_text"))
    _rescued(path)
    with closing(open_connection(path)) as connection:
        assert MessageRepository(connection).get("chat1-2").documents == (report,)
        assert [each.message_id for each in messages_with(connection, [report.text_sha256])] == ["chat1-2"]
