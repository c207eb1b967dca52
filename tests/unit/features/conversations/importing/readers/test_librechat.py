"""Exports of LibreChat: as a list and as a tree, which may be as deep as the chat is long."""

import sys
from pathlib import Path
from typing import Any

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart, ToolCallPart, ToolResultPart
from tests.unit.features.conversations.importing import exports
from tests.unit.features.conversations.importing.exports import files_of, json_file, losses_of, shape_of

NO_PARENT = "00000000-0000-0000-0000-000000000000"

DEPTH = 1_500 if sys.version_info >= (3, 13) else 300
"""The JSON parser of Python 3.12 does not nest deeper than about 900 levels, two for each message."""


def message(key: str, parent: str, text: str = "", *, asked: bool = False, **more: Any) -> dict[str, Any]:
    return {
        "messageId": key,
        "conversationId": "c1",
        "parentMessageId": parent,
        "sender": "User" if asked else "GPT-4",
        "text": text,
        "isCreatedByUser": asked,
        "createdAt": "2025-05-01T10:00:00.000Z",
        "error": False,
        "unfinished": False,
        **({} if asked else {"model": "gpt-4o"}),
        **more,
    }


def conversation(**more: Any) -> dict[str, Any]:
    head = {"conversationId": "c1", "endpoint": "openAI", "title": "Trees", "exportAt": "10:00", "branches": True}
    return {**head, "recursive": "messagesTree" in more, **more}


def chat_of(tmp_path: Path, **more: Any) -> ForeignChat:
    return exports.chat_of(json_file(tmp_path, conversation(**more), "chat.json"), Program.LIBRECHAT)


QUESTION = message("q", NO_PARENT, "Why?", asked=True)
ANSWER = message("a", "q", "So.")
OTHER = message("b", "q", "Or so.")


SAMPLE = [
    conversation(messages=[QUESTION, ANSWER | {"content": [{"type": "think", "think": "Hm."}, {"type": "tool_call"}]}]),
    conversation(messagesTree=[{**QUESTION, "files": [{"filename": "a"}], "children": [ANSWER]}]),
]


@pytest.mark.parametrize(
    "messages",
    [{"messages": [QUESTION, ANSWER, OTHER]}, {"messagesTree": [{**QUESTION, "children": [ANSWER, OTHER]}]}],
)
def test_a_list_and_a_tree_are_the_same_chat(tmp_path: Path, messages: dict[str, Any]) -> None:
    chat = chat_of(tmp_path, **messages, options={"promptPrefix": "Be brief."})
    assert (chat.id, chat.title, chat.instructions, chat.lost) == ("c1", "Trees", "Be brief.", {})
    assert shape_of(chat) == [("q", "", "Why?"), ("a", "q", "So."), ("b", "q", "Or so.")]
    question, answer, _ = chat.messages
    assert question.role is Role.USER
    assert (answer.model, answer.vendor) == ("gpt-4o", "openai")
    assert answer.created_at is not None
    assert answer.created_at.isoformat() == "2025-05-01T10:00:00+00:00"


def test_content_parts_are_kept(tmp_path: Path) -> None:
    content = [
        {"type": "think", "think": "Hm."},
        {"type": "text", "text": {"value": "I search."}},
        {"type": "tool_call", "tool_call": {"id": "t", "name": "search", "args": '{"q": 1}', "output": "found"}},
        {"type": "text", "text": "So."},
        {"type": "image_file", "image_file": {"filename": "a.png"}},
    ]
    chat = chat_of(tmp_path, messages=[QUESTION, message("a", "q", content=content, unfinished=True)])
    reasoning, text, picture, *tools = chat.messages[1].parts
    assert (reasoning, text) == (ReasoningPart("Hm."), TextPart("I search.\n\nSo."))
    assert tools == [ToolCallPart("t", "search", '{"q": 1}'), ToolResultPart("t", "found")]
    assert files_of(chat.messages[1]) == [picture]
    assert chat.messages[1].is_interrupted
    assert chat.lost == {Loss.PICTURE: 1}


def test_files_on_the_server_are_named_and_counted(tmp_path: Path) -> None:
    files = [
        {"filename": "a.png", "type": "image/png"},
        {"filename": "b.pdf", "type": "application/pdf", "text": "B"},
        5,
    ]
    chat = chat_of(tmp_path, messages=[{**QUESTION, "files": files}])
    assert [(file.name, file.text) for file in files_of(chat.messages[0])] == [("a.png", ""), ("b.pdf", "B"), ("", "")]
    assert chat.lost == {Loss.PICTURE: 1, Loss.DOCUMENT: 1}


def test_a_long_chat_makes_a_deep_tree(tmp_path: Path) -> None:
    # Written by hand: json.dumps cannot nest as deeply.
    text = '{"conversationId": "c1", "title": "Deep", "recursive": true, "messagesTree": ['
    for number in range(DEPTH):
        text += f'{{"messageId": "{number}", "text": "x", "isCreatedByUser": {"true" if number % 2 == 0 else "false"}, "children": ['
    path = tmp_path / "chat.json"
    path.write_text(text + "]}" * DEPTH + "]}", "utf-8")
    chat = exports.chat_of(path, Program.LIBRECHAT)
    assert len(chat.messages) == DEPTH
    assert chat.messages[-1].parent == str(DEPTH - 2)


@pytest.mark.parametrize("more", [{"isArchived": True}, {"options": {"isArchived": True}}])
def test_an_archived_chat_says_so(tmp_path: Path, more: dict[str, Any]) -> None:
    assert chat_of(tmp_path, messages=[QUESTION], **more).archived


def test_wrong_types_do_no_harm(tmp_path: Path) -> None:
    messages = [
        5,
        {"text": "No id", "children": [message("x", "y", "Below")]},
        {"messageId": "z", "parentMessageId": "z", "content": [{"type": "think"}, {"type": "new"}, 5], "createdAt": 5},
        {},
    ]
    chat = chat_of(tmp_path, messages=messages)
    assert shape_of(chat) == [("#0", "", "No id"), ("x", "", "Below"), ("z", "", "")]
    assert chat.lost == {Loss.TOOL_CALL: 1}
    path = json_file(tmp_path, [conversation(messages={}), 5], "list.json")
    assert losses_of(path, Program.LIBRECHAT) == [Loss.EMPTY_CHAT, Loss.DAMAGED_CHAT]


def test_what_tools_add_to_an_answer_is_read_or_counted(tmp_path: Path) -> None:
    code = {"id": "c", "type": "code_interpreter", "code_interpreter": {"input": "1 + 1", "outputs": [{"logs": "2"}]}}
    content = [
        {"type": "agent_update", "agent_update": {"agentId": "x"}},
        {"type": "tool_call", "tool_call": code},
        {"type": "summary", "summary": "s"},
        {"type": "error", "error": "Broken"},
        {"type": "video_url"},
        {"type": "input_audio"},
        None,
    ]
    found = {
        "organic": [{"title": "Cats", "link": "https://cats.example/", "snippet": "meow"}],
        "images": [{"link": "x"}],
    }
    attachments = [
        {"type": "web_search", "toolCallId": "c", "web_search": found},
        {"filename": "plot.png", "filepath": "/images/plot.png"},
        {"filename": "table.csv", "type": "text/csv"},
        {"type": "memory", "memory": {"key": "name"}},
        5,
    ]
    chat = chat_of(tmp_path, messages=[QUESTION, message("a", "q", content=content, attachments=attachments)])
    answer = chat.messages[1]
    assert exports.titles_of_sources(answer) == [(1, "Cats", "https://cats.example/")]
    assert exports.text_of(answer) == "Broken"
    assert [part for part in answer.parts if isinstance(part, ToolCallPart | ToolResultPart)] == [
        ToolCallPart("c", "code_interpreter", "1 + 1"),
        ToolResultPart("c", '[{"logs": "2"}]'),
    ]
    assert [(file.name, file.is_picture) for file in files_of(answer)] == [("plot.png", True), ("table.csv", False)]
    assert chat.lost == {Loss.PICTURE: 1, Loss.DOCUMENT: 1, Loss.VIDEO: 1, Loss.SOUND: 1}


def test_the_instructions_of_an_agent_are_kept(tmp_path: Path) -> None:
    assert chat_of(tmp_path, messages=[QUESTION], options={"instructions": "Rhyme."}).instructions == "Rhyme."
