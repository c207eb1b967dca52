"""Files of earlier versions, with many chats: all fields come, as a second export says, and another import adds nothing."""

import gzip
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatdesk.app.command_line import main
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.fast_dataclass import dataclass

_COUNT = 64
_BEGIN = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
_ROLES = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Said:
    """A message, as it should be after the import."""

    role: str
    text: str
    created_at: datetime
    reasoning: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, as it should be after the import."""

    title: str
    messages: tuple[Said, ...]
    pinned: bool = False
    folder: str = ""
    instructions: str = ""


def chat(number: int, *, pinned: bool = False, folder: str = "", instructions: str = "") -> Chat:
    """Return a chat with two to eight messages, in several scripts, with code, reasoning and odd characters."""
    words = ("Grüße ", "问题 ", "سؤال ", "🙂 \u200d", "```py\nprint('<b>')\n```\n", "a\tb\u2028c ", "$x^2$ ", '"\\n" ')
    said = tuple(
        Said(
            _ROLES[place % 2],
            f"{words[(number + place) % len(words)]}{number}.{place}",
            _BEGIN + timedelta(days=number, seconds=place),
            f"Thought {number}.{place}" if place % 4 == 3 else "",
            f"model-{number % 3}" if place % 2 else "",
        )
        for place in range(2 + number % 4 * 2)
    )
    return Chat(f"Chat {number} “{words[number % 4].strip()}”", said, pinned, folder, instructions)


def own_version_1(folder: Path) -> tuple[Path, list[Chat]]:
    """An archive with a file for each chat, which has neither its ID nor settings."""
    chats = [chat(number, folder="Work" if number % 5 == 0 else "") for number in range(_COUNT)]
    with zipfile.ZipFile(folder / "old.zip", "w") as archive:
        for number, each in enumerate(chats):
            place = f"All/{each.folder}/{number}" if each.folder else f"All/{number}"
            archive.writestr(f"{place}.chatdesk.json", json.dumps(_own(number, each)))
    return folder / "old.zip", chats


def _own(number: int, chat: Chat) -> Mapping[str, object]:
    ids = [f"{number:016x}{place:016x}" for place in range(len(chat.messages))]
    messages = [
        {
            "id": ids[place],
            "parent": ids[place - 1] if place else None,
            "role": each.role,
            "created_at": each.created_at.isoformat(),
            "state": "complete",
            "model": each.model or None,
            "parts": [
                *([{"kind": "reasoning", "text": each.reasoning, "milliseconds": 900}] if each.reasoning else []),
                {"kind": "text", "text": each.text},
            ],
        }
        for place, each in enumerate(chat.messages)
    ]
    return {"format": "chatdesk-chat", "version": 1, "title": chat.title, "head": ids[-1], "messages": messages}


def chatbox_list(folder: Path) -> tuple[Path, list[Chat]]:
    """The oldest form: one list of whole sessions, with a text for each message."""
    chats = [chat(number, pinned=number % 9 == 0, instructions=f"Be {number}.") for number in range(_COUNT)]
    sessions = []
    for number, each in enumerate(chats):
        messages = [
            {
                "id": f"{number}-{place}",
                "role": said.role,
                "content": said.text,
                "timestamp": _milliseconds(said),
                **({"reasoningContent": said.reasoning} if said.reasoning else {}),
                **({"model": f"OpenAI API ({said.model})", "aiProvider": "openai"} if said.model else {}),
            }
            for place, said in enumerate(each.messages)
        ]
        system = {"id": f"{number}-s", "role": "system", "content": each.instructions}
        sessions.append(
            {"id": f"s{number}", "name": each.title, "starred": each.pinned, "messages": [system, *messages]}
        )
    path = folder / "chatbox.json"
    path.write_text(json.dumps({"chat-sessions": sessions, "settings": {"language": "en"}}), "utf-8")
    return path, chats


def chatbox_keys(folder: Path) -> tuple[Path, list[Chat]]:
    """The flat form: a key for each session, with parts, and an earlier thread in each tenth session."""
    chats: list[Chat] = []
    content: dict[str, object] = {"configVersion": 12, "chat-sessions-list": []}
    for number in range(_COUNT):
        now, earlier = chat(number, pinned=number % 7 == 0), chat(200 + number)
        chats.append(now)
        session = {"id": f"s{number}", "name": now.title, "starred": now.pinned, "messages": _parted(number, now)}
        if number % 10 == 0:
            chats.append(earlier)
            session["threads"] = [{"id": "t", "name": earlier.title, "messages": _parted(200 + number, earlier)}]
            session["threadName"] = now.title
        content[f"session:s{number}"] = session
    path = folder / "chatbox-exported-data.json"
    path.write_text(json.dumps(content), "utf-8")
    return path, chats


def _parted(number: int, chat: Chat) -> list[object]:
    return [
        {
            "id": f"{number}-{place}",
            "role": said.role,
            "timestamp": _milliseconds(said),
            "contentParts": [
                *([{"type": "reasoning", "text": said.reasoning, "duration": 900}] if said.reasoning else []),
                {"type": "text", "text": said.text},
            ],
            **({"model": said.model} if said.model else {}),
        }
        for place, said in enumerate(chat.messages)
    ]


def cherry(version: int) -> Callable[[Path], tuple[Path, list[Chat]]]:
    """A `.bak`: the JSON of a backup, compressed with gzip."""

    def make(folder: Path) -> tuple[Path, list[Chat]]:
        chats = [
            chat(
                number,
                folder="Poet" if number % 2 else "",
                instructions="Rhyme." if number % 2 else "",
                pinned=number == 8,
            )
            for number in range(_COUNT)
        ]
        topics = {
            odd: [_topic(number, each) for number, each in enumerate(chats) if number % 2 == odd] for odd in (0, 1)
        }
        assistants = [
            {"id": "default", "name": "Default", "prompt": "", "topics": topics[0]},
            {"id": "a1", "name": "Poet", "prompt": "Rhyme.", "topics": topics[1]},
        ]
        store = json.dumps(
            {"assistants": json.dumps({"assistants": assistants, "defaultAssistant": {"id": "default"}})}
        )
        blocks: list[object] = []
        stored = [
            {"id": f"t{number}", "messages": _cherry_messages(number, each, version, blocks)}
            for number, each in enumerate(chats)
        ]
        database: object = {"topics": stored, "message_blocks": blocks, "files": []}
        if version == 1:
            database = [{"key": f"topic:{each['id']}", "value": each} for each in stored]
        backup = {"time": 1_700_000_000_000, "version": version, "localStorage": {"persist:cherry-studio": store}}
        path = folder / "cherry-studio.20240229.bak"
        path.write_bytes(gzip.compress(json.dumps({**backup, "indexedDB": database}).encode()))
        return path, chats

    return make


def _topic(number: int, chat: Chat) -> Mapping[str, object]:
    return {
        "id": f"t{number}",
        "name": chat.title,
        "pinned": chat.pinned,
        "createdAt": chat.messages[0].created_at.isoformat(),
    }


def _cherry_messages(number: int, chat: Chat, version: int, blocks: list[object]) -> list[object]:
    messages: list[object] = []
    for place, said in enumerate(chat.messages):
        name = f"{number}-{place}"
        message: dict[str, object] = {"id": name, "role": said.role, "createdAt": said.created_at.isoformat()}
        if said.model:
            message |= {"model": {"id": said.model, "name": "X"}, "askId": f"{number}-{place - 1}", "status": "success"}
        if version >= 4:
            parts = [("thinking", said.reasoning)] if said.reasoning else []
            for kind, text in (*parts, ("main_text", said.text)):
                blocks.append({"id": f"{name}-{kind}", "messageId": name, "type": kind, "content": text})
            message["blocks"] = [f"{name}-{kind}" for kind, _ in (*parts, ("main_text", ""))]
        else:
            message |= {"content": said.text, "reasoning_content": said.reasoning}
        messages.append(message)
    return messages


def _milliseconds(said: Said) -> int:
    return round(said.created_at.timestamp() * 1000)


def exported(folder: Path) -> dict[str, Mapping[str, object]]:
    """Return all chats that are here by their titles, as an export tells them."""
    path = folder / "again.zip"
    path.unlink(missing_ok=True)
    assert main(["export", "--everything", str(path)]) == ExitCode.ANSWERED
    with zipfile.ZipFile(path) as archive:
        records = [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".chatdesk.json")]
    assert len({record["title"] for record in records}) == len(records)
    return {record["title"]: record for record in records}


def _chat_in(record: Mapping) -> Chat:
    """Return what an exported chat says."""
    messages = record["messages"]
    assert [each["parent"] for each in messages] == [None, *(each["id"] for each in messages[:-1])]
    assert record["head"] == messages[-1]["id"]
    said = tuple(
        Said(
            each["role"],
            "".join(part["text"] for part in each["parts"] if part["kind"] == "text"),
            datetime.fromisoformat(each["created_at"]),
            "".join(part["text"] for part in each["parts"] if part["kind"] == "reasoning"),
            each.get("model") or "",
        )
        for each in messages
    )
    instructions = (record.get("settings") or {}).get("instructions") or ""
    return Chat(record["title"], said, record.get("pinned") is True, record.get("folder") or "", instructions)


@pytest.mark.parametrize(
    "make",
    [own_version_1, chatbox_list, chatbox_keys, cherry(1), cherry(2), cherry(3), cherry(4), cherry(5)],
    ids=["own 1", "chatbox list", "chatbox keys", *(f"cherry {version}" for version in range(1, 6))],
)
def test_all_fields_of_old_files_come_and_a_second_import_adds_nothing(
    make: Callable[[Path], tuple[Path, list[Chat]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, chats = make(tmp_path)
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    first = exported(tmp_path)
    assert {title: _chat_in(record) for title, record in first.items()} == {each.title: each for each in chats}
    capsys.readouterr()
    assert main(["import", "--yes", str(path)]) == ExitCode.ANSWERED
    assert "There is nothing new to import." in capsys.readouterr().out
    assert exported(tmp_path) == first
