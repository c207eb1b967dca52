"""Exports of another program for tests of importing: those of Open WebUI, which are the simplest to write."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

_BEGIN = datetime(2024, 5, 1, tzinfo=UTC)


def foreign_message(name: str, parent: str | None, text: str, **more: object) -> Mapping[str, object]:
    """Return a message; one whose name begins with `a` is an answer."""
    role = "assistant" if name.startswith("a") else "user"
    return {"id": name, "parentId": parent, "role": role, "content": text, "model": "llama3:8b", **more}


def foreign_chat(
    name: str, texts: Sequence[str] = ("Hello", "Hi"), *, day: int = 0, title: str = "", **more: object
) -> Mapping[str, object]:
    """Return a chat in which questions and answers take turns. `day` is when it was used last."""
    names = [f"{'qa'[number % 2]}{number}" for number in range(len(texts))]
    messages = [
        foreign_message(each, parent, text) for each, parent, text in zip(names, [None, *names], texts, strict=False)
    ]
    return of_messages(name, messages, day=day, title=title, **more)


def of_messages(
    name: str,
    messages: Sequence[Mapping[str, object]],
    *,
    day: int = 0,
    title: str = "",
    head: str = "",
    **more: object,
) -> Mapping[str, object]:
    """Return a chat with these messages."""
    tree = {str(message["id"]): message for message in messages}
    return {
        "id": name,
        "title": title or f"Chat {name}",
        "created_at": _BEGIN.timestamp(),
        "updated_at": _BEGIN.timestamp() + day * 86_400,
        "chat": {"history": {"currentId": head or str(messages[-1]["id"]), "messages": tree}},
        **more,
    }


def write_export(path: Path, *chats: Mapping[str, object]) -> Path:
    """Write an export of these chats, and return its path."""
    path.write_text(json.dumps(chats), "utf-8")
    return path
