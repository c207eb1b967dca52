"""The outline of a JSON file has its members, however long the strings and lists before them are, and costs little memory."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.importing.json_elements import first_keys
from chatdesk.features.conversations.importing.json_outline import outline_of
from tests.unit.features.conversations.importing.exports import program_of
from tests.unit.features.conversations.importing.test_json_elements import Drip, spaces, values

LENGTH = 64 * 1024
LONG = 'Long \\"instructions" \u4f60\n' * 20_000
MANY: list[object] = [{"name": f"tool {number}", "of": [1, {"two": "]}"}]} for number in range(8_000)]

MESSAGE = {"role": "user", "content": "Why?"}
NODE = {"message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Why?"]}}}
MEMBERS: dict[Program, dict[str, Any]] = {
    Program.CHATDESK: {"format": "chatdesk-chat", "version": 2, "messages": []},
    Program.CHATGPT: {"title": "T", "mapping": {"n1": NODE}},
    Program.DEEPSEEK: {"mapping": {"1": {"message": {"fragments": []}}}, "inserted_at": "2026-01-01"},
    Program.CLAUDE: {"uuid": "u", "chat_messages": []},
    Program.OPEN_WEBUI: {"id": "c", "chat": {"history": {"messages": {}}}},
    Program.CHATBOX: {"chat-sessions-list": [], "session:1": {"messages": []}},
    Program.LM_STUDIO: {"tokenCount": 1, "messages": [{"versions": []}]},
    Program.JAN: {"object": "thread.message", "content": []},
    Program.LIBRECHAT: {"conversationId": "c", "messages": []},
    Program.SILLY_TAVERN: {"user_name": "You", "chat_metadata": {}},
    Program.OPENAI_MESSAGES: {"messages": [MESSAGE]},
}


def outline(data: bytes, block: int = 1024 * 1024) -> bytes:
    return outline_of(Drip(data, block), LENGTH)


@pytest.mark.parametrize("program", MEMBERS)
@pytest.mark.parametrize("first", [LONG, [LONG], MANY, {"a": {"b": MANY}}], ids=["text", "texts", "list", "object"])
def test_a_program_is_recognised_behind_a_first_member_of_any_length(
    tmp_path: Path, program: Program, first: object
) -> None:
    record = {"first": first, **MEMBERS[program]}
    path = tmp_path / "chats.json"
    for encoding, space in (("utf-8", None), ("utf-16", None), ("utf-8", 2)):
        if program in {Program.JAN, Program.SILLY_TAVERN} and space:
            continue  # one line
        path.write_text(json.dumps(record, indent=space, ensure_ascii=False), encoding)
        assert program_of(path) is program


@pytest.mark.parametrize("separator", [",", "\n"])
def test_a_list_of_messages_may_begin_with_long_instructions(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "talk.jsonl"
    text = separator.join(json.dumps(each) for each in ({"content": LONG, "role": "system"}, MESSAGE))
    path.write_text(f"[{text}]" if separator == "," else text, "utf-8")
    assert program_of(path) is Program.OPENAI_MESSAGES


def test_the_first_chat_may_be_larger_than_what_tells_its_program(tmp_path: Path) -> None:
    nodes = {f"n{number}": NODE | {"text": "x" * 900} for number in range(500)}
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([{"mapping": nodes, "inserted_at": "2026-01-01"}]), "utf-8")
    assert program_of(path) is Program.DEEPSEEK


@pytest.mark.parametrize("before", ["{}", '{"id": 1}', "null", "[]"])
@pytest.mark.parametrize(
    ("chat", "program"),
    [
        ({"mapping": {}}, Program.CHATGPT),
        ({"mapping": {}, "inserted_at": "2026-01-01"}, Program.DEEPSEEK),
        ({"uuid": "c", "chat_messages": []}, Program.CLAUDE),
        ({"id": "c", "chat": {}}, Program.OPEN_WEBUI),
        ({"conversationId": "c", "messages": []}, Program.LIBRECHAT),
        ({"messages": [MESSAGE]}, Program.OPENAI_MESSAGES),
    ],
)
def test_a_damaged_first_chat_does_not_hide_the_program(
    tmp_path: Path, before: str, chat: object, program: Program
) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(f"[{before}, {json.dumps(chat)}]", "utf-8")
    assert program_of(path) is program


@given(st.dictionaries(st.text(max_size=40), values, max_size=5), spaces, st.booleans(), st.integers(1, 40))
def test_the_outline_of_a_short_object_has_its_members_however_it_is_read(
    record: dict[str, object], space: str, is_listed: bool, block: int
) -> None:
    text = space + json.dumps([record] if is_listed else record)
    assert first_keys(outline(text.encode(), block)) == first_keys(text.encode())
    assert json.loads(outline(text.encode(), block)) == json.loads(text)


@given(
    st.lists(st.sampled_from(["x" * 900, '\\"' * 300, "\\" * 501, "\u4f60" * 300, "]}" * 300]), max_size=4),
    st.integers(0, 40),
    st.integers(100, 3_000),
)
def test_members_after_long_values_are_in_the_outline(texts: list[str], numbers: int, block: int) -> None:
    record: dict[str, object] = {f"text {index}": text for index, text in enumerate(texts)}
    record |= {"list": [[each, texts, {"no member": each}] for each in range(numbers)], "last": {}}
    for value in (record, [record]):
        found = outline(json.dumps(value, ensure_ascii=False).encode(), block)
        assert first_keys(found) == frozenset(record)
        assert len(found) < 40_000


@given(st.binary(max_size=300), st.sampled_from([b"", b"{", b'[{"a": "', b"[[", b'{"\\']), st.integers(1, 40))
def test_any_other_content_is_no_error(data: bytes, beginning: bytes, block: int) -> None:
    outline(beginning + data, block)


@given(st.binary(max_size=300).filter(lambda data: data.lstrip()[:1] not in {b"{", b"["} and data[:1] < b"\x80"))
def test_the_outline_of_another_file_is_its_beginning(data: bytes) -> None:
    if data[:4] != b"\0\0\xfe\xff":
        assert outline(data) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":"' + b"x" * 24_000_000,
        b'{"a":"' + b'\\"' * 12_000_000,
        b"[" * 24_000_000,
        b'[[{"a":[1,2]},' * 1_500_000,
        b'{"a":[' + b"1," * 12_000_000,
        b"{" + b" " * 24_000_000,
    ],
    ids=["string", "escapes", "brackets", "objects", "numbers", "spaces"],
)
def test_an_outline_needs_little_memory(data: bytes) -> None:
    file = io.BytesIO(data)
    tracemalloc.start()
    try:
        found = outline_of(file, LENGTH)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) <= LENGTH
    assert most < 4_000_000
