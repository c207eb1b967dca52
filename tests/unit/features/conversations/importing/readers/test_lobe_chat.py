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


def message(name: str, role: str, second: int, **more: object) -> dict[str, object]:
    moment = f"2026-03-18T17:00:{second:02}.000Z"
    return {"id": name, "role": role, "content": name, "topicId": "tpc", "createdAt": moment, **more}


def export_of(messages: list[dict[str, object]], **tables: object) -> dict[str, object]:
    return {"data": {"agents": [], "messages": messages, "topics": [{"id": "tpc", "title": "T"}], **tables}}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [(None, "b2"), (0, "a1"), (1, "b2"), (2, "b2"), (-1, "b2"), (True, "b2"), ("0", "b2"), (10**30, "b2")],
)
def test_the_branch_that_was_chosen_is_shown(tmp_path: Path, chosen: object, expected: str) -> None:
    messages = [
        message("q", "user", 1, metadata={"activeBranchIndex": chosen}),
        message("a1", "assistant", 2, parentId="q"),
        message("side", "user", 3, parentId="a1", threadId="thd"),
        message("b1", "assistant", 4, parentId="q", tools=[{"id": "c", "identifier": "web", "apiName": "x"}]),
        message("t1", "tool", 5, parentId="b1", tool_call_id="c"),
        message("t2", "tool", 6, parentId="b1", tool_call_id="d"),
        message("b2", "assistant", 7, parentId="t2"),
    ]
    (chat,) = chats_in(written(tmp_path, export_of(messages)), Program.LOBECHAT)
    assert chat.head == ("b1" if expected == "b2" else expected)
    assert [each.id for each in chat.messages] == ["q", "a1", "side", "b1"]
    assert chat.lost == {}


def test_a_topic_without_a_session_is_in_the_folder_of_its_agent(tmp_path: Path) -> None:
    agents = [{"id": "agt", "slug": "x", "title": "Poet", "systemRole": "Rhyme."}, {"id": "in", "slug": "inbox"}]
    topics = [{"id": "tpc", "title": "T", "agentId": "agt"}, {"id": "other", "title": "O", "agentId": "in"}]
    messages = [
        message("q", "user", 1, agentId="agt"),
        message("o", "user", 1, topicId="other", agentId="in"),
        message("d", "user", 1, topicId=None, agentId="agt"),
        message("e", "user", 1, topicId=None, agentId="in"),
    ]
    chats = chats_in(written(tmp_path, export_of(messages, agents=agents, topics=topics)), Program.LOBECHAT)
    assert [(chat.id, chat.folder, chat.instructions) for chat in chats] == [
        ("tpc", "Poet", "Rhyme."),
        ("other", "", ""),
        ("agent:agt", "Poet", "Rhyme."),
        ("agent:in", "", ""),
    ]


def test_topics_in_the_trash_stay_there(tmp_path: Path) -> None:
    topics = [
        {"id": "tpc", "title": "T", "isDeleted": False},
        {"id": "gone", "isDeleted": True},
        {"id": "old", "deletedAt": "2026-03-18T17:00:00.000Z"},
    ]
    messages = [
        message("q", "user", 1),
        message("g", "user", 1, topicId="gone"),
        message("o", "user", 1, topicId="old"),
    ]
    found = read(written(tmp_path, export_of(messages, topics=topics)), Program.LOBECHAT)
    assert [each.id for each in found if isinstance(each, ForeignChat)] == ["tpc"]
    assert len(found) == 1


def test_tokens_are_read_from_their_own_column(tmp_path: Path) -> None:
    usage = {"totalInputTokens": 7, "totalOutputTokens": 3, "inputCachedTokens": 2}
    answer = message("a", "assistant", 2, usage=usage, metadata={"performance": {"tps": 4.5, "ttft": 80}})
    (chat,) = chats_in(written(tmp_path, export_of([message("q", "user", 1), answer])), Program.LOBECHAT)
    assert chat.messages[1].usage == Usage(7, 3, 4.5, first_token_milliseconds=80, cached_prompt_tokens=2)


def test_content_with_pictures_is_a_list_in_a_text(tmp_path: Path) -> None:
    pieces = '[{"type": "text", "text": "Look"}, {"type": "image", "image": "https://x.example/a.png"}, 3]'
    thought = '[{"type": "text", "text": "hm"}]'
    answer = message(
        "a",
        "assistant",
        2,
        content=pieces,
        metadata={"isMultimodal": True},
        reasoning={"content": thought, "isMultimodal": True, "duration": 5},
    )
    plain = message("q", "user", 1, content=pieces)
    broken = message("b", "assistant", 3, content="[1, ", metadata={"isMultimodal": True})
    (chat,) = chats_in(written(tmp_path, export_of([plain, answer, broken])), Program.LOBECHAT)
    assert [shown(each.parts) for each in chat.messages] == [
        [pieces],
        ["thought hm 5", "Look", "picture   missing"],
        ["[1, "],
    ]
    assert chat.lost == {Loss.PICTURE: 1}
