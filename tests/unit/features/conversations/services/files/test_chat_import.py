"""A chat out of a file becomes a chat of the list: read by the real process, kept in a real database."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.app.foreign_files import read_chat
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.request.formulas import Formulas
from chatdesk.features.chat.services.store.conversations import ConversationAdded
from chatdesk.features.conversations.services.files.chat_import import ChatImport
from chatdesk.features.conversations.services.files.chat_json import JSON, chat_json
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.exporting import Exporting
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.presets.variable import Variable
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.kernel.settings.store import Settings
from chatdesk.rendering.formulas.typeset.process import FormulaProcess
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.exports import exported
from tests.fakes.no_documents import NO_DOCUMENTS
from tests.unit.features.conftest import MODEL, Harness
from tests.unit.features.sample_pictures import HEAD, pixels

PNG = HEAD + b"pixels"


@pytest.fixture
async def imports(harness: Harness, tmp_path: Path) -> AsyncIterator[ChatImport]:
    settings = Settings({}, lambda _: None)
    files = AttachmentFiles(tmp_path / "attachments", tmp_path / "backups")
    attachments = Attachments(files, harness.database, settings, pixels, NO_DOCUMENTS)
    yield ChatImport(harness.conversations, attachments, read_chat, lambda: datetime.now(UTC))
    await settings.close()


async def saved(harness: Harness, tmp_path: Path, *questions: str) -> Path:
    chat = await harness.new_chat()
    for question in questions:
        harness.completion_client.says(f"to {question}")
        await harness.ask(chat, question)
    first = (await harness.path(chat))[0]
    await harness.branches.show_message(chat, first.id)
    path = tmp_path / "saved.json"
    path.write_text(chat_json(await harness.chat.messages(chat), "Kept", (await harness.path(chat))[-1].id), "utf-8")
    return path


async def test_a_saved_chat_becomes_a_second_one_at_the_top_of_the_list(
    harness: Harness, imports: ChatImport, tmp_path: Path
) -> None:
    path = await saved(harness, tmp_path, "one", "two")
    offered = await imports.read(path)
    assert (offered.title, len(offered.messages), offered.pictures, offered.left_out) == ("Kept", 4, 0, 0)
    assert len(harness.conversations.all()) == 1
    added = await imports.add(offered)
    assert harness.conversations.all()[0] == added
    assert harness.list_changes[-1] == ConversationAdded(added)
    assert [message.text for message in await harness.path(added.id)] == ["one", "to one", "two", "to two"]
    again = await imports.add(offered)
    assert len({added.id, again.id, *(chat.id for chat in harness.conversations.all())}) == 3


async def test_a_chat_comes_back_with_all_it_was_held_with_and_is_saved_again_as_the_same(
    harness: Harness, imports: ChatImport, tmp_path: Path
) -> None:
    chat = await harness.new_chat()
    harness.completion_client.says("to one")
    await harness.ask(chat, "one")
    preset = AppliedPreset("own:pirate", "Pirate", prompt="Talk like {{who}}.", variables=(Variable("who"),))
    held = replace(
        harness.conversations.get(chat),
        title="Kept",
        instructions="Be brief.",
        preset=replace(preset, values={"who": "a pirate"}),
        parameters=Parameters(temperature=0.5, stop=("END",)),
        thinking=Thinking.HIGH,
        answer_length=AnswerLength.LONG,
    )
    await harness.conversations._change(held)
    harness.completion_client.says("to two")
    await harness.ask(chat, "two")
    held = harness.conversations.get(chat)
    server = ServerConfig(MODEL.server_id, "Mine", "custom", ServerProtocol.OPENAI, "https://user:key@chat.example/v1")
    exporting = Exporting(
        harness.conversations,
        harness.chat,
        lambda: datetime.now(UTC),
        imports._attachments,
        Formulas(FormulaProcess),
        {server.id: server}.get,
    )
    path = tmp_path / "saved.json"
    path.write_text(await exported(exporting, chat, JSON), "utf-8")
    added = await imports.add(await imports.read(path))
    assert ChatSettings.of(added) == ChatSettings.of(held)
    told = [[message.instructions for message in await harness.path(each.id)] for each in (added, held)]
    assert told[0] == told[1]
    assert told[0][1] != told[0][3]
    await harness.conversations.load()
    again = json.loads(await exported(exporting, added.id, JSON))
    first = json.loads(path.read_text("utf-8"))
    assert first["messages"][1]["server"] == {"vendor": "custom", "name": "Mine", "address": "https://chat.example/v1"}
    for file in (first, again):
        places = {message["id"]: number for number, message in enumerate(file["messages"])}
        file["head"] = places[file["head"]]
        del file["id"], file["created_at"], file["updated_at"]  # the chat is a new one
        for message in file["messages"]:
            message["id"], message["parent"] = places[message["id"]], places.get(message["parent"])
    assert again == first
    assert len(first["messages"]) == 4


async def test_its_pictures_are_taken_in_and_what_is_none_is_left_out(
    harness: Harness, imports: ChatImport, tmp_path: Path
) -> None:
    uris = ["data:image/png;base64," + base64.b64encode(data).decode() for data in (PNG, b"no picture")]
    parts = [{"kind": "text", "text": "Look."}, *({"kind": "image", "name": "a.png", "data": uri} for uri in uris)]
    told = {"format": "chatdesk-chat", "version": 1, "messages": [{"id": "1", "role": "user", "parts": parts}]}
    path = tmp_path / "pictures.json"
    path.write_text(json.dumps(told))
    added = await imports.add(await imports.read(path))
    (message,) = await harness.path(added.id)
    (picture,) = message.pictures
    assert (picture.name, picture.size) == ("a.png", len(PNG))
    assert imports._attachments.read(picture.sha256) == PNG


async def test_nothing_of_it_is_kept_where_the_disk_refuses(
    harness: Harness, imports: ChatImport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = await imports.read(await saved(harness, tmp_path, "one"))
    before = harness.conversations.all()

    def full(_self: object, _message: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(MessageRepository, "add", full)
    with pytest.raises((StorageError, OSError)):
        await imports.add(offered)
    assert harness.conversations.all() == before
    await harness.conversations.load()
    assert [chat.id for chat in harness.conversations.all()] == [chat.id for chat in before]


async def test_what_cannot_be_read_is_refused_with_its_name(imports: ChatImport, tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_text('{"format": "chatdesk-chat", "version": 1, "messages": [')
    with pytest.raises(ImportRefused) as caught:
        await imports.read(path)
    assert (caught.value.problem, caught.value.file) == (ImportProblem.DAMAGED, "notes.json")


async def test_a_reader_that_dies_is_told_and_nothing_waits_for_it(harness: Harness, tmp_path: Path) -> None:
    async def dies(_path: Path, _told: object) -> bool:
        await asyncio.sleep(0)
        return False

    imports = ChatImport(harness.conversations, None, dies, lambda: datetime.now(UTC))
    with pytest.raises(ImportRefused) as caught:
        await imports.read(tmp_path / "x.json")
    assert caught.value.problem is ImportProblem.GAVE_UP
