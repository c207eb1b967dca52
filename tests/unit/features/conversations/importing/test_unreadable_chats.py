"""One chat that is no JSON among others costs that chat alone, and is named."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import Loss
from chatdesk.features.conversations.importing.run import LeftOut
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from tests.unit.features.conversations.importing.reading import written
from tests.unit.features.conversations.importing.whole_import import everything_of

_BAD = "unreadable value"
"""Becomes something that is no JSON."""


def _mapped(title: str, value: object) -> object:
    said = {"role": "user", "content": {"content_type": "text", "parts": ["Why?"]}}
    message = {"id": "q", "author": {"role": "user"}, **said, "create_time": value}
    return {
        "title": title,
        "mapping": {"q": {"id": "q", "parent": None, "children": [], "message": message}},
        "id": title,
    }


def _claude(title: str, value: object) -> object:
    said = [{"uuid": f"{title} 1", "sender": "human", "text": "Why?", "content": [], "score": value}]
    return {"uuid": title, "name": title, "chat_messages": said}


def _open_webui(title: str, value: object) -> object:
    message = {"id": "q", "parentId": None, "childrenIds": [], "role": "user", "content": "Why?", "timestamp": value}
    return {
        "id": title,
        "title": title,
        "chat": {"title": title, "history": {"messages": {"q": message}, "currentId": "q"}},
    }


def _deepseek(title: str, value: object) -> object:
    fragments = [{"type": "REQUEST", "content": "Why?"}]
    node = {"id": "1", "parent": None, "children": [], "message": {"fragments": fragments, "inserted_at": value}}
    return {"id": title, "title": title, "inserted_at": None, "mapping": {"1": node}}


def _librechat(title: str, value: object) -> object:
    said = {"messageId": f"{title} 1", "isCreatedByUser": True, "text": "Why?", "tokenCount": value}
    return {"conversationId": title, "title": title, "messages": [said]}


def _messages(title: str, value: object) -> object:
    return {"id": title, "title": title, "messages": [{"role": "user", "content": "Why?"}], "score": value}


def _session(title: str, value: object) -> object:
    return {
        "id": title,
        "name": title,
        "messages": [{"id": f"{title} 1", "role": "user", "content": title}],
        "n": value,
    }


def _chatbox(chats: Sequence[object]) -> Mapping[str, object]:
    sessions = {f"session:{number}": chat for number, chat in enumerate(chats)}
    return {**sessions, "chat-sessions-list": [], "settings": {}}


SHAPES = {
    "conversations.json": (_mapped, list),
    "claude/conversations.json": (_claude, list),
    "deepseek/conversations.json": (_deepseek, list),
    "chats.json": (_open_webui, list),
    "librechat.json": (_librechat, list),
    "messages.json": (_messages, list),
    "chatbox.json": (_session, _chatbox),
}


def file_with(folder: Path, name: str, titles: Sequence[str], damaged: Mapping[str, str]) -> Path:
    """Write an export in which some chats have something that is no JSON."""
    make, arrange = SHAPES[name]
    text = json.dumps(arrange([make(title, f"{_BAD} {title}" if title in damaged else None) for title in titles]))
    for title, words in damaged.items():
        text = text.replace(json.dumps(f"{_BAD} {title}"), words)
    return written(folder, text, name)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("words", ["NaN", "-Infinity", "9" * 5_000, '"\\x"', "[" * 600 + "]" * 600])
def test_the_others_are_read_and_the_unreadable_one_is_named(tmp_path: Path, name: str, words: str) -> None:
    deepest = "[" * 9_000 + "]" * 9_000 if words.startswith("[") and name == "librechat.json" else words
    path = file_with(tmp_path, name, ["First", "Odd", "Last"], {"Odd": deepest})
    found, sent = everything_of(path)
    assert [each.title for each in found if isinstance(each, ChatSummary)] == ["First", "Last"]
    (left_out,) = (each for each in found if isinstance(each, LeftOut))
    assert left_out.loss is Loss.DAMAGED_CHAT
    assert left_out.chat
    assert left_out.chat.title == "Odd"
    assert not [each for each in (*found, *sent) if isinstance(each, ImportRefused)]


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_whose_chats_are_all_unreadable_is_refused_for_that_reason(tmp_path: Path, name: str) -> None:
    path = file_with(tmp_path, name, ["First", "Odd"], {"First": "NaN", "Odd": "Infinity"})
    found, _ = everything_of(path)
    assert [each.problem for each in found if isinstance(each, ImportRefused)] == [ImportProblem.DAMAGED]
    assert not [each for each in found if isinstance(each, ChatSummary | LeftOut)]


def test_a_chat_without_a_title_is_named_by_its_position(tmp_path: Path) -> None:
    lines = [json.dumps({"messages": [{"role": "user", "content": f"Question {number}"}]}) for number in range(3)]
    lines[1] = lines[1].replace('"Question 1"', "NaN")
    found, _ = everything_of(written(tmp_path, "\n".join(lines), "chats.jsonl"))
    assert len([each for each in found if isinstance(each, ChatSummary)]) == 2
    assert [each.chat.number for each in found if isinstance(each, LeftOut) and each.chat] == [2]


def test_an_unreadable_message_in_a_list_of_messages_costs_that_message_alone(tmp_path: Path) -> None:
    text = '[{"role": "user", "content": "Why?"}, {"role": "assistant", "content": NaN}, {"role": "user", "content": "And?"}]'
    (chat,) = (each for each in everything_of(written(tmp_path, text))[0] if isinstance(each, ChatSummary))
    assert (chat.messages, chat.lost) == (2, {Loss.DAMAGED_MESSAGE: 1})
