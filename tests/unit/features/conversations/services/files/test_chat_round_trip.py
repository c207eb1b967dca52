"""What is saved as JSON comes back as it was: saved again, it is the same file but for the names of its messages."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.features.conversations.services.files.chat_documents import (
    ChatDocuments,
    ImportedFile,
    ImportedText,
    stored,
)
from chatdesk.features.conversations.services.files.chat_json import chat_json
from chatdesk.features.conversations.services.files.chat_reading import ChatHead, ImportedMessage
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.message import (
    DocumentPart,
    DocumentUnit,
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    Part,
    PassageRange,
    ReasoningPart,
    Role,
    SentAs,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    bounded,
)
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.request import Picture, Thinking
from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE, Usage
from chatdesk.kernel.documents.document_text import DocumentText, Section, to_bytes
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import SendAs
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.kernel.servers.named_server import NamedServer, named_by
from chatdesk.kernel.servers.server import Header, ServerConfig, ServerProtocol
from tests.unit.features.conversations.services.files.own_files import records_in

BEGAN = datetime(2026, 11, 28, 9, tzinfo=UTC)
SECRET = "hunter2-and-more"
SERVERS = {
    "ollama": ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434"),
    "mine": ServerConfig(
        "mine",
        "My server",
        "custom",
        ServerProtocol.OPENAI,
        f"https://user:{SECRET}@chat.example/v1?key={SECRET}#{SECRET}",
        headers=(Header("X-Key", SECRET),),
        extra_body=json.dumps({"token": SECRET}),
    ),
    "hook": ServerConfig("hook", "Flow", "n8n", ServerProtocol.N8N, f"https://n8n.example/webhook/{SECRET}/chat"),
    "built-in": ServerConfig("built-in", "Built-in engine", "built-in", ServerProtocol.BUILT_IN, ""),
}
TEXTS = {
    hashlib.sha256(to_bytes(text)).hexdigest(): text
    for text in (
        DocumentText((Section("One page.\n\nOf two paragraphs."), Section("第二页", "标题")), DocumentUnit.PAGE),
        DocumentText((Section("A summary."),)),
    )
}
FILES = {hashlib.sha256(data).hexdigest(): data for data in (b"%PDF-1.7", b"words")}
PICTURES = [b"\x89PNG\r\n\x1a\n" + bytes(range(size)) for size in (1, 9, 40)]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = texts.map(clean_line).filter(lambda name: bool(name) and clean_line(name) == name)
counts = st.none() | st.integers(0, MAX_PLAUSIBLE)
speeds = st.none() | st.floats(0, 1e9)
usages = st.builds(
    Usage,
    prompt_tokens=counts,
    completion_tokens=counts,
    tokens_per_second=speeds,
    total_milliseconds=counts,
    context_length=counts,
    load_milliseconds=counts,
    cached_prompt_tokens=counts,
)
sources = st.builds(
    Source, st.integers(0, 99), texts, texts, texts, texts, st.none() | st.floats(-1e6, 1e6, allow_nan=False)
)
failures = st.builds(
    Failure,
    st.sampled_from(["ConnectionLost", "RequestRefused", "SomethingNewer"]),
    st.dictionaries(names, st.none() | st.booleans() | st.integers(-(2**50), 2**50) | texts, max_size=4),
)


def picture_part(data: bytes, name: str) -> ImagePart:
    """As pictures that are taken in are kept."""
    return ImagePart(hashlib.sha256(data).hexdigest(), "image/png", name, 4, 3, len(data))


@st.composite
def documents(draw: st.DrawFn) -> DocumentPart:
    """Documents as they are stored, with and without their file."""
    sha256 = draw(st.sampled_from(["", *FILES]))
    text, summary = TEXTS
    kinds = [SentAs.TEXT, SentAs.PASSAGES, SentAs.SUMMARY, *([SentAs.PICTURES] if sha256 else [])]
    passages = st.lists(st.builds(lambda at: PassageRange(at + 1, at, at + 9), st.integers(0, 3)), max_size=3)
    return DocumentPart(
        sha256,
        draw(names),
        draw(names.map(shown_name)),
        size=len(FILES[sha256]) if sha256 else 0,
        text_sha256=text,
        unit=DocumentUnit.PAGE,
        sections=2,
        tokens=draw(st.integers(0, 10**6)),
        selected=draw(st.sampled_from(["", "1-4,7"])),
        sent_as=draw(st.sampled_from(kinds)),
        passages=tuple(draw(passages)),
        summary_sha256=summary,
    )


spoken = st.builds(TextPart, texts, st.booleans(), st.booleans())
parts = st.one_of(
    spoken,
    st.builds(ReasoningPart, texts, st.integers(0, 10**9), st.booleans()),
    st.builds(picture_part, st.sampled_from(PICTURES), names),
    st.builds(lambda name, why: ImagePart("", "", name, problem=why), names, st.sampled_from(PictureProblem)),
    st.builds(lambda kind, name, text: DocumentPart("", kind, name, text=text), names, names.map(shown_name), texts),
    documents(),
    st.builds(ToolCallPart, names, names, texts),
    st.builds(ToolResultPart, names, texts),
    st.lists(sources, min_size=1, max_size=4).map(bounded).filter(bool).map(SourcesPart),
)


@st.composite
def chats(draw: st.DrawFn) -> tuple[Message, ...]:
    """A tree of messages in the order of their sequence, parents not always first: an edited one comes later."""
    count = draw(st.integers(1, 12))
    messages = []
    for number in range(count):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        role = draw(st.sampled_from(Role))
        is_answer = role is Role.ASSISTANT
        failure = draw(st.none() | failures) if is_answer else None
        ended = [state for state in MessageState if state not in {MessageState.STREAMING, MessageState.FAILED}]
        state = draw(st.sampled_from([*ended, *([MessageState.FAILED] if failure else [])])) if is_answer else None
        model = draw(st.none() | st.builds(ModelRef, st.sampled_from([*SERVERS, "gone", ""]), names))
        messages.append(
            Message(
                f"{number:032x}",
                "chat",
                None if parent is None else f"{parent:032x}",
                number,
                role,
                tuple(draw(st.lists(parts, max_size=4))),
                state or MessageState.COMPLETE,
                BEGAN + timedelta(microseconds=draw(st.integers(0, 10**12))),
                model,
                draw(st.none() | usages.filter(lambda usage: usage != Usage())),
                draw(st.none() | st.sampled_from(FinishReason)),
                failure,
            )
        )
    return tuple(draw(st.permutations(messages)))


parameters = st.builds(
    Parameters,
    temperature=st.none() | st.floats(0, 5),
    max_tokens=st.none() | st.integers(1, 10_000),
    seed=st.none() | st.integers(-(2**40), 2**40),
    stop=st.none() | st.lists(texts.filter(bool), min_size=1, max_size=3).map(tuple),
    keep_alive=st.none() | st.just("10m"),
    format=st.none() | st.sampled_from(["json", '{"type": "object"}']),
)
variables = st.builds(
    Variable,
    st.from_regex(r"[a-z]{1,8}", fullmatch=True).filter(lambda name: name not in {"input", "date", "time", "model"}),
    st.sampled_from(VariableKind),
    label=names,
    default=texts,
    choices=st.lists(texts, max_size=3).map(tuple),
    required=st.booleans(),
    minimum=st.none() | st.just(0.0),
    maximum=st.none() | st.just(9.5),
).filter(lambda variable: variable.name not in {"locale", "language"})


@st.composite
def presets(draw: st.DrawFn) -> AppliedPreset:
    fields = draw(st.lists(variables, max_size=3, unique_by=lambda variable: variable.name))
    return AppliedPreset(
        draw(names),
        draw(names),
        draw(names),
        draw(texts),
        draw(texts),
        draw(texts),
        draw(parameters),
        draw(st.sampled_from(Thinking)),
        draw(st.sampled_from(SendAs)),
        tuple(fields),
        {field.name: draw(texts) for field in fields},
        draw(st.booleans()),
        draw(texts),
    )


held_with = st.builds(
    ChatSettings,
    texts,
    st.none() | presets(),
    parameters,
    st.none() | st.sampled_from(Thinking),
    st.sampled_from(AnswerLength),
)
titles = texts.map(clean_line)


def saved(messages: Sequence[Message], title: str, head: str | None, held: ChatSettings) -> str:
    sent = {hashlib.sha256(data).hexdigest(): Picture("image/png", data) for data in PICTURES}
    return chat_json(messages, title, head, sent, held, SERVERS.get, ChatDocuments(TEXTS, FILES))


def read(path: Path, text: str) -> tuple[ChatHead, list[ImportedMessage]]:
    path.write_text(text, encoding="utf-8")
    head, *others = records_in(path)
    assert isinstance(head, ChatHead)
    assert {each.key: each.text for each in others if isinstance(each, ImportedText)} == TEXTS
    assert {each.sha256: each.data for each in others if isinstance(each, ImportedFile)} == FILES
    return head, [each for each in others if isinstance(each, ImportedMessage)]


def taken_in(messages: Sequence[ImportedMessage]) -> list[Message]:
    """The messages as an import keeps them, under names of their own."""
    ids = {each.id: f"new {number}" for number, each in enumerate(messages)}
    read_messages = []
    for number, each in enumerate(messages):
        taken = [
            picture_part(each.pictures[place], part.name)
            if place in each.pictures and isinstance(part, ImagePart)
            else stored(part, {key: key for key in FILES}, {key: key for key in TEXTS})
            if isinstance(part, DocumentPart)
            else part
            for place, part in enumerate(each.message.parts)
        ]
        read_messages.append(
            replace(each.message, id=ids[each.id], parent_id=ids.get(each.parent), sequence=number, parts=tuple(taken))
        )
    return read_messages


def without_names(text: str) -> Mapping[str, object]:
    """The content of a file, its messages named by their place."""
    file = json.loads(text)
    places = {message["id"]: number for number, message in enumerate(file["messages"])}
    for message in file["messages"]:
        message["id"], message["parent"] = places[message["id"]], places.get(message["parent"])
    file["head"] = places.get(file["head"])
    return file


@given(chats(), titles, held_with, st.data())
@settings(max_examples=100)
def test_what_was_saved_is_taken_in_and_saved_again_as_the_same(
    tmp_path_factory, messages: tuple[Message, ...], title: str, held: ChatSettings, data: st.DataObject
) -> None:
    head_id = data.draw(st.sampled_from([message.id for message in messages]))
    first = saved(messages, title, head_id, held)
    head, imported = read(tmp_path_factory.getbasetemp() / "round trip.json", first)
    assert (head.title, head.settings) == (title, held)
    assert [each.lost for each in imported] == [()] * len(messages)
    read_messages = taken_in(imported)
    ids = {each.id: message.id for each, message in zip(imported, read_messages, strict=True)}
    assert without_names(saved(read_messages, head.title, ids[head.head], head.settings)) == without_names(first)
    was = {message.id: message for message in messages}
    for each, message in zip(imported, read_messages, strict=True):
        there = was[each.id]
        assert each.parent == (there.parent_id or "")
        assert _seen(message) == _seen(there)


def _seen(message: Message) -> tuple[tuple[Part, ...], object]:
    """What a message is, but for its names and its server."""
    model = message.model.model_id if message.model else None
    rest = (message.role, message.state, message.created_at, model, message.usage, message.finish, message.failure)
    return message.parts, rest


@given(chats(), held_with)
@settings(max_examples=60)
def test_no_file_holds_what_lets_anybody_in(messages: tuple[Message, ...], held: ChatSettings) -> None:
    failed = Failure("ServerUnreachable", {"address": SERVERS["hook"].base_url, "server": "Flow"})
    answer = replace(messages[0], id="last", model=ModelRef("hook", "flow"), failure=failed)
    assert SECRET not in saved((*messages, answer), "t", None, held)


def test_servers_of_a_file_are_named_and_none_here_is_meant(tmp_path: Path) -> None:
    refs = [ModelRef(server, "model") for server in SERVERS]
    messages = [
        Message(f"{number:032x}", "chat", None, number, Role.ASSISTANT, (), MessageState.COMPLETE, BEGAN, ref)
        for number, ref in enumerate(refs)
    ]
    _, imported = read(tmp_path / "servers.json", saved(messages, "t", None, ChatSettings()))
    server_ids = [each.message.model.server_id for each in imported]
    assert not set(server_ids) & {*SERVERS, ""}
    assert [named_by(server_id) for server_id in server_ids] == [
        NamedServer("ollama", "Ollama", "http://127.0.0.1:11434"),
        NamedServer("custom", "My server", "https://chat.example/v1"),
        NamedServer("n8n", "Flow", "https://n8n.example"),
        NamedServer("built-in", "Built-in engine"),
    ]
