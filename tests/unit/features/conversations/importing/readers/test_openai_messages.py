"""Lists of messages in the form of OpenAI's protocol, in all the files in which programs save them."""

import json
from pathlib import Path
from typing import Any

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, ForeignFile, Loss, Program
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart, ToolCallPart, ToolResultPart
from chatdesk.kernel.chat.usage import Usage
from tests.unit.features.conversations.importing import exports
from tests.unit.features.conversations.importing.exports import (
    PIXEL,
    archive,
    files_of,
    json_file,
    losses_of,
    program_of,
    text_of,
)

SYSTEM = {"role": "system", "content": "Be brief."}
QUESTION = {"role": "user", "content": "Why?"}
ANSWER = {"role": "assistant", "content": "So."}
MESSAGES = [SYSTEM, QUESTION, ANSWER]


CALL = {"id": "c1", "function": {"name": "search", "arguments": '{"q": 1}'}}
SAMPLE = [
    {"id": "1", "messages": [*MESSAGES, {"role": "assistant", "tool_calls": [CALL]}, {"role": "tool", "content": "x"}]},
    {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": PIXEL}}, {"type": "text"}]}]},
]


def chat_of(tmp_path: Path, value: object) -> ForeignChat:
    return exports.chat_of(json_file(tmp_path, value, "talk.json"), Program.OPENAI_MESSAGES)


def lines(folder: Path, *values: object) -> Path:
    path = folder / "talk.jsonl"
    path.write_text("\n".join(json.dumps(value) for value in values) + "\n", "utf-8")
    return path


def texts(chat: ForeignChat) -> list[str]:
    return [text_of(message) for message in chat.messages]


@pytest.mark.parametrize("value", [MESSAGES, {"messages": MESSAGES}, [{"model": "m", "messages": MESSAGES}]])
def test_a_list_of_messages_is_a_chat(tmp_path: Path, value: object) -> None:
    chat = chat_of(tmp_path, value)
    assert (chat.title, chat.instructions, texts(chat)) == ("talk", "Be brief.", ["Why?", "So."])
    question, answer = chat.messages
    assert (question.role, answer.role, answer.parent) == (Role.USER, Role.ASSISTANT, question.id)


def test_a_record_can_name_its_chat_and_its_model(tmp_path: Path) -> None:
    value = {"id": "c1", "title": "Trees", "model": "qwen3", "created_at": 1_700_000_000, "messages": MESSAGES}
    chat = chat_of(tmp_path, value)
    assert (chat.id, chat.title, chat.messages[1].model) == ("c1", "Trees", "qwen3")
    assert chat.created_at is not None
    assert chat.created_at.timestamp() == 1_700_000_000


def test_each_line_can_be_a_message_or_a_chat(tmp_path: Path) -> None:
    assert texts(exports.chat_of(lines(tmp_path, *MESSAGES), Program.OPENAI_MESSAGES)) == ["Why?", "So."]
    chats = exports.chats_of(
        lines(tmp_path, {"messages": MESSAGES}, {"messages": MESSAGES[1:]}), Program.OPENAI_MESSAGES
    )
    assert [texts(chat) for chat in chats] == [["Why?", "So."]] * 2
    assert chats[0].id != chats[1].id


def test_training_data_is_a_chat(tmp_path: Path) -> None:
    said = [{"from": "human", "value": "Why?"}, {"from": "gpt", "value": "So."}]
    assert texts(chat_of(tmp_path, [{"id": 7, "conversations": said}])) == ["Why?", "So."]


def test_the_same_chat_is_recognised_when_it_has_grown(tmp_path: Path) -> None:
    before, after = chat_of(tmp_path, MESSAGES), chat_of(tmp_path, [*MESSAGES, QUESTION, ANSWER])
    assert before.id == after.id
    assert [message.id for message in after.messages][:2] == [message.id for message in before.messages]
    assert len({message.id for message in after.messages}) == 4
    assert chat_of(tmp_path, [QUESTION, {**ANSWER, "content": "Other."}]).id != before.id


def test_tools_belong_to_the_answer(tmp_path: Path) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "search", "arguments": '{"q": 1}'}}
    chat = chat_of(
        tmp_path,
        [
            QUESTION,
            {"role": "assistant", "content": None, "reasoning_content": "Hm.", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": "found"},
            {**ANSWER, "model": "qwen3", "usage": {"prompt_tokens": 7, "completion_tokens": 2}},
        ],
    )
    assert len(chat.messages) == 2
    assert chat.messages[1].parts == (
        ReasoningPart("Hm."),
        TextPart("So."),
        ToolCallPart("c1", "search", '{"q": 1}'),
        ToolResultPart("c1", "found"),
    )
    assert chat.messages[1].usage == Usage(7, 2)


def test_blocks_of_anthropic_are_read(tmp_path: Path) -> None:
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXEL.partition(",")[2]}}
    chat = chat_of(
        tmp_path,
        {
            "system": "Be brief.",
            "messages": [
                {"role": "user", "content": [image, {"type": "text", "text": "Why?"}]},
                {
                    "role": "assistant",
                    "content": [
                        {"type": "thinking", "thinking": "Hm."},
                        {"type": "tool_use", "id": "t", "name": "run", "input": {"a": 1}},
                    ],
                },
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": [{"text": "2"}]}]},
                ANSWER,
            ],
        },
    )
    assert chat.instructions == "Be brief."
    question, answer = chat.messages
    assert [file.is_picture for file in files_of(question)] == [True]
    assert answer.parts == (
        ReasoningPart("Hm."),
        TextPart("So."),
        ToolCallPart("t", "run", '{"a": 1}'),
        ToolResultPart("t", "2"),
    )


def test_embedded_pictures_and_documents_are_kept_and_addresses_are_not_fetched(tmp_path: Path) -> None:
    content = [
        {"type": "text", "text": "See"},
        {"type": "image_url", "image_url": {"url": PIXEL}},
        {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}},
        {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERg=="}},
        {"type": "input_audio", "input_audio": {"data": "AAAA"}},
    ]
    chat = chat_of(tmp_path, [{"role": "user", "content": content}, ANSWER])
    picture, remote, document = files_of(chat.messages[0])
    assert picture.has_content
    assert not remote.has_content
    assert document == ForeignFile("a.pdf", "application/pdf", b"%PDF")
    assert chat.lost == {Loss.PICTURE: 1, Loss.SOUND: 1}


def test_thoughts_in_the_text_are_reasoning(tmp_path: Path) -> None:
    chat = chat_of(tmp_path, [QUESTION, {"role": "assistant", "content": "<think>\nHm.\n</think>\n\nSo."}])
    assert chat.messages[1].parts == (ReasoningPart("Hm."), TextPart("So."))


def test_a_folder_of_chats_is_read(tmp_path: Path) -> None:
    files = {"a.json": MESSAGES, "b.json": {"name": "other"}, "c/d.jsonl": json.dumps(QUESTION)}
    chats = exports.chats_of(archive(tmp_path, files), Program.OPENAI_MESSAGES)
    assert [chat.title for chat in chats] == ["a", "d"]


@pytest.mark.parametrize(
    "value",
    [
        {"role": "admin", "content": "x"},
        [{"act": "Poet", "prompt": "You are"}],
        {"messages": "many", "role": "user"},
        {"messages": [{"versions": []}]},
        ["user", "assistant"],
        5,
    ],
)
def test_other_files_are_not_taken_for_messages(tmp_path: Path, value: object) -> None:
    assert program_of(json_file(tmp_path, value, "talk.json")) is not Program.OPENAI_MESSAGES


def test_wrong_types_do_no_harm(tmp_path: Path) -> None:
    damaged: list[Any] = [
        {"role": "user", "content": {"a": 1}},
        {"role": "assistant", "content": [None, 5, {"type": "new"}], "tool_calls": [5, {"function": 3}]},
        {"role": 5},
        None,
        "text",
    ]
    chat = chat_of(tmp_path, {"messages": [QUESTION, *damaged]})
    assert len(chat.messages) == 3
    assert chat.lost == {Loss.DAMAGED_MESSAGE: 3, Loss.TOOL_CALL: 2}
    path = json_file(tmp_path, [{"messages": [QUESTION]}, {"messages": []}, 7, {"messages": [SYSTEM]}], "more.json")
    assert losses_of(path, Program.OPENAI_MESSAGES) == [Loss.DAMAGED_CHAT, Loss.DAMAGED_CHAT, Loss.EMPTY_CHAT]


def test_a_list_that_begins_with_a_message_of_a_megabyte_is_recognised(tmp_path: Path) -> None:
    chat = chat_of(tmp_path, [{"content": "Why? " * 200_000, "role": "user"}, ANSWER])
    assert [message.role for message in chat.messages] == [Role.USER, Role.ASSISTANT]
