"""Chats of another program become chats of the list: read by the real process, kept in a real database."""

import asyncio
import json
from collections.abc import AsyncGenerator, Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.app.foreign_files import preview_chats, read_key, send_chats
from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import ChatRemoval
from chatdesk.features.conversations.importing.chat_records import chat_id, records_of, summary_of
from chatdesk.features.conversations.importing.foreign_chat import (
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    Loss,
    Program,
    stable_id,
)
from chatdesk.features.conversations.importing.run import Preview, SourceRead
from chatdesk.features.conversations.services.files.chat_imports import ChatReaders, ChatState
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_reading import ChatRecord, parse_lines
from chatdesk.features.conversations.services.files.exported_chat import Export, ExportedChat, ExportLabels
from chatdesk.features.conversations.services.files.exported_turns import exported_message
from chatdesk.features.conversations.services.files.import_folders import (
    DestinationKind,
    FolderNames,
    ImportDestination,
)
from chatdesk.kernel.chat.conversation import TitleOrigin
from chatdesk.kernel.chat.message import Role, TextPart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.errors.storage_errors import DatabaseLocked
from chatdesk.kernel.presets.preset_import import ImportProblem
from chatdesk.storage.database.connection import Connection
from tests.unit.features.conftest import Harness
from tests.unit.features.conversations.foreign_chats import foreign_chat, foreign_message, of_messages, write_export
from tests.unit.features.conversations.importing.readers import test_jan
from tests.unit.features.conversations.importing.readers.test_chatgpt import QUESTION, ROOT, conversation
from tests.unit.features.conversations.importing.readers.test_open_webui import CHAT
from tests.unit.features.conversations.importing.reading import written
from tests.unit.features.conversations.services.files.importer import (
    Importer,
    here,
    no_presets,
    presets_in,
    rows,
    stored_titles,
    texts,
)
from tests.unit.features.sample_pictures import HEAD

PNG = HEAD + b"pixels"


async def test_a_preview_tells_what_an_import_would_do_and_changes_nothing(
    harness: Harness, importer: Importer
) -> None:
    preview = await importer.preview(foreign_chat("one"), foreign_chat("two", ["a", "b", "c"]), {"chat": {}})
    assert [(each.summary.id, each.state, each.new_messages) for each in preview.chats] == [
        (here("one"), ChatState.NEW, 2),
        (here("two"), ChatState.NEW, 3),
    ]
    assert preview.left_out == {Loss.EMPTY_CHAT: 1}
    assert (preview.refused, preview.sources[0].program) == ((), Program.OPEN_WEBUI)
    assert await rows(harness) == [0, 0, 0, 0]


async def test_the_chosen_chats_are_added_with_all_that_they_have(harness: Harness, importer: Importer) -> None:
    preview = await importer.preview(CHAT, foreign_chat("other"))
    result = await importer.imports.add(preview, [here("c1")])
    assert result.added == (here("c1"),)
    assert (result.messages, result.pictures, result.documents) == (3, 1, 0)
    assert result.lost == {Loss.PICTURE: ("Greeting",)}
    (chat,) = harness.conversations.all()
    assert (chat.title, chat.title_origin, chat.pinned, chat.unread_id) == ("Greeting", TitleOrigin.USER, True, "")
    assert chat.instructions == "Be brief."
    assert chat.updated_at == datetime.fromtimestamp(1700000100, UTC)
    question, answer = await harness.path(chat.id)
    assert (question.text, answer.text, answer.model and answer.model.model_id) == ("Hello", "Hi", "llama3:8b")
    assert [picture.problem for picture in question.pictures] == [None, PictureProblem.MISSING]
    assert importer.imports._attachments.read(question.pictures[0].sha256)
    assert [message.text for message in await harness.chat.messages(chat.id)] == ["Hello", "Hi", "Good day"]
    await harness.conversations.load()
    assert harness.conversations.all() == (chat,)
    assert {hit.conversation_id for hit in await harness.conversations.search("good day").more(9)} == {chat.id}


async def test_imported_chats_take_their_places_in_the_list_by_their_dates(
    harness: Harness, importer: Importer
) -> None:
    await harness.ask(await harness.new_chat(), "Today")
    chats = [foreign_chat("old", day=1), foreign_chat("new", day=9)]
    await importer.import_all(*chats)
    assert await stored_titles(harness) == ["Today", "Chat new", "Chat old"]
    await importer.import_all(foreign_chat("between", day=5), foreign_chat("oldest", day=0))
    assert await stored_titles(harness) == [
        "Today",
        "Chat new",
        "Chat between",
        "Chat old",
        "Chat oldest",
    ]
    await harness.ask(harness.conversations.all()[-1].id, "Used again")
    assert (await stored_titles(harness))[0] == "Chat oldest"


async def test_a_second_import_of_the_same_file_adds_nothing(harness: Harness, importer: Importer) -> None:
    await importer.import_all(CHAT, foreign_chat("other"))
    before = await rows(harness)
    preview = await importer.preview(CHAT, foreign_chat("other"))
    assert [(each.state, each.new_messages) for each in preview.chats] == [(ChatState.HERE, 0)] * 2
    result = await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    assert (result.added, result.grown, result.messages, result.lost) == ((), (), 0, {})
    assert await rows(harness) == before


async def test_a_later_export_adds_the_new_messages_to_the_chat_and_shows_them(
    harness: Harness, importer: Importer
) -> None:
    await importer.import_all(foreign_chat("one", ["Hello", "Hi"]))
    chat = here("one")
    shown = await harness.chat.messages(chat)
    grown = foreign_chat("one", ["Hello", "Hi", "And?", "So."], day=3, title="Renamed there")
    preview = await importer.preview(grown)
    assert [(each.state, each.new_messages) for each in preview.chats] == [(ChatState.GROWN, 2)]
    result = await importer.imports.add(preview, [chat])
    assert (result.added, result.grown, result.messages) == ((), (chat,), 2)
    assert await texts(harness, chat) == ["Hello", "Hi", "And?", "So."]
    assert (await harness.chat.messages(chat))[:2] == shown
    assert PathChanged(chat) in harness.changes
    assert harness.conversations.get(chat).title == "Chat one"
    await stored_titles(harness)
    await harness.conversations.load()
    assert await texts(harness, chat) == ["Hello", "Hi", "And?", "So."]
    assert len(await harness.conversations.search("And?").more(9)) == 1


async def test_a_chat_that_went_on_here_keeps_what_it_shows_and_gets_the_new_messages_beside(
    harness: Harness, importer: Importer
) -> None:
    await importer.import_all(foreign_chat("one"))
    chat = here("one")
    await harness.ask(chat, "Asked here")
    await importer.import_all(foreign_chat("one", ["Hello", "Hi", "Asked there", "Answered there"]))
    assert (await texts(harness, chat))[:3] == ["Hello", "Hi", "Asked here"]
    assert {message.text for message in await harness.chat.messages(chat)} >= {"Asked there", "Answered there"}
    sequences = [message.sequence for message in await harness.chat.messages(chat)]
    assert sequences == sorted(set(sequences))


async def test_a_chat_in_the_trash_comes_back_with_what_is_new(harness: Harness, importer: Importer) -> None:
    await importer.import_all(foreign_chat("one"))
    chat = here("one")
    await harness.trash.trash_chats([chat])
    grown = foreign_chat("one", ["Hello", "Hi", "More"])
    preview = await importer.preview(grown)
    assert [(each.state, each.new_messages) for each in preview.chats] == [(ChatState.DELETED, 1)]
    result = await importer.imports.add(preview, [chat])
    assert (result.added, result.grown, result.restored) == ((), (), (chat,))
    assert await texts(harness, chat) == ["Hello", "Hi", "More"]
    assert harness.trash.count == 0
    assert await stored_titles(harness) == ["Chat one"]
    assert await importer.imports.undo(result) == ()
    assert harness.conversations.all() == ()
    assert harness.trash.count == 1
    await harness.trash.restore([chat])
    assert await texts(harness, chat) == ["Hello", "Hi"]


async def test_messages_whose_import_was_undone_are_not_there_twice_after_the_next_one(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their rows are removed in steps after the undoing. Before that, the chat seemed to have messages of another one."""
    tried = asyncio.Event()

    async def fail(_removal: ChatRemoval, _ids: Iterable[str]) -> None:
        tried.set()
        raise DatabaseLocked

    await importer.import_all(foreign_chat("one"))
    grown = foreign_chat("one", ["Hello", "Hi", "More", "Yes"])
    result = await importer.import_all(grown)
    with monkeypatch.context() as held:
        held.setattr(ChatRemoval, "remove_hidden", fail)
        assert await importer.imports.undo(result) == ()
        await tried.wait()
    assert (await importer.import_all(grown)).grown == (here("one"),)
    assert await texts(harness, here("one")) == ["Hello", "Hi", "More", "Yes"]
    assert len(await harness.chat.messages(here("one"))) == 4


async def test_a_message_whose_question_is_in_the_trash_follows_what_is_before_it(
    harness: Harness, importer: Importer
) -> None:
    await importer.import_all(foreign_chat("one", ["Hello", "Hi", "And?", "So."]))
    chat = here("one")
    last = (await harness.path(chat))[-1]
    await harness.branches.delete(last.id)
    await importer.import_all(foreign_chat("one", ["Hello", "Hi", "And?", "So.", "Thanks"]))
    await harness.conversations.load()
    (thanks,) = [message for message in await harness.chat.messages(chat) if message.text == "Thanks"]
    assert thanks.parent_id == (await harness.path(chat))[2].id


async def test_an_id_of_another_chat_gives_the_whole_chat_other_ids_and_overwrites_nothing(
    harness: Harness, importer: Importer
) -> None:
    await importer.import_all(foreign_chat("one", ["Hello", "Hi"]))
    first, second = await harness.path(here("one"))
    copied = foreign_chat("two", ["Mine", "Yours"])
    message_id = stable_id(Program.OPEN_WEBUI, "two", "a1")

    def take_id(connection: Connection) -> None:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("UPDATE messages SET id = ? WHERE id = ?", (message_id, second.id))
        connection.execute("UPDATE conversations SET head_id = ?", (message_id,))

    await harness.database.run(take_id)
    result = await importer.import_all(copied)
    (added,) = result.added
    assert added != here("two")
    assert await texts(harness, added) == ["Mine", "Yours"]
    assert message_id not in {message.id for message in await harness.path(added)}
    again = await importer.import_all(copied)
    assert (again.added, again.grown, again.messages) == ((), (), 0)
    assert first.text == "Hello"


async def test_of_two_files_with_the_same_chat_both_are_imported_as_one(harness: Harness, importer: Importer) -> None:
    older = write_export(importer.folder / "older.json", foreign_chat("one", ["Hello", "Hi"]))
    newer = write_export(importer.folder / "newer.json", foreign_chat("one", ["Hello", "Hi", "More"]))
    preview = await importer.imports.preview([older, newer])
    assert [each.summary.messages for each in preview.chats] == [3]
    await importer.imports.add(preview, [here("one")])
    assert await texts(harness, here("one")) == ["Hello", "Hi", "More"]
    more = [foreign_chat("one", ["Hello", "Hi", "More", *rest]) for rest in (["a"], ["a", "b"])]
    paths = [write_export(importer.folder / f"{number}.json", each) for number, each in enumerate(more)]
    await importer.imports.add(await importer.imports.preview(paths), [here("one")])
    assert await texts(harness, here("one")) == ["Hello", "Hi", "More", "a", "b"]


async def test_a_chat_that_is_twice_in_a_file_is_imported_once_with_all_of_its_messages(
    harness: Harness, importer: Importer
) -> None:
    said = [f"{number} " + "some words " * 1_000 for number in range(20)]
    more = [*said, "And one more."]
    result = await importer.import_all(foreign_chat("one", said), foreign_chat("one", more), foreign_chat("one", said))
    assert await texts(harness, here("one")) == more
    assert (result.added, result.messages) == ((here("one"),), 21)
    later = [*more, "Later.", "Last."]
    result = await importer.import_all(foreign_chat("one", later[:-1]), foreign_chat("one", later))
    assert (result.grown, result.messages) == ((here("one"),), 2)
    assert await texts(harness, here("one")) == later


async def test_cycles_are_cut_and_messages_without_their_question_begin_a_path(
    harness: Harness, importer: Importer
) -> None:
    messages = [
        foreign_message("q1", "nobody", "Orphan"),
        foreign_message("a1", "q1", "Answer"),
        foreign_message("q2", "a2", "Round"),
        foreign_message("a2", "q2", "and round"),
    ]
    result = await importer.import_all(of_messages("one", messages, head="a1"))
    assert await texts(harness, here("one")) == ["Orphan", "Answer"]
    assert result.messages == 4


@pytest.mark.parametrize("destination", list(DestinationKind))
async def test_chats_go_to_the_folders_that_were_chosen(
    harness: Harness, importer: Importer, destination: DestinationKind
) -> None:
    existing = await harness.folders.create("Work")
    chats = [foreign_chat(name, folder={"name": folder}) for name, folder in (("one", "work"), ("two", " Home\n"))]
    preview = await importer.preview(*chats)
    result = await importer.imports.add(preview, [here("one"), here("two")], ImportDestination(destination, "Imported"))
    names = {
        chat.title: folder.name if (folder := harness.folders.find(chat.folder_id)) else ""
        for chat in harness.conversations.all()
    }
    match destination:
        case DestinationKind.SOURCE_FOLDERS:
            assert names == {"Chat one": "Work", "Chat two": "Home"}
        case DestinationKind.FOLDER:
            assert names == {"Chat one": "Imported", "Chat two": "Imported"}
        case DestinationKind.NONE:
            assert names == {"Chat one": "", "Chat two": ""}
    await harness.conversations.load()
    assert {chat.folder_id or "" for chat in harness.conversations.all()} <= {
        *result.folders,
        existing.id,
        "",
    }
    assert await importer.imports.undo(result) == ()
    assert harness.folders.all() == (existing,)


def reading(*chats: ForeignChat) -> ChatReaders:
    """Return readers that find these chats in any file."""

    async def preview(_paths: Sequence[Path]) -> AsyncGenerator[Preview, None]:
        yield SourceRead(0, chats[0].program, "export.zip", 1_000)
        for chat in chats:
            yield summary_of(chat)

    async def send(_paths: Sequence[Path], chosen: Collection[str]) -> AsyncGenerator[Sequence[ChatRecord], None]:
        for chat in chats:
            if chat_id(chat) in chosen:
                yield parse_lines(json.dumps(list(records_of(chat))).encode())

    return ChatReaders(preview, send, no_presets, read_key)


def with_files(*files: ForeignFile) -> ForeignChat:
    question = ForeignMessage("1", "", Role.USER, (TextPart("Look."), *files))
    return ForeignChat(Program.CLAUDE, "files", "Files", (question,))


async def test_documents_come_with_their_texts_and_what_cannot_be_read_keeps_its_file(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = with_files(
        ForeignFile("notes.txt", "text/plain", b"The notes."),
        ForeignFile("report.pdf", "application/pdf", b"no PDF at all", "What it says."),
        ForeignFile("tool.bin", "application/octet-stream", b"\x00\x01"),
        ForeignFile("again.txt", "text/plain", b"The notes."),
        ForeignFile("gone.txt", "text/plain"),
    )
    monkeypatch.setattr(importer.imports, "_readers", reading(chat))
    preview = await importer.imports.preview([importer.folder])
    assert (preview.chats[0].summary.documents, preview.chats[0].summary.pictures) == (4, 0)
    result = await importer.imports.add(preview, [chat_id(chat)])
    ((message,),) = [await harness.path(chat_id(chat))]
    notes, report, tool, again = message.documents
    attachments = importer.imports._attachments
    texts = [text and text.sections[0].text for text in [await attachments.text_of(each) for each in message.documents]]
    assert texts == ["The notes.", "What it says.", None, "The notes."]
    assert [attachments.read(each.sha256) for each in (notes, report, tool)] == [
        b"The notes.",
        b"no PDF at all",
        b"\x00\x01",
    ]
    assert (again.sha256, again.name, tool.name) == (notes.sha256, "again.txt", "tool.bin")
    assert result.documents == 3
    assert [hit.message_id for hit in await harness.conversations.search("notes.txt").more(9)] in ([], [message.id])


async def test_pictures_are_stored_once_and_one_that_is_none_is_reported(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = with_files(
        ForeignFile("a.png", "image/png", PNG, is_picture=True),
        ForeignFile("b.png", "image/png", PNG, is_picture=True),
        ForeignFile("c.png", "image/png", b"no picture", is_picture=True),
    )
    monkeypatch.setattr(importer.imports, "_readers", reading(chat))
    result = await importer.imports.add(await importer.imports.preview([importer.folder]), [chat_id(chat)])
    (message,) = await harness.path(chat_id(chat))
    assert [picture.name for picture in message.pictures] == ["a.png", "b.png"]
    assert len({picture.sha256 for picture in message.pictures}) == 1
    assert (result.pictures, result.lost) == (2, {Loss.PICTURE: ("Files",)})


async def test_a_file_with_presets_only_offers_them_and_is_not_refused(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer.imports, "_readers", ChatReaders(preview_chats, send_chats, presets_in, read_key))
    path = importer.folder / "prompts.json"
    path.write_text('[{"command": "/p", "title": "Pirate", "content": "Talk like a pirate."}]', "utf-8")
    preview = await importer.imports.preview([path])
    assert (preview.chats, preview.refused) == ((), ())
    assert [offer.candidate.preset.name for offer in preview.presets.offers] == ["Pirate"]


async def test_assistants_in_the_data_folder_of_jan_are_presets(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer.imports, "_readers", ChatReaders(preview_chats, send_chats, presets_in, read_key))
    folder = test_jan.data_folder(importer.folder, test_jan.QUESTION)
    for name, instructions in (("jan", ""), ("poet", "Rhyme.")):
        assistant = {"object": "assistant", "id": name, "name": name.title(), "instructions": instructions}
        written(folder, assistant, f"assistants/{name}/assistant.json")
    written(importer.folder, assistant, "elsewhere/assistant.json")
    (folder / "assistants/link").symlink_to(importer.folder / "elsewhere", target_is_directory=True)
    preview = await importer.imports.preview([folder])
    assert [each.summary.title for each in preview.chats] == ["Greeting"]
    assert [offer.candidate.preset.name for offer in preview.presets.offers] == ["Poet"]
    assert preview.refused == ()


async def test_a_file_with_neither_is_refused(importer: Importer) -> None:
    path = importer.folder / "picture.gif"
    path.write_bytes(b"GIF89a")
    preview = await importer.imports.preview([path])
    assert [(each.problem, each.file) for each in preview.refused] == [(ImportProblem.UNKNOWN, "picture.gif")]


async def test_servers_of_a_file_are_offered_and_a_key_is_read_on_request_alone(importer: Importer) -> None:
    path = importer.folder / "chatbox.json"
    settings = {
        "providers": {
            "openai": {"apiKey": "sk-canary", "apiHost": "https://proxy.example"},
            "ollama": {"apiHost": "http://10.0.0.2"},
        }
    }
    path.write_text(json.dumps({"settings": settings, "session:1": {"id": "1", "messages": []}}), "utf-8")
    preview = await importer.imports.preview([path])
    openai, ollama = preview.servers
    assert (openai.address, openai.vendor, openai.has_key) == ("https://proxy.example", "openai", True)
    assert "sk-canary" not in str(preview)
    assert await importer.imports.key_of(preview, openai) == "sk-canary"
    assert await importer.imports.key_of(preview, ollama) == ""


def folder_of(harness: Harness, name: str) -> str:
    chat = harness.conversations.find(here(name))
    assert chat is not None
    folder = harness.folders.find(chat.folder_id)
    return folder.name if folder else ""


async def test_archived_chats_go_to_a_folder_in_the_language_of_the_user_and_are_not_pinned(
    harness: Harness, importer: Importer
) -> None:
    chats = [foreign_chat("one", archived=True, pinned=True, folder={"name": "Work"}), foreign_chat("two")]
    path = write_export(importer.folder / "export.json", *chats)
    preview = await importer.imports.preview([path], names=FolderNames("已归档"))
    assert {each.summary.title: each.summary.folder for each in preview.chats} == {"Chat one": "已归档", "Chat two": ""}
    await importer.imports.add(preview, [each.summary.id for each in preview.chats])
    assert [folder_of(harness, name) for name in ("one", "two")] == ["已归档", ""]
    assert not any(chat.pinned for chat in harness.conversations.all())


async def test_later_chats_of_a_project_without_a_name_join_those_that_are_here(
    harness: Harness, importer: Importer
) -> None:
    old, new = (
        conversation(ROOT, QUESTION, conversation_id=each, conversation_template_id="g-p-1") for each in ("old", "new")
    )
    first = await importer.import_all(old)
    await harness.folders.rename(first.folders[0], "Thesis")
    second = await importer.import_all(old, new)
    chats = [harness.conversations.find(id_) for id_ in (*first.added, *second.added)]
    assert [chat and chat.folder_id for chat in chats] == [first.folders[0]] * 2
    assert second.folders == ()


async def test_a_file_of_chatdesk_is_the_chat_that_it_was(harness: Harness, importer: Importer) -> None:
    chat_id = await harness.new_chat()
    await harness.ask(chat_id, "Why?")
    messages = await harness.chat.messages(chat_id)
    turns = [exported_message(each, ExportLabels()) for each in messages]
    exported = ExportedChat("Trees", turns, messages[-1].id, id=chat_id, created_at=datetime(2024, 5, 1, tzinfo=UTC))
    path = importer.folder / "trees.chatdesk.json"
    path.write_bytes(JSON.write(Export("Trees", [exported], datetime.now(UTC))))
    preview = await importer.imports.preview([path])
    assert [(each.summary.id, each.state, each.new_messages) for each in preview.chats] == [
        (chat_id, ChatState.HERE, 0)
    ]
    # The same file on a computer that has no such chat:
    ids = {known: f"{number:032x}" for number, known in enumerate([chat_id, *(each.id for each in messages)], 1)}
    text = path.read_text("utf-8")
    for known, other in ids.items():
        text = text.replace(known, other)
    path.write_text(text, "utf-8")
    preview = await importer.imports.preview([path])
    await importer.imports.add(preview, [ids[chat_id]])
    added = harness.conversations.find(ids[chat_id])
    assert added is not None
    assert (added.title, added.created_at) == ("Trees", datetime(2024, 5, 1, tzinfo=UTC))
    copied = await harness.path(added.id)
    assert [(each.id, each.parts) for each in copied] == [(ids[each.id], each.parts) for each in messages]
