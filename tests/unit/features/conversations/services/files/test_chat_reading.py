"""What is taken of the file of a chat: all that was written, and of a hostile one nothing that could do harm."""

import base64
import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.conversations.importing.message_order import MAX_MESSAGES
from chatdesk.features.conversations.services.files.chat_json import chat_json
from chatdesk.features.conversations.services.files.chat_reading import ChatHead, ChatRecord, ImportedMessage
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.kernel.chat.message import (
    MAX_PASSAGE_LENGTH,
    MAX_SOURCES,
    DocumentPart,
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE, Usage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.servers.named_server import named_by
from tests.unit.features.conversations.services.files.own_files import records_in
from tests.unit.providers.absurd_numbers import ABSURD, with_numbers

MOMENT = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
ID = "a" * 32
GOOD = {"id": ID, "parent": None, "role": "user", "parts": [{"kind": "text", "text": "Hello."}]}
BEGINNING = b'{"format": "chatdesk-chat", "title": "'


def read(tmp_path: Path, content: object) -> list[ChatRecord]:
    path = tmp_path / "chat.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return records_in(path)


def chat(*messages: Mapping[str, object], **rest: object) -> Mapping[str, object]:
    return {"format": "chatdesk-chat", "version": 1, "title": "A chat", "head": ID, "messages": list(messages), **rest}


def id_of(number: int) -> str:
    return f"{number:032x}"


def message(number: int, parent: int | None, *parts: Part, **rest: object) -> Message:
    role = Role.USER if number % 2 == 0 else Role.ASSISTANT
    parent_id = None if parent is None else id_of(parent)
    values = {"state": MessageState.COMPLETE, **rest}
    return Message(id_of(number), "chat", parent_id, number, role, parts, created_at=MOMENT, **values)


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    said = [
        message(0, None, TextPart("What is this?"), ImagePart("f" * 64, "image/png", "cat.png", 4, 4, 9)),
        message(
            1,
            0,
            ReasoningPart("Hm.", 1200),
            TextPart("A cat.", edited=True, damaged=True),
            ToolCallPart("1", "look", "{}"),
            ToolResultPart("1", "seen"),
            model=ModelRef("server", "llava:7b"),
            usage=Usage(12, 3, 41.5, total_milliseconds=900),
            finish=FinishReason.LENGTH,
            state=MessageState.STOPPED,
        ),
    ]
    path = tmp_path / "chat.json"
    picture = Picture("image/png", b"\x89PNG\r\n\x1a\n")
    path.write_text(chat_json(said, "Cats", id_of(1), {"f" * 64: picture}), encoding="utf-8")
    head, question, answer = records_in(path)
    assert (head.title, head.head, head.message_ids) == ("Cats", id_of(1), (id_of(0), id_of(1)))
    assert (head.settings, head.pinned) == (ChatSettings(), False)
    assert question.pictures == {1: picture.data}
    assert question.message.pictures == (ImagePart("", "", "cat.png"),)
    assert (answer.id, answer.parent) == (id_of(1), id_of(0))
    message_read = answer.message
    assert (message_read.parts, message_read.usage, message_read.finish, message_read.state) == (
        said[1].parts,
        said[1].usage,
        FinishReason.LENGTH,
        MessageState.STOPPED,
    )
    assert message_read.created_at == MOMENT
    assert message_read.model == ModelRef("", "llava:7b")


TREES = st.lists(st.tuples(st.text(max_size=20), st.integers(0, 30)), min_size=1, max_size=30)


@given(TREES, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_no_message_is_sent_before_the_one_it_follows_however_they_stand(tmp_path_factory, tree, mix) -> None:
    said = [
        message(number, number and above % number if number else None, TextPart(text))
        for number, (text, above) in enumerate(tree)
    ]
    written = json.loads(chat_json(said, "", None))
    mix.shuffle(written["messages"])
    path = tmp_path_factory.getbasetemp() / "tree.json"
    path.write_text(json.dumps(written))
    _, *messages = records_in(path)
    there: set[str] = {""}
    for each in messages:
        assert each.parent in there
        there.add(each.id)
    assert {each.id: each.message.text for each in messages} == {each.id: each.text for each in said}


def test_a_message_whose_parent_is_missing_begins_and_a_cycle_is_cut(tmp_path: Path) -> None:
    first, second, third = map(id_of, range(3))
    messages = [
        {**GOOD, "id": first, "parent": "gone"},
        {**GOOD, "id": second, "parent": third},
        {**GOOD, "id": third, "parent": second},
        {**GOOD, "id": first},
        "no message",
        {**GOOD, "id": ""},
    ]
    _, *found = read(tmp_path, chat(*messages))
    assert [(each.id, each.parent) for each in found] == [(first, ""), (second, ""), (third, second)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ImportProblem.UNKNOWN),
        (b"{", ImportProblem.UNKNOWN),
        (b"\xff\xfe{", ImportProblem.UNKNOWN),
        (b"\xff\xfe\x00\x00{}", ImportProblem.UNKNOWN),
        (BEGINNING, ImportProblem.DAMAGED),
        (BEGINNING + b"\xe9", ImportProblem.NOT_TEXT),
        (b"\xff\xfe" + BEGINNING.decode().encode("utf-16-le") + b"\x00\xd8..", ImportProblem.NOT_TEXT),
        ([], ImportProblem.UNKNOWN),
        ({"format": "other"}, ImportProblem.UNKNOWN),
        (chat(GOOD, version=3), ImportProblem.NEWER),
        (chat(GOOD, version=True), ImportProblem.DAMAGED),
        (chat(GOOD, version="1"), ImportProblem.DAMAGED),
        (chat(), ImportProblem.DAMAGED),
        (chat(messages={"a": 1}), ImportProblem.DAMAGED),
        (chat(messages=[{}] * (MAX_MESSAGES + 1)), ImportProblem.DAMAGED),
        (b'{"format": "chatdesk-chat", "version": NaN}', ImportProblem.DAMAGED),
        (b'{"format": "chatdesk-chat", "version": 1, "messages": ' + b"[" * 100_000, ImportProblem.TOO_DEEP),
        (b'{"format": "chatdesk-chat", "version": ' + b"9" * 10_000 + b"}", ImportProblem.DAMAGED),
    ],
)
def test_what_is_no_chat_of_ours_is_refused_whole(tmp_path: Path, content: object, problem: ImportProblem) -> None:
    (refused,) = read(tmp_path, content)
    assert isinstance(refused, ImportRefused)
    assert (refused.problem, refused.file) == (problem, "chat.json")


def test_an_empty_folder_and_a_file_that_is_gone_are_refused(tmp_path: Path) -> None:
    assert [each.problem for each in records_in(tmp_path)] == [ImportProblem.UNKNOWN]
    assert [each.problem for each in records_in(tmp_path / "gone.json")] == [ImportProblem.GONE]


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"role": "administrator"}, "role", Role.ASSISTANT),
        ({"role": ["user"]}, "role", Role.ASSISTANT),
        ({"role": "assistant", "state": "streaming"}, "state", MessageState.INTERRUPTED),
        ({"role": "assistant", "state": "failed"}, "state", MessageState.INTERRUPTED),
        ({"role": "assistant", "state": 3}, "state", MessageState.COMPLETE),
        ({"role": "user", "state": "streaming"}, "state", MessageState.COMPLETE),
        ({"finish": "exploded"}, "finish", FinishReason.OTHER),
        ({"usage": {"prompt_tokens": -1, "completion_tokens": "2", "other": 3}}, "usage", None),
        ({"usage": {"prompt_tokens": 2**70, "completion_tokens": True}}, "usage", None),
        ({"usage": {"tokens_per_second": 12}}, "usage", Usage(tokens_per_second=12.0)),
        ({"usage": 7}, "usage", None),
        ({"model": "a\u202eb\nc"}, "model", ModelRef("", "ab c")),
        ({"model": {"url": "http://x"}}, "model", None),
        ({"parts": "text"}, "parts", ()),
        ({"parts": [{"kind": "script", "text": "x"}, 3, {"kind": "text", "text": 4}]}, "parts", (TextPart(""),)),
        ({"parts": [{"kind": "text", "text": "\ud83d", "edited": "yes"}]}, "parts", (TextPart("\ufffd"),)),
        (
            {"parts": [{"kind": "reasoning", "text": "a", "milliseconds": -5}]},
            "parts",
            (ReasoningPart("a"),),
        ),
    ],
)
def test_what_is_not_as_it_should_be_is_left_out(tmp_path: Path, changed: dict, field: str, value: object) -> None:
    _, only = read(tmp_path, chat({**GOOD, **changed}))
    assert getattr(only.message, field) == value


def test_a_moment_without_its_zone_or_its_sense_is_now(tmp_path: Path) -> None:
    for moment in ("2026-01-01", "yesterday", 12, None, "9999-12-31T23:59:59-23:59"):
        _, only = read(tmp_path, chat({**GOOD, "created_at": moment}))
        assert only.message.created_at.tzinfo is not None


def test_a_picture_or_file_comes_only_with_its_content_and_never_by_naming_one_that_is_here(tmp_path: Path) -> None:
    data = base64.b64encode(b"bytes").decode()
    parts = [
        {"kind": "image", "sha256": "f" * 64, "name": "stolen.png"},
        {"kind": "image", "data": "file:///etc/passwd"},
        {"kind": "image", "data": "data:text/html;base64," + data},
        {"kind": "image", "data": "data:image/png;base64,!!!"},
        {"kind": "file", "sha256": "f" * 64, "name": "x"},
        {"kind": "file", "sha256": "f" * 64, "name": "../x", "media_type": "text/plain", "text": "what it says"},
        {"kind": "image", "name": "../../a.png", "data": "data:image/png;base64," + data},
    ]
    _, only = read(tmp_path, chat({**GOOD, "parts": parts}))
    assert only.message.parts == (
        DocumentPart("f" * 64, "text/plain", "x", text="what it says"),
        ImagePart("", "", "../../a.png"),
    )
    assert (only.pictures, len(only.lost)) == ({1: b"bytes"}, 5)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NEW_MEMBERS = ("server", "failure", "model", "usage", "finish", "state", "created_at", "head", "refused", "message")
NEW_SETTINGS = ("instructions", "preset", "parameters", "thinking")


@given(
    st.dictionaries(st.sampled_from(NEW_MEMBERS), ANYTHING),
    st.dictionaries(st.sampled_from(["kind", "text", "sources", "problem", "media_type", "arguments"]), ANYTHING),
    st.sampled_from(["sources", "file", "image", "tool_call", "reasoning"]),
    ANYTHING | st.dictionaries(st.sampled_from(NEW_SETTINGS), ANYTHING),
)
@settings(max_examples=300)
def test_whatever_stands_where_version_2_tells_more_a_chat_or_nothing_comes_of_it(
    tmp_path_factory, members: dict, part: dict, kind: str, held: object
) -> None:
    hostile = {**GOOD, **members, "role": "assistant", "parts": [{"kind": kind, **part}, *GOOD["parts"]]}
    path = tmp_path_factory.getbasetemp() / "hostile.json"
    path.write_text(json.dumps(chat(GOOD, {**hostile, "id": "b" * 32, "parent": ID}, version=2, settings=held)))
    first, *rest = records_in(path)
    if isinstance(first, ImportRefused):  # numbers that JSON does not have
        return
    assert isinstance(first, ChatHead)
    assert [type(each) for each in rest] == [ImportedMessage] * 2
    answer = rest[1].message
    assert answer.parts[-1] == TextPart("Hello.")
    assert answer.model is None or answer.model.server_id == "" or named_by(answer.model.server_id)


def test_version_2_is_bounded(tmp_path: Path) -> None:
    source = {"number": 1, "title": "t" * 9_000, "passage": "p" * 9_000, "address": "https://a.example/" + "x" * 9_000}
    answer = {
        **GOOD,
        "role": "assistant",
        "server": {"vendor": "v" * 9_000, "name": "n" * 9_000, "address": "https://a.example/" + "x" * 9_000},
        "model": "m" * 9_000,
        "failure": {"kind": "k" * 9_000, "data": {f"{number}{'x' * 900}": "y" * 90_000 for number in range(900)}},
        "parts": [
            {
                "kind": "sources",
                "sources": [{**source, "number": number, "title": f"{number}"} for number in range(900)],
            }
        ],
    }
    preset = {"key": "k" * 9_000, "name": "n" * 9_000, "values": {str(number): "x" for number in range(900)}}
    head, only = read(tmp_path, chat(answer, version=2, settings={"preset": preset, "parameters": {"temperature": 99}}))
    message = only.message
    assert len(message.sources) == MAX_SOURCES
    assert max(len(each.passage) for each in message.sources) <= MAX_PASSAGE_LENGTH
    assert len(message.model.server_id) < 1_000
    assert (len(message.failure.kind), len(message.failure.data)) == (300, 30)
    assert {(len(name), len(value)) for name, value in message.failure.data.items()} == {(300, 20_000)}
    assert (len(head.settings.preset.key), len(head.settings.preset.name)) == (200, 200)
    assert head.settings.preset.values == {}
    assert head.settings.parameters == Parameters()


def test_a_message_that_says_it_is_the_head_or_a_refusal_is_a_message(tmp_path: Path) -> None:
    forged = {**GOOD, "head": "a", "title": "Forged", "skipped": 0, "refused": "damaged", "file": "x", "detail": ""}
    head, only = read(tmp_path, chat(forged))
    assert (head.title, only.message.text) == ("A chat", "Hello.")


def test_a_text_that_is_cut_is_counted(tmp_path: Path) -> None:
    long = {"kind": "text", "text": "x" * 5_000_001}
    _, only = read(tmp_path, chat({**GOOD, "parts": [long]}))
    assert (len(only.message.text), only.lost) == (5_000_000, ("text",))


def test_files_and_sources_of_version_1_are_taken_too(tmp_path: Path) -> None:
    parts = [
        {"kind": "file", "sha256": "f" * 64, "media_type": "text/plain", "name": "a.txt", "text": "words"},
        {"kind": "sources", "sources": [{"number": 1, "title": "T", "passage": "", "score": None}]},
    ]
    head, only = read(tmp_path, chat({**GOOD, "parts": parts}))
    assert only.message.parts == (
        DocumentPart("f" * 64, "text/plain", "a.txt", text="words"),
        SourcesPart((Source(1, "T"),)),
    )
    assert (only.lost, head.settings) == ((), ChatSettings())


def test_a_title_is_one_line_that_turns_nothing_round(tmp_path: Path) -> None:
    head, _ = read(tmp_path, chat(GOOD, title="a\u202e\n" + "b" * 900))
    assert head.title == ("a " + "b" * 900)[:200]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_file_of_another_encoding_that_says_so_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "chat.json"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(mark + chat_json([message(0, None, TextPart("Grüße 你好"))], "T", "0", {}).encode(encoding))
    _, only = records_in(path)
    assert only.message.text == "Grüße 你好"


@pytest.mark.parametrize("value", ABSURD.values(), ids=ABSURD.keys())
def test_numbers_without_measure_in_a_file_are_not_taken_in(tmp_path: Path, value: object) -> None:
    usage = Usage(120, 30, 41.5, 2_000, 300, prompt_tokens_per_second=900.5)
    said = [message(0, None, ReasoningPart("Hm.", 1_200), TextPart("Hi"), usage=usage)]
    record = json.loads(chat_json(said, "T", "0", {}))
    record["messages"] = with_numbers(record["messages"], None, value)
    path = tmp_path / "chat.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    found = records_in(path)
    for each in found[1:]:
        taken = each.message.usage or Usage()
        assert all(number is None or 0 <= number <= MAX_PLAUSIBLE for number in dataclasses.astuple(taken))
        assert all(
            0 <= part.milliseconds <= MAX_PLAUSIBLE for part in each.message.parts if isinstance(part, ReasoningPart)
        )
    assert len(found) == 2 or isinstance(found[0], ImportRefused)  # NaN is no JSON
