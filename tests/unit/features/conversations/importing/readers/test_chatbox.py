"""Backups of Chatbox: sessions, their threads and branches, parts, pictures and documents, and the shapes of old versions."""

from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.chat_records import summary_of
from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from tests.unit.features.conversations.importing.reading import (
    PIXEL,
    chats_in,
    read,
    servers_in,
    shown,
    tree,
    written,
    zipped,
)

SYSTEM = {"id": "m0", "role": "system", "contentParts": [{"type": "text", "text": "Be brief."}]}
QUESTION = {
    "id": "m1",
    "role": "user",
    "contentParts": [
        {"type": "text", "text": "What is this?"},
        {"type": "image", "storageKey": "picture:input-box:1"},
        {"type": "image", "storageKey": "picture:input-box:gone"},
    ],
    "files": [
        {"id": "f1", "name": "notes.txt", "fileType": "text/plain", "storageKey": "file:s1:m1:1"},
        {"id": "f2", "name": "lost.pdf", "fileType": "application/pdf"},
    ],
    "timestamp": 1700000000000,
}
ANSWER = {
    "id": "m2",
    "role": "assistant",
    "model": "OpenAI API (gpt-5)",
    "aiProvider": "openai",
    "contentParts": [
        {"type": "reasoning", "text": "hm", "duration": 900},
        {
            "type": "tool-call",
            "state": "result",
            "toolCallId": "c1",
            "toolName": "web_search",
            "args": {"q": "x"},
            "result": [1],
        },
        {"type": "text", "text": "A dot."},
        {"type": "info", "text": "retrying"},
    ],
    "usage": {"inputTokens": 7, "outputTokens": 3},
    "firstTokenLatency": 120,
    "timestamp": 1700000001000,
}


def text(message_id: str, role: str, content: str) -> dict[str, object]:
    return {"id": message_id, "role": role, "contentParts": [{"type": "text", "text": content}]}


def backup(**session: object) -> dict[str, object]:
    chat = {"id": "s1", "name": "Dots", "starred": True, "messages": [SYSTEM, QUESTION, ANSWER], **session}
    return {
        "settings": {"language": "en", "providers": {"openai": {"apiKey": "sk-canary"}}},
        "chat-sessions-list": [{"id": "s1", "name": "Dots", "starred": True}],
        "session:s1": chat,
        "picture:input-box:1": PIXEL,
        "file:s1:m1:1": "Written down.",
        "__exported_items": ["conversations"],
    }


def test_a_session_keeps_its_messages_parts_and_settings(tmp_path: Path) -> None:
    (chat,) = chats_in(written(tmp_path, backup()), Program.CHATBOX)
    assert (chat.id, chat.title, chat.pinned, chat.instructions, chat.head) == (
        "s1/m1",
        "Dots",
        True,
        "Be brief.",
        "m2",
    )
    question, answer = chat.messages
    assert shown(question.parts) == [
        "document notes.txt text/plain Written down.",
        "picture  image/png 70",
        "picture   missing",
        "What is this?",
    ]
    assert shown(answer.parts) == ["thought hm 900", "A dot.", 'call c1 web_search {"q": "x"}', "result c1 [1]"]
    assert (answer.model, answer.vendor) == ("gpt-5", "openai")
    assert answer.usage == Usage(7, 3, first_token_milliseconds=120)
    assert answer.created_at is not None
    assert answer.created_at.timestamp() == 1700000001
    assert chat.lost == {Loss.DOCUMENT: 1, Loss.PICTURE: 1}


def test_an_earlier_thread_becomes_a_chat(tmp_path: Path) -> None:
    first_line = text("a", "user", "Line?") | {"timestamp": 1690000000000}
    thread = {"id": "t1", "name": "Lines", "createdAt": 1699999999000, "messages": [SYSTEM, first_line]}
    first, second = chats_in(written(tmp_path, backup(threads=[thread])), Program.CHATBOX)
    assert (first.id, first.title, first.pinned) == ("s1/a", "Lines", False)
    summary = summary_of(first)
    assert summary.created_at is not None
    assert summary.created_at.timestamp() == 1690000000
    assert second.id == "s1/m1"


def test_a_thread_stays_the_same_chat_when_another_one_is_shown(tmp_path: Path) -> None:
    def ids(current: list[object], *threads: list[object]) -> list[str]:
        earlier = [{"id": f"new{len(each)}", "name": "Earlier", "messages": each} for each in threads]
        value = backup(messages=current, threads=earlier)
        return [chat.id for chat in chats_in(written(tmp_path, value), Program.CHATBOX)]

    one: list[object] = [SYSTEM, text("sum", "assistant", "Summary") | {"isSummary": True}, QUESTION, ANSWER]
    two: list[object] = [SYSTEM | {"id": "n0"}, text("n1", "user", "New")]
    assert ids(one) == ["s1/m1"]
    assert ids(two, one) == ["s1/m1", "s1/n1"]
    assert ids([*one, text("m3", "user", "More")], two) == ["s1/n1", "s1/m1"]


def test_folders_and_hidden_sessions_are_kept(tmp_path: Path) -> None:
    value = backup(folderId="f1", threadName="Now", threads=[{"messages": [text("a", "user", "x")]}]) | {
        "session-folders": [{"id": "f1", "name": "Work"}, {"id": 5}, None],
        "session:s2": {"id": "s2", "hidden": True, "folderId": "gone", "messages": [text("b", "user", "y")]},
    }
    chats = chats_in(written(tmp_path, value), Program.CHATBOX)
    assert [(chat.title, chat.folder, chat.archived) for chat in chats] == [
        ("Dots", "Work", False),
        ("Now", "Work", False),
        ("y", "", True),
    ]


def test_alternatives_become_branches_in_their_order(tmp_path: Path) -> None:
    forks = {
        "q": {
            "position": 1,
            "lists": [
                {"id": "l0", "messages": [text("first", "assistant", "1"), text("more", "user", "and?")]},
                {"id": "l1", "messages": []},
                {"id": "l2", "messages": [text("third", "assistant", "3")]},
            ],
        },
        "first": {"position": 0, "lists": [{"messages": []}, {"messages": [text("other", "user", "or?")]}]},
    }
    messages = [text("q", "user", "?"), text("second", "assistant", "2")]
    (chat,) = chats_in(written(tmp_path, backup(messages=messages, messageForksHash=forks)), Program.CHATBOX)
    assert tree(chat) == [
        ("q", ""),
        ("first", "q"),
        ("more", "first"),
        ("other", "first"),
        ("second", "q"),
        ("third", "q"),
    ]
    assert chat.head == "second"


def test_sessions_of_old_versions_have_a_text_for_each_message(tmp_path: Path) -> None:
    old = {
        "id": "s0",
        "name": "Old",
        "messages": [
            {"id": "a", "role": "system", "content": "You are old."},
            {"id": "b", "role": "user", "content": "Hello", "pictures": [{"url": PIXEL}]},
            {"id": "c", "role": "assistant", "content": "Hi", "reasoningContent": "hm", "generating": True},
        ],
    }
    (chat,) = chats_in(written(tmp_path, {"chat-sessions": [old], "configVersion": 5}), Program.CHATBOX)
    assert chat.instructions == "You are old."
    assert [shown(message.parts) for message in chat.messages] == [
        ["picture  image/png 70", "Hello"],
        ["thought hm", "Hi"],
    ]
    assert chat.messages[1].is_interrupted


@pytest.mark.parametrize("packed", [False, True])
def test_a_backup_in_an_archive_or_a_folder_is_found(tmp_path: Path, packed: bool) -> None:
    files = {"chatbox-exported-data-2026-1-1.json": backup(), "readme.txt": "x", "other.json": {"a": 1}}
    for name, content in files.items():
        written(tmp_path / "folder", content, name)
    path = written(tmp_path, zipped(files), "backup.zip") if packed else tmp_path / "folder"
    assert [chat.title for chat in chats_in(path, Program.CHATBOX)] == ["Dots"]


def test_a_session_in_both_shapes_is_read_once(tmp_path: Path) -> None:
    value = {"chat-sessions": [{"id": "s1", "messages": [text("x", "user", "old")]}], **backup()}
    assert [chat.title for chat in chats_in(written(tmp_path, value), Program.CHATBOX)] == ["Dots"]


def test_damaged_values_are_counted_and_no_loop_is_followed(tmp_path: Path) -> None:
    message = text("q", "user", "?")
    forks = {"q": {"position": -1, "lists": [{"messages": [message, 3]}, 4]}, "x": None}
    value = {
        "session:s1": {
            "id": "s1",
            "name": 7,
            "messages": [message, message, None, {"role": "?"}],
            "messageForksHash": forks,
        },
        "session:s2": "text",
        "session:s3": [],
        "session:s4": {"messages": None, "threads": [None, {"id": 1}]},
    }
    found = read(written(tmp_path, value), Program.CHATBOX)
    chat = next(each for each in found if isinstance(each, ForeignChat))
    assert tree(chat) == [("q", "")]
    assert chat.title == ""
    assert chat.lost[Loss.DAMAGED_MESSAGE] >= 3
    assert found.count(Loss.DAMAGED_CHAT) == 2
    assert found.count(Loss.EMPTY_CHAT) == 2
    assert chat.messages[0].role is Role.USER


def test_servers_are_found_with_their_vendors(tmp_path: Path) -> None:
    settings = {
        "providers": {
            "openai": {"apiKey": "sk-canary", "apiHost": "https://me:secret@proxy.example/v1?key=x"},
            "ollama": {"apiHost": "http://127.0.0.1:11434"},
            "gemini": {"models": []},
            "mine": {"apiKey": "k"},
        },
        "customProviders": [
            {"id": "mine", "name": "My\nserver", "type": "openai", "defaultSettings": {"apiHost": "https://my.example"}}
        ],
        "claudeApiKey": "sk-old",
        "deepseekAPIKey": "",
    }
    assert servers_in(written(tmp_path, backup() | {"settings": settings}), Program.CHATBOX) == [
        ("openai", "https://proxy.example/v1", "openai", "sk-canary"),
        ("ollama", "http://127.0.0.1:11434", "ollama", ""),
        ("My server", "https://my.example", "", "k"),
        ("claude", "", "anthropic", "sk-old"),
    ]


@pytest.mark.parametrize("data", ['{"session:s1": {"id": "s1"', '{"session:s1": NaN}', '{"session:s1": 1} 2'])
def test_an_incomplete_backup_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(written(tmp_path, data), Program.CHATBOX)
    assert refused.value.problem is ImportProblem.DAMAGED
