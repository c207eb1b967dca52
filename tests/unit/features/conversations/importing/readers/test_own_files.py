"""Chatdesk's own files keep everything, IDs included, whether there is one or an archive of them."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from chatdesk.features.conversations.importing.chat_records import OwnChat, records_of, summary_of
from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, Loss, Program
from chatdesk.features.conversations.services.files.chat_documents import ChatDocuments, ImportedFile, ImportedText
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_reading import (
    ChatEnd,
    ChatHead,
    ChatRecord,
    ImportedMessage,
    parse_lines,
)
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportedChat,
    ExportLabels,
    ExportOptions,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message
from chatdesk.kernel.chat.message import (
    DocumentPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset_import import ImportProblem
from tests.unit.features.conversations.importing.exports import (
    PIXEL,
    archive,
    found_in,
    json_file,
    program_of,
    refusal_of,
    unpacked,
)

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
CHAT_ID, Q, A = "c" * 32, "1" * 32, "2" * 32
FILE = b"%PDF-1.4"
TEXT = DocumentText((Section("", "Content"),))
QUESTION = Message(
    Q,
    CHAT_ID,
    None,
    0,
    Role.USER,
    (
        DocumentPart(sha256(FILE).hexdigest(), "application/pdf", "a.pdf", size=8, text_sha256="7" * 64),
        TextPart("Why?"),
    ),
    MessageState.COMPLETE,
    NOW,
)
ANSWER = Message(
    A,
    CHAT_ID,
    Q,
    1,
    Role.ASSISTANT,
    (
        ReasoningPart("Hm.", 2_000),
        TextPart("So.", edited=True),
        ToolCallPart("t", "search", "{}"),
        ToolResultPart("t", "found"),
        SourcesPart((Source(1, "One", address="https://one.example/"),)),
    ),
    MessageState.STOPPED,
    NOW,
    ModelRef("", "qwen3"),
    usage=Usage(7, 2),
)


def exported(**more: Any) -> dict[str, Any]:
    chat = ExportedChat(
        "Trees",
        [exported_message(each, ExportLabels()) for each in (QUESTION, ANSWER)],
        A,
        documents=ChatDocuments({"7" * 64: TEXT}, {sha256(FILE).hexdigest(): FILE}),
        settings=ChatSettings("Be brief."),
        id=CHAT_ID,
        created_at=NOW,
        updated_at=NOW,
    )
    value = json.loads(JSON.write(Export("Trees", [chat], NOW, ExportOptions())))
    assert isinstance(value, dict)
    return {**value, **more}


def chats_in(path: Path) -> list[OwnChat]:
    return [found for found in found_in(path, Program.CHATDESK) if isinstance(found, OwnChat)]


def parsed(chat: OwnChat) -> list[ChatRecord]:
    return [record for each in records_of(chat) for record in parse_lines(json.dumps(each).encode())]


def of_kind[Kind](records: list[ChatRecord], kind: type[Kind]) -> list[Kind]:
    return [record for record in records if isinstance(record, kind)]


def test_a_chat_keeps_everything_and_its_ids(tmp_path: Path) -> None:
    (chat,) = chats_in(json_file(tmp_path, exported(), "trees.chatdesk.json"))
    summary = summary_of(chat)
    assert (summary.id, summary.title, summary.messages, summary.documents) == (CHAT_ID, "Trees", 2, 1)
    assert (summary.created_at, summary.updated_at, summary.message_ids) == (NOW, NOW, (Q, A))
    records = parsed(chat)
    (head,) = of_kind(records, ChatHead)
    assert (head.id, head.head, head.settings.instructions, head.created_at) == (CHAT_ID, A, "Be brief.", NOW)
    assert of_kind(records, ImportedText) == [ImportedText("7" * 64, TEXT)]
    assert of_kind(records, ImportedFile) == [ImportedFile(sha256(FILE).hexdigest(), FILE)]
    question, answer = of_kind(records, ImportedMessage)
    assert (question.id, question.parent, answer.id, answer.parent) == (Q, "", A, Q)
    assert question.message.parts == QUESTION.parts
    assert replace(answer.message, id=A, conversation_id=CHAT_ID, parent_id=Q, sequence=1) == ANSWER
    assert records[-1] == ChatEnd(CHAT_ID)


def test_a_pin_and_a_folder_are_kept_and_other_values_are_none(tmp_path: Path) -> None:
    files = {
        "Home/a.json": exported(pinned=True, folder="Work / play"),
        "Home/b.json": exported(id="d" * 32, pinned="yes", folder=5),
        "c.json": exported(id="e" * 32, version=1),
    }
    found = {each.summary.id[0]: each.summary for each in chats_in(archive(tmp_path, files))}
    assert [(found[key].folder, found[key].pinned) for key in "cde"] == [
        ("Work / play", True),
        ("Home", False),
        ("", False),
    ]
    (head, *_) = of_kind(parsed(chats_in(archive(tmp_path, files))[0]), ChatHead)
    assert head.pinned


def test_version_1_has_no_settings_and_no_ids_of_chats(tmp_path: Path) -> None:
    old = exported(version=1)
    del old["id"], old["created_at"], old["updated_at"]
    path = json_file(tmp_path, old, "old.json")
    (chat,), (again,) = chats_in(path), chats_in(path)
    (head,) = of_kind(parsed(chat), ChatHead)
    assert (head.settings.instructions, head.created_at) == ("", NOW)
    assert len(head.id) == 32
    assert summary_of(chat).id == summary_of(again).id
    assert summary_of(chat).message_ids == (Q, A)
    assert of_kind(parsed(chat), ImportedFile) == []


def test_several_chats_in_an_archive_or_a_folder_keep_their_folders(tmp_path: Path) -> None:
    files = {
        "Chats/trees.chatdesk.json": exported(),
        "Chats/Work/other.chatdesk.json": exported(id="d" * 32, title="Other"),
        "Chats/Work/broken.chatdesk.json": {"format": "chatdesk-chat", "version": 2, "messages": "none"},
        "Chats/Work/readme.json": {"name": "something else"},
    }
    for path in (archive(tmp_path, files), unpacked(tmp_path, files)):
        found = found_in(path, Program.CHATDESK)
        chats = [each for each in found if isinstance(each, OwnChat)]
        assert sorted((summary_of(each).title, summary_of(each).folder) for each in chats) == [
            ("Other", "Work"),
            ("Trees", ""),
        ]
        assert [each for each in found if not isinstance(each, OwnChat)] == [DamagedChat("broken")]


def test_a_project_with_a_chat_among_its_files_is_none_of_chats(tmp_path: Path) -> None:
    files = {"tests/sample.json": exported(), "a.py": "1", "b.py": "2", "c.py": "3"}
    assert program_of(archive(tmp_path, files)) is not Program.CHATDESK


def test_pictures_are_counted_if_they_are_embedded(tmp_path: Path) -> None:
    parts = [{"kind": "image", "data": PIXEL}, {"kind": "image"}, {"kind": "text", "text": "x"}]
    (chat,) = chats_in(json_file(tmp_path, exported(messages=[{"id": Q, "role": "user", "parts": parts}]), "p.json"))
    assert summary_of(chat).pictures == 1
    (message,) = of_kind(parsed(chat), ImportedMessage)
    assert (len(message.pictures), len(message.lost)) == (1, 1)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"version": 3}, ImportProblem.NEWER),
        ({"version": 0}, ImportProblem.DAMAGED),
        ({"version": True}, ImportProblem.DAMAGED),
        ({"messages": []}, ImportProblem.DAMAGED),
        ({"messages": {"a": 1}}, ImportProblem.DAMAGED),
        ({"messages": ["x", {"role": "user"}]}, ImportProblem.DAMAGED),
    ],
)
def test_what_is_no_chat_is_refused(tmp_path: Path, more: dict[str, Any], problem: ImportProblem) -> None:
    assert refusal_of(json_file(tmp_path, exported(**more), "x.json")) is problem


def test_messages_keep_the_order_of_the_file_unless_one_comes_before_its_parent(tmp_path: Path) -> None:
    ids = [f"{number}" * 32 for number in range(5)]
    parents = [None, None, ids[0], ids[4], ids[1]]
    messages = [{"id": each, "parent": above, "role": "user"} for each, above in zip(ids, parents, strict=True)]
    (chat,) = chats_in(json_file(tmp_path, exported(messages=messages), "x.json"))
    assert summary_of(chat).message_ids == (ids[0], ids[1], ids[2], ids[4], ids[3])


def test_foreign_ids_repeated_ids_and_cycles_do_no_harm(tmp_path: Path) -> None:
    said = [{"kind": "text", "text": "x"}]
    messages = [
        {"id": "../../x", "parent": "b", "role": "user", "parts": said},
        {"id": "b", "parent": "../../x", "role": "assistant", "parts": said},
        {"id": Q, "parent": 5, "role": "user", "parts": "none"},
        {"id": Q, "parent": None, "role": "user", "parts": said},
        5,
    ]
    (chat,) = chats_in(json_file(tmp_path, exported(id="not an id", head="nothing", messages=messages), "x.json"))
    read = of_kind(parsed(chat), ImportedMessage)
    assert read[2].id == Q
    assert all(len(each.id) == 32 and each.id.isalnum() for each in read)
    assert [each.parent for each in read] == ["", read[0].id, ""]
    assert summary_of(chat).lost == {Loss.DAMAGED_MESSAGE: 2}
    (head,) = of_kind(parsed(chat), ChatHead)
    assert (len(head.id), head.head) == (32, "")


def test_chats_that_other_programs_have_numbered_are_different_chats(tmp_path: Path) -> None:
    def numbered(text: str) -> dict[str, Any]:
        return {"id": "1", "role": "user", "parts": [{"kind": "text", "text": text}]}

    files = {name: exported(id=None, messages=[numbered(name)]) for name in ("a.json", "b.json")}
    first, second = chats_in(archive(tmp_path, files))
    assert summary_of(first).id != summary_of(second).id
    assert summary_of(first).message_ids != summary_of(second).message_ids


def test_a_document_whose_content_is_not_what_it_says_is_left_out(tmp_path: Path) -> None:
    documents = {"files": {"a" * 64: b64encode(b"other").decode(), "no hash": "x"}, "texts": 5}
    (chat,) = chats_in(json_file(tmp_path, exported(documents=documents), "x.json"))
    assert of_kind(parsed(chat), ImportedFile) == [ImportedFile("a" * 64, b"")]
