"""Trees of messages, as each program with branches writes them: they come back with their branches, and grow without repetitions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatdesk.features.conversations.importing.chat_records import summary_of
from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Program
from tests.unit.features.conversations.importing.exports import text_of
from tests.unit.features.conversations.importing.readers import test_jan
from tests.unit.features.conversations.importing.reading import chats_in, written, zipped

START = 1_735_689_600
ROOT = "00000000-0000-0000-0000-000000000000"
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "S", "Zs")), min_size=1, max_size=12).map(
    lambda text: f"x{text}x"
)


@dataclass(frozen=True)
class Node:
    """A message. `parent` is the position of the previous one in the list; -1 for a first one, which is a question."""

    name: str
    parent: int
    text: str
    is_question: bool

    def time(self, position: int) -> str:
        return datetime.fromtimestamp(START + position, UTC).isoformat()


@st.composite
def trees(draw: st.DrawFn, name: str) -> list[Node]:
    """Draw messages in the order in which they were written: questions follow answers and answers follow questions.

    In LobeChat, only one is the first: another question without a parent follows the message before it.
    """
    nodes: list[Node] = []
    for number in range(draw(st.integers(1, 10))):
        parent = draw(st.integers(0 if number and name == "LobeChat" else -1, number - 1))
        is_question = parent < 0 or not nodes[parent].is_question
        nodes.append(Node(f"m{number}", parent, f"{number} {draw(TEXTS)}", is_question))
    return nodes


def parent_of(node: Node, nodes: Sequence[Node], none: Any = None) -> Any:
    return nodes[node.parent].name if node.parent >= 0 else none


def children_of(position: int, nodes: Sequence[Node]) -> list[str]:
    return [node.name for node in nodes if node.parent == position]


def chatgpt(nodes: Sequence[Node]) -> object:
    mapping: dict[str, Any] = {
        "root": {"id": "root", "message": None, "parent": None, "children": children_of(-1, nodes)}
    }
    for position, node in enumerate(nodes):
        message = {
            "id": node.name,
            "author": {"role": "user" if node.is_question else "assistant"},
            "create_time": START + position,
            "content": {"content_type": "text", "parts": [node.text]},
            "recipient": "all",
        }
        links = {"parent": parent_of(node, nodes, "root"), "children": children_of(position, nodes)}
        mapping[node.name] = {"id": node.name, "message": message, **links}
    return [{"id": "c", "title": "T", "mapping": mapping, "current_node": nodes[-1].name}]


def deepseek(nodes: Sequence[Node]) -> object:
    mapping: dict[str, Any] = {
        "root": {"id": "root", "message": None, "parent": None, "children": children_of(-1, nodes)}
    }
    for position, node in enumerate(nodes):
        fragments = [{"type": "REQUEST" if node.is_question else "RESPONSE", "content": node.text}]
        message = {"inserted_at": node.time(position), "fragments": fragments, "files": []}
        links = {"parent": parent_of(node, nodes, "root"), "children": children_of(position, nodes)}
        mapping[node.name] = {"id": node.name, "message": message, **links}
    return [{"id": "c", "title": "T", "inserted_at": nodes[0].time(0), "mapping": mapping}]


def claude(nodes: Sequence[Node]) -> object:
    messages = [
        {
            "uuid": node.name,
            "sender": "human" if node.is_question else "assistant",
            "content": [{"type": "text", "text": node.text}],
            "created_at": node.time(position),
            "parent_message_uuid": parent_of(node, nodes, ROOT),
        }
        for position, node in enumerate(nodes)
    ]
    return [{"uuid": "c", "name": "T", "chat_messages": messages}]


def open_webui(nodes: Sequence[Node]) -> object:
    messages = {
        node.name: {
            "id": node.name,
            "parentId": parent_of(node, nodes),
            "childrenIds": children_of(position, nodes),
            "role": "user" if node.is_question else "assistant",
            "content": node.text,
            "timestamp": START + position,
        }
        for position, node in enumerate(nodes)
    }
    return [{"id": "c", "title": "T", "chat": {"history": {"messages": messages, "currentId": nodes[-1].name}}}]


def librechat_message(position: int, nodes: Sequence[Node]) -> dict[str, Any]:
    node = nodes[position]
    return {
        "messageId": node.name,
        "parentMessageId": parent_of(node, nodes, ROOT),
        "isCreatedByUser": node.is_question,
        "text": node.text,
        "createdAt": node.time(position),
    }


def librechat(nodes: Sequence[Node]) -> object:
    messages = [librechat_message(position, nodes) for position in range(len(nodes))]
    return {"conversationId": "c", "title": "T", "messages": messages}


def librechat_tree(nodes: Sequence[Node]) -> object:
    def below(parent: int) -> list[object]:
        return [
            librechat_message(position, nodes) | {"children": below(position)}
            for position, node in enumerate(nodes)
            if node.parent == parent
        ]

    return {"conversationId": "c", "title": "T", "messagesTree": below(-1)}


def jan(nodes: Sequence[Node]) -> object:
    lines = [
        test_jan.message(
            node.name,
            "user" if node.is_question else "assistant",
            test_jan.text(node.text),
            created_at=(START + position) * 1000,
            metadata={"parentId": parent_of(node, nodes)},
        )
        for position, node in enumerate(nodes)
    ]
    return zipped(
        {"threads/c/thread.json": {"id": "c", "title": "T"}, "threads/c/messages.jsonl": test_jan.lines(*lines)}
    )


def lobe_chat(nodes: Sequence[Node]) -> object:
    messages = [
        {
            "id": node.name,
            "topicId": "c",
            "parentId": parent_of(node, nodes),
            "role": "user" if node.is_question else "assistant",
            "content": node.text,
            "createdAt": node.time(position),
        }
        for position, node in enumerate(nodes)
    ]
    return {"data": {"messages": messages, "topics": [{"id": "c", "title": "T"}]}, "schemaHash": "x"}


Write = Callable[[Sequence[Node]], object]
WRITERS: dict[str, tuple[Program, Write]] = {
    "ChatGPT": (Program.CHATGPT, chatgpt),
    "DeepSeek": (Program.DEEPSEEK, deepseek),
    "Claude": (Program.CLAUDE, claude),
    "Open WebUI": (Program.OPEN_WEBUI, open_webui),
    "LibreChat": (Program.LIBRECHAT, librechat),
    "LibreChat, nested": (Program.LIBRECHAT, librechat_tree),
    "Jan": (Program.JAN, jan),
    "LobeChat": (Program.LOBECHAT, lobe_chat),
}


def chat_of(folder: Path, name: str, nodes: Sequence[Node]) -> ForeignChat:
    program, write = WRITERS[name]
    (chat,) = chats_in(written(folder, write(nodes), "chats"), program)
    return chat


def links_of(chat: ForeignChat) -> set[tuple[str, str]]:
    """Return the texts of all messages with those of the ones before them."""
    texts = {message.id: text_of(message) for message in chat.messages}
    return {(text_of(message), texts.get(message.parent, "")) for message in chat.messages}


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_tree_comes_back_with_all_its_branches(tmp_path: Path, name: str, data: st.DataObject) -> None:
    nodes = data.draw(trees(name))
    chat = chat_of(tmp_path, name, nodes)
    assert links_of(chat) == {(node.text, nodes[node.parent].text if node.parent >= 0 else "") for node in nodes}
    assert chat.lost == {}
    ends = {node.text for position, node in enumerate(nodes) if not children_of(position, nodes)}
    assert {text_of(message) for message in chat.messages if message.id == chat.head} <= ends


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), length=st.integers(1, 10))
def test_a_later_export_has_the_same_messages_and_new_ones(
    tmp_path: Path, name: str, data: st.DataObject, length: int
) -> None:
    nodes = data.draw(trees(name))
    earlier, later = (chat_of(tmp_path, name, part) for part in (nodes[:length], nodes))
    before, after = summary_of(earlier), summary_of(later)
    assert before.id == after.id
    assert set(before.message_ids) <= set(after.message_ids)
    assert len(after.message_ids) == len(set(after.message_ids)) == len(nodes)
    assert links_of(earlier) <= links_of(later)
