"""Exports of Claude: blocks become answers, projects become folders, and attached texts become documents."""

from pathlib import Path
from typing import Any

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart, ToolCallPart, ToolResultPart
from tests.unit.features.conversations.importing import exports
from tests.unit.features.conversations.importing.exports import (
    archive,
    files_of,
    json_file,
    losses_of,
    shape_of,
    text_of,
    titles_of_sources,
)

ROOT = "00000000-0000-4000-8000-000000000000"


def message(key: str, parent: str | None, sender: str, *blocks: object, minute: int = 0, **more: Any) -> dict[str, Any]:
    content = [{"type": "text", "text": each} if isinstance(each, str) else each for each in blocks]
    return {
        "uuid": key,
        "text": "".join(each for each in blocks if isinstance(each, str)),
        "content": content,
        "sender": sender,
        "created_at": f"2025-05-01T10:{minute:02}:00.000000Z",
        "updated_at": "2025-05-01T10:00:00.000000Z",
        "attachments": [],
        "files": [],
        "parent_message_uuid": parent,
        **more,
    }


def conversation(*messages: object, **more: Any) -> dict[str, Any]:
    return {
        "uuid": "c1",
        "name": "Trees",
        "summary": "",
        "created_at": "2025-05-01T10:00:00.000000Z",
        "updated_at": "2025-05-02T10:00:00.000000Z",
        "account": {"uuid": "u1"},
        "chat_messages": list(messages),
        **more,
    }


def chat_of(tmp_path: Path, *messages: object, **more: Any) -> ForeignChat:
    return exports.chat_of(json_file(tmp_path, [conversation(*messages, **more)]), Program.CLAUDE)


QUESTION = message("q", ROOT, "human", "Why?")


SAMPLE = [
    conversation(
        message("q", ROOT, "human", "Why?", attachments=[{"file_name": "a", "extracted_content": "b"}], files=[{}]),
        message(
            "a",
            "q",
            "assistant",
            {"type": "thinking", "thinking": "Hm.", "start_timestamp": "2025-05-01T10:00:01Z"},
            {"type": "tool_use", "id": "t", "name": "artifacts", "input": {"command": "create", "content": "x"}},
            {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "2"}]},
            {
                "type": "text",
                "text": "So.",
                "citations": [{"details": {"url": "https://two.example/"}, "title": "Two"}],
            },
        ),
        project={"uuid": "p", "name": "P"},
    )
]


def test_a_chat_keeps_its_reasoning_tools_and_times(tmp_path: Path) -> None:
    thinking = {
        "type": "thinking",
        "thinking": "Hm.",
        "start_timestamp": "2025-05-01T10:00:01Z",
        "stop_timestamp": "2025-05-01T10:00:03.5Z",
    }
    call = {"type": "tool_use", "id": "t1", "name": "repl", "input": {"code": "1+1"}}
    result = {"type": "tool_result", "tool_use_id": "t1", "name": "repl", "content": [{"type": "text", "text": "2"}]}
    budget = {"type": "token_budget"}
    answer = message("a", "q", "assistant", thinking, "I compute.", call, result, budget, "It is 2.", model="claude-x")
    chat = chat_of(tmp_path, QUESTION, answer, is_starred=True)
    assert (chat.id, chat.title, chat.head, chat.pinned, chat.lost) == ("c1", "Trees", "a", True, {})
    assert chat.messages[0].role is Role.USER
    assert chat.messages[1].parts == (
        ReasoningPart("Hm.", 2_500),
        TextPart("I compute.\n\nIt is 2."),
        ToolCallPart("t1", "repl", '{"code": "1+1"}'),
        ToolResultPart("t1", "2"),
    )
    assert (chat.messages[1].model, chat.messages[1].vendor) == ("claude-x", "anthropic")


def test_answers_written_again_are_branches_and_the_newest_is_shown(tmp_path: Path) -> None:
    chat = chat_of(
        tmp_path,
        QUESTION,
        message("a", "q", "assistant", "Old", minute=1),
        message("b", "q", "assistant", "New", minute=2),
        message("r", "b", "human", "And?", minute=3),
        message("c", "a", "human", "Earlier", minute=2),
    )
    assert shape_of(chat) == [
        ("q", "", "Why?"),
        ("a", "q", "Old"),
        ("c", "a", "Earlier"),
        ("b", "q", "New"),
        ("r", "b", "And?"),
    ]
    assert chat.head == "r"


def test_messages_of_older_exports_follow_each_other(tmp_path: Path) -> None:
    old = [{"uuid": "q", "sender": "human", "text": "Why?"}, {"uuid": "a", "sender": "assistant", "text": "So."}]
    assert shape_of(chat_of(tmp_path, *old)) == [("q", "", "Why?"), ("a", "q", "So.")]


def test_attached_texts_are_documents_and_other_files_are_counted(tmp_path: Path) -> None:
    question = message(
        "q",
        ROOT,
        "human",
        "Read this",
        attachments=[
            {"file_name": "notes.md", "file_type": "text/markdown", "extracted_content": "# Notes"},
            {"file_name": "", "file_type": "txt", "extracted_content": "pasted"},
            {"file_name": "scan.pdf", "file_type": "pdf", "extracted_content": ""},
        ],
        files=[{"file_name": "notes.md"}, {"file_name": "photo.png", "file_kind": "image"}, {"file_name": "x.bin"}, 5],
    )
    chat = chat_of(tmp_path, question)
    assert [(file.name, file.text, file.is_picture) for file in files_of(chat.messages[0])] == [
        ("notes.md", "# Notes", False),
        ("Text", "pasted", False),
        ("scan.pdf", "", False),
        ("photo.png", "", True),
        ("x.bin", "", False),
    ]
    assert chat.lost == {Loss.DOCUMENT: 2, Loss.PICTURE: 1}


def test_new_artifacts_are_part_of_the_answer(tmp_path: Path) -> None:
    made = {
        "command": "create",
        "type": "application/vnd.ant.code",
        "language": "python",
        "title": "Hi",
        "content": "1",
    }
    essay = {"command": "create", "type": "text/markdown", "content": "# Essay"}
    change = {"command": "update", "old_str": "1", "new_str": "2"}
    blocks = [{"type": "tool_use", "id": "t", "name": "artifacts", "input": each} for each in (made, essay, change)]
    done = {"type": "tool_result", "name": "artifacts", "content": [{"type": "text", "text": "OK"}]}
    answer = chat_of(tmp_path, QUESTION, message("a", "q", "assistant", *blocks, done)).messages[1]
    assert text_of(answer) == "**Hi**\n\n```python\n1\n```\n\n# Essay"
    assert [part.name for part in answer.parts if isinstance(part, ToolCallPart)] == ["artifacts"]
    assert not any(isinstance(part, ToolResultPart) for part in answer.parts)


def test_pages_that_were_found_and_cited_are_sources(tmp_path: Path) -> None:
    found = [{"type": "knowledge", "title": "One", "url": "https://one.example/", "metadata": {"site_name": "One"}}]
    result = {"type": "tool_result", "name": "web_search", "content": found}
    cited = {"type": "text", "text": "So.", "citations": [{"details": {"url": "https://two.example/"}, "title": "Two"}]}
    answer = chat_of(tmp_path, QUESTION, message("a", "q", "assistant", result, cited)).messages[1]
    assert titles_of_sources(answer) == [(1, "One", "https://one.example/"), (2, "Two", "https://two.example/")]


def test_projects_are_folders(tmp_path: Path) -> None:
    inside = conversation(QUESTION, project_uuid="p1")
    other = conversation(QUESTION, uuid="c2", project={"uuid": "p2", "name": "Second"})
    single = conversation(QUESTION, uuid="c3", project_uuid="p3")
    files = {
        "data/conversations.json": [inside, other, single],
        "data/projects.json": [{"uuid": "p1", "name": "First", "docs": []}, None],
        "data/projects/p3.json": {"uuid": "p3", "name": "Third"},
        "data/projects/broken.json": "{",
        "data/users.json": [{"uuid": "u1", "email_address": "ada@example.org"}],
    }
    chats = exports.chats_of(archive(tmp_path, files), Program.CLAUDE)
    assert [chat.folder for chat in chats] == ["First", "Second", "Third"]


def test_one_chat_of_an_extension_is_read(tmp_path: Path) -> None:
    path = json_file(tmp_path, conversation(QUESTION, current_leaf_message_uuid="q"), "claude-chat.json")
    assert exports.chat_of(path, Program.CLAUDE).head == "q"


def test_wrong_types_do_no_harm(tmp_path: Path) -> None:
    path = json_file(
        tmp_path,
        [
            conversation(
                QUESTION,
                QUESTION,
                None,
                message("x", "q", "system", "Unknown sender"),
                message(
                    "a", "a", "assistant", 5, {"type": "tool_use", "input": "x"}, {"type": "image"}, {"type": "new"}
                ),
                {"uuid": 3, "sender": "human", "content": {}, "attachments": "x", "files": {}, "created_at": []},
            ),
            conversation(),
            [],
        ],
    )
    (chat,) = exports.chats_of(path, Program.CLAUDE)
    assert [message.id for message in chat.messages] == ["q", "a", "#3"]
    assert chat.lost == {Loss.DAMAGED_MESSAGE: 3, Loss.PICTURE: 1, Loss.TOOL_CALL: 1}
    assert losses_of(path, Program.CLAUDE) == [Loss.EMPTY_CHAT, Loss.DAMAGED_CHAT]
