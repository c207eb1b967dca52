"""Chats of LM Studio: single files and its folder, with versions, steps, files and the folders of chats."""

from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.presets.preset_import import ImportRefused
from tests.unit.features.conversations.importing.reading import PNG, chats_in, read, shown, tree, written

FIRST = {
    "type": "multiStep",
    "role": "assistant",
    "steps": [{"type": "contentBlock", "content": [{"type": "text", "text": "Hey"}]}],
}
SECOND = {
    "type": "multiStep",
    "role": "assistant",
    "senderInfo": {"senderName": "qwen3-8b"},
    "steps": [
        {"type": "contentBlock", "style": {"type": "thinking"}, "content": [{"type": "text", "text": "hm"}]},
        {
            "type": "contentBlock",
            "content": [
                {
                    "type": "toolCallRequest",
                    "callId": 7,
                    "toolCallRequestId": "c1",
                    "name": "js",
                    "parameters": {"code": "1"},
                }
            ],
        },
        {"type": "toolStatus", "statusState": {}},
        {
            "type": "contentBlock",
            "roleOverride": "tool",
            "content": [{"type": "toolCallResult", "toolCallRequestId": "c1", "content": "[1]"}],
        },
        {
            "type": "contentBlock",
            "content": [{"type": "text", "text": "Hi"}],
            "genInfo": {
                "indexedModelIdentifier": "lmstudio-community/qwen3-8b",
                "stats": {
                    "stopReason": "userStopped",
                    "tokensPerSecond": 30.5,
                    "promptTokensCount": 12,
                    "predictedTokensCount": 4,
                    "timeToFirstTokenSec": 0.25,
                },
            },
        },
        {"type": "debugInfoBlock", "debugInfo": "noise"},
    ],
}
QUESTION = {
    "type": "singleStep",
    "role": "user",
    "content": [
        {"type": "text", "text": "Hello"},
        {"type": "file", "fileIdentifier": "1700 - 1.png", "fileType": "image", "sizeBytes": 12},
        {"type": "file", "fileIdentifier": "gone.pdf", "fileType": "text/plain", "sizeBytes": 9},
    ],
}
CHAT = {
    "name": "Greeting",
    "pinned": True,
    "createdAt": 1700000000000,
    "systemPrompt": "Old.",
    "tokenCount": 42,
    "messages": [
        {"versions": [QUESTION], "currentlySelected": 0},
        {"versions": [FIRST, SECOND], "currentlySelected": 1},
    ],
    "perChatPredictionConfig": {"fields": [{"key": "llm.prediction.systemPrompt", "value": "Be brief."}]},
}
NAME = "1700000000000.conversation.json"


def test_a_file_keeps_its_name_its_time_and_its_settings(tmp_path: Path) -> None:
    (chat,) = chats_in(written(tmp_path, CHAT, NAME), Program.LM_STUDIO)
    assert (chat.id, chat.title, chat.pinned, chat.folder) == ("1700000000000", "Greeting", True, "")
    assert chat.instructions == "Be brief."
    assert chat.created_at is not None
    assert chat.created_at.timestamp() == 1700000000


def place(name: str) -> str:
    """Return the position and version in the ID of a message."""
    return ".".join(name.split(".")[:2])


def places(chat: ForeignChat) -> list[tuple[str, str]]:
    return [(place(name), place(parent)) for name, parent in tree(chat)]


def test_versions_are_alternatives_and_the_selected_one_is_shown(tmp_path: Path) -> None:
    (chat,) = chats_in(written(tmp_path, CHAT, NAME), Program.LM_STUDIO)
    assert places(chat) == [("0.0", ""), ("1.0", "0.0"), ("1.1", "0.0")]
    assert place(chat.head) == "1.1"


def test_a_message_that_was_changed_or_replaced_is_another_one(tmp_path: Path) -> None:
    later = {"versions": [{"role": "user", "content": [{"type": "text", "text": "More"}]}], "currentlySelected": 0}
    other = {"versions": [{"role": "user", "content": [{"type": "text", "text": "Less"}]}], "currentlySelected": 0}

    def ids(last: object) -> list[str]:
        chat = CHAT | {"messages": [*CHAT["messages"], last]}  # type: ignore[misc]  # a list
        return [message.id for message in chats_in(written(tmp_path, chat, NAME), Program.LM_STUDIO)[0].messages]

    assert ids(later)[:3] == ids(other)[:3]
    assert ids(later)[3] != ids(other)[3]


def test_steps_become_parts(tmp_path: Path) -> None:
    answer = chats_in(written(tmp_path, CHAT, NAME), Program.LM_STUDIO)[0].messages[2]
    assert shown(answer.parts) == ["thought hm", "Hi", 'call c1 js {"code": "1"}', "result c1 [1]"]
    assert (answer.model, answer.vendor, answer.is_interrupted) == ("qwen3-8b", "lm-studio", True)
    assert answer.usage == Usage(12, 4, 30.5, first_token_milliseconds=250)


@pytest.mark.parametrize(("chosen", "folder"), [(".", "Work / Old"), ("conversations", "Work / Old")])
def test_folders_are_kept_and_files_are_found_beside_the_conversations(
    tmp_path: Path, chosen: str, folder: str
) -> None:
    written(tmp_path, CHAT, f"conversations/Work/Old/{NAME}")
    written(tmp_path, PNG, "user-files/1700 - 1.png")
    (chat,) = chats_in(tmp_path / chosen, Program.LM_STUDIO)
    assert chat.folder == folder
    is_there = chosen == "."
    assert shown(chat.messages[0].parts) == [
        f"picture 1700 - 1.png image/png {12 if is_there else 'missing'}",
        "Hello",
    ]
    assert chat.lost == {Loss.DOCUMENT: 1} | ({} if is_there else {Loss.PICTURE: 1})


def test_a_damaged_file_of_a_folder_is_counted_and_alone_it_is_refused(tmp_path: Path) -> None:
    written(tmp_path, CHAT, f"a/{NAME}")
    damaged = written(tmp_path, '{"messages": [{"versions": [', f"b/{NAME}")
    written(tmp_path, {"name": "Empty", "messages": []}, f"c/{NAME}")
    found = read(tmp_path, Program.LM_STUDIO)
    assert isinstance(found[0], ForeignChat)
    assert found[1:] == [Loss.DAMAGED_CHAT, Loss.EMPTY_CHAT]
    with pytest.raises(ImportRefused):
        read(damaged, Program.LM_STUDIO)


def test_a_selected_version_that_does_not_exist_is_replaced_by_the_last_one(tmp_path: Path) -> None:
    messages = [
        {"versions": [QUESTION], "currentlySelected": 5},
        {"versions": [FIRST, "x", 3], "currentlySelected": 1},
        {"versions": []},
    ]
    (chat,) = chats_in(written(tmp_path, {**CHAT, "name": None, "messages": messages}, NAME), Program.LM_STUDIO)
    assert (chat.title, place(chat.head), places(chat)) == ("Hello", "1.0", [("0.0", ""), ("1.0", "0.0")])
    assert chat.lost[Loss.DAMAGED_MESSAGE] == 1
