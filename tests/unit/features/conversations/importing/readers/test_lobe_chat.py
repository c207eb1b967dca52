"""Exports of LobeChat: the rows of its database, and the older files with its state."""

from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.usage import Usage
from tests.unit.features.conversations.importing.reading import chats_in, read, servers_in, shown, tree, written

DATA = {
    "userSettings": [{"keyVaults": "sk-canary"}],
    "agents": [{"id": "agt_1", "title": "Poet", "systemRole": "You rhyme."}],
    "messagePlugins": [{"id": "m3", "toolCallId": "c1", "apiName": "search"}],
    "messages": [
        {
            "id": "m2",
            "role": "assistant",
            "content": "Let me see.",
            "model": "deepseek-chat",
            "provider": "deepseek",
            "reasoning": {"content": "hm", "duration": 900},
            "tools": [
                {"id": "c1", "identifier": "web", "apiName": "search", "arguments": '{"q": 1}', "type": "default"}
            ],
            "parentId": "m1",
            "topicId": "tpc_1",
            "sessionId": "ssn_1",
            "createdAt": "2025-03-18T17:00:02.000Z",
        },
        {
            "id": "m1",
            "role": "user",
            "content": "Rhyme",
            "topicId": "tpc_1",
            "sessionId": "ssn_1",
            "createdAt": "2025-03-18T17:00:01.000Z",
        },
        {
            "id": "m3",
            "role": "tool",
            "content": "found",
            "parentId": "m2",
            "topicId": "tpc_1",
            "createdAt": "2025-03-18T17:00:03.000Z",
        },
        {
            "id": "m4",
            "role": "assistant",
            "content": "Cat, hat.",
            "model": "deepseek-chat",
            "provider": "deepseek",
            "parentId": "m3",
            "topicId": "tpc_1",
            "metadata": {"totalInputTokens": 5, "totalOutputTokens": 9, "tps": 20.5, "ttft": 90},
            "search": {"citations": [{"title": "Cats", "url": "https://cats.example/"}]},
            "createdAt": "2025-03-18T17:00:04.000Z",
        },
        {"id": "m5", "role": "user", "content": "More", "topicId": "tpc_1", "createdAt": "2025-03-18T17:00:05.000Z"},
        {
            "id": "m6",
            "role": "assistant",
            "content": "...",
            "parentId": "m5",
            "topicId": "tpc_1",
            "createdAt": "2025-03-18T17:00:06.000Z",
        },
        {
            "id": "side",
            "role": "user",
            "content": "Aside",
            "parentId": "m1",
            "threadId": "thd",
            "topicId": "tpc_1",
            "createdAt": "2025-03-18T17:00:07.000Z",
        },
        {"id": "n1", "role": "user", "content": "Loose", "sessionId": "ssn_0", "createdAt": "2025-03-18T18:00:00.000Z"},
    ],
    "sessionGroups": [],
    "sessions": [
        {"id": "ssn_0", "slug": "inbox", "title": None, "type": "agent"},
        {"id": "ssn_1", "slug": "x-y", "title": None, "type": "agent", "pinned": False},
    ],
    "topics": [
        {
            "id": "tpc_1",
            "title": "Rhymes",
            "favorite": True,
            "sessionId": "ssn_1",
            "createdAt": "2025-03-18T17:00:00.000Z",
        }
    ],
    "agentsToSessions": [{"agentId": "agt_1", "sessionId": "ssn_1"}],
}
EXPORT = {"data": DATA, "mode": "pglite", "schemaHash": "abc"}
OLD = {
    "exportType": "all",
    "state": {
        "messages": [
            {
                "id": "a",
                "role": "user",
                "content": "Hello",
                "sessionId": "s",
                "topicId": "t",
                "files": ["f"],
                "createdAt": 1700000001000,
            },
            {
                "id": "b",
                "role": "assistant",
                "content": "Hi",
                "parentId": "a",
                "sessionId": "s",
                "topicId": "t",
                "extra": {"fromModel": "gpt-4", "fromProvider": "openai"},
                "createdAt": 1700000002000,
            },
            {"id": "c", "role": "user", "content": "Loose", "sessionId": "inbox", "createdAt": 1700000003000},
        ],
        "sessionGroups": [{"id": "g", "name": "Work"}],
        "sessions": [{"id": "s", "meta": {"title": "Poet"}, "config": {"systemRole": "You rhyme."}, "type": "agent"}],
        "topics": [{"id": "t", "title": "Greeting", "sessionId": "s", "createdAt": 1700000000000}],
    },
    "version": 7,
}


def test_a_topic_keeps_its_title_its_agent_and_its_star(tmp_path: Path) -> None:
    chat, other = chats_in(written(tmp_path, EXPORT), Program.LOBECHAT)
    assert (chat.id, chat.title, chat.folder, chat.pinned) == ("tpc_1", "Rhymes", "Poet", True)
    assert chat.instructions == "You rhyme."
    assert (other.id, other.title, other.folder) == ("session:ssn_0", "Loose", "")


def test_messages_are_ordered_by_time_and_a_side_thread_is_a_branch(tmp_path: Path) -> None:
    chat = chats_in(written(tmp_path, EXPORT), Program.LOBECHAT)[0]
    assert tree(chat) == [("m1", ""), ("m2", "m1"), ("m5", "m2"), ("m6", "m5"), ("side", "m1")]
    assert chat.head == "m6"
    assert [each.is_interrupted for each in chat.messages] == [False, False, False, True, False]


def test_an_answer_with_tools_is_one_message(tmp_path: Path) -> None:
    answer = chats_in(written(tmp_path, EXPORT), Program.LOBECHAT)[0].messages[1]
    assert shown(answer.parts) == [
        "thought hm 900",
        "Let me see.\n\nCat, hat.",
        'call c1 web/search {"q": 1}',
        "result c1 found",
        "sources Cats<https://cats.example/>",
    ]
    assert (answer.model, answer.vendor) == ("deepseek-chat", "deepseek")
    assert answer.usage == Usage(5, 9, 20.5, first_token_milliseconds=90)


def test_an_old_export_is_read(tmp_path: Path) -> None:
    chat, other = chats_in(written(tmp_path, OLD), Program.LOBECHAT)
    assert (chat.id, chat.title, chat.folder, chat.instructions) == ("t", "Greeting", "Poet", "You rhyme.")
    assert tree(chat) == [("a", ""), ("b", "a")]
    assert (chat.messages[1].model, chat.messages[1].vendor) == ("gpt-4", "openai")
    assert chat.lost == {Loss.DOCUMENT: 1}
    assert (other.title, other.folder) == ("Loose", "")


@pytest.mark.parametrize(
    ("status", "is_archived"), [("archived", True), ("completed", False), (None, False), (1, False)]
)
def test_an_archived_topic_is_an_archived_chat(tmp_path: Path, status: object, is_archived: bool) -> None:
    topics = [{"id": "tpc_1", "title": "Rhymes", "favorite": True, "sessionId": "ssn_1", "status": status}]
    chats = chats_in(written(tmp_path, EXPORT | {"data": {**DATA, "topics": topics}}), Program.LOBECHAT)
    assert [chat.archived for chat in chats if chat.id == "tpc_1"] == [is_archived]


def test_what_is_no_chat_is_left_out(tmp_path: Path) -> None:
    rows = [3, {"id": "x", "role": "robot", "topicId": "t"}, {"role": "system", "topicId": "u", "content": "x"}]
    found = read(
        written(tmp_path, {"data": {"messages": rows, "topics": {"a": 1}}, "mode": "postgres"}), Program.LOBECHAT
    )
    assert found == [Loss.EMPTY_CHAT, Loss.EMPTY_CHAT]
    assert not any(isinstance(each, ForeignChat) for each in found)


def test_servers_are_found_unless_their_settings_are_encrypted(tmp_path: Path) -> None:
    rows = [
        {"id": "openai", "name": None, "keyVaults": '{"apiKey": "sk-canary", "baseURL": "https://proxy.example/v1"}'},
        {
            "id": "mine",
            "name": "Mine",
            "settings": {"sdkType": "ollama"},
            "keyVaults": {"baseURL": "http://10.0.0.2:11434"},
        },
        {"id": "groq", "keyVaults": "a1b2:encrypted"},
        {"id": "other", "keyVaults": None},
    ]
    export = EXPORT | {"data": {**DATA, "aiProviders": rows}}
    assert servers_in(written(tmp_path, export), Program.LOBECHAT) == [
        ("openai", "https://proxy.example/v1", "openai", "sk-canary"),
        ("Mine", "http://10.0.0.2:11434", "ollama", ""),
    ]
