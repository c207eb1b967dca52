"""Chats of SillyTavern: swipes, reasoning, comments, dates, and the folder of a character."""

import json
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import Loss, Program
from tests.unit.features.conversations.importing.reading import PIXEL, chats_in, read, shown, tree, written

HEADER = {"user_name": "You", "character_name": "Mia", "create_date": "2024-1-1@10h00m00s", "chat_metadata": {}}
GREETING = {
    "name": "Mia",
    "is_user": False,
    "is_system": False,
    "send_date": "January 1, 2024 10:00am",
    "mes": "Welcome",
}
QUESTION = {
    "name": "You",
    "is_user": True,
    "is_system": False,
    "send_date": 1704103260000,
    "mes": "Look",
    "extra": {"image": PIXEL},
}
COMMENT = {"name": "SillyTavern", "is_user": False, "is_system": True, "mes": "Help"}
ANSWER = {
    "name": "Mia",
    "is_user": False,
    "send_date": "2024-01-01T10:02:00.000Z",
    "mes": "Hey, edited",
    "swipes": ["Hi", "Hey"],
    "swipe_id": 1,
    "swipe_info": [{"send_date": "2024-01-01T10:01:30.000Z", "extra": {"reasoning": "first"}}, {}],
    "extra": {"reasoning": "hm", "reasoning_duration": 900, "model": "llama3"},
}


def chat_file(folder: Path, *records: object, name: str = "Mia - 2024-1-1.jsonl") -> Path:
    return written(folder, "\n".join(map(json.dumps, records)), name)


def test_swipes_are_alternatives_and_comments_are_left_out(tmp_path: Path) -> None:
    (chat,) = chats_in(chat_file(tmp_path, HEADER, GREETING, QUESTION, COMMENT, ANSWER), Program.SILLY_TAVERN)
    assert (chat.title, chat.folder) == ("Mia - 2024-1-1", "Mia")
    assert tree(chat) == [("1.0", ""), ("2.0", "1.0"), ("4.0", "2.0"), ("4.1", "2.0")]
    assert chat.head == "4.1"
    greeting, question, first, second = chat.messages
    assert shown(greeting.parts) == ["Welcome"]
    assert shown(question.parts) == ["picture  image/png 70", "Look"]
    assert shown(first.parts) == ["thought first", "Hi"]
    assert shown(second.parts) == ["thought hm 900", "Hey, edited"]
    assert second.model == "llama3"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("January 1, 2024 10:00am", "2024-01-01T10:00:00+00:00"),
        ("2024-1-1@10h00m05s", "2024-01-01T10:00:05+00:00"),
        ("2024-1-1 @10h 00m 05s 7ms", "2024-01-01T10:00:05+00:00"),
        (1704103200000, "2024-01-01T10:00:00+00:00"),
        ("2024-99-99@10h00m00s", None),
        ("yesterday", None),
        ([], None),
    ],
)
def test_dates_have_several_spellings(tmp_path: Path, date: object, expected: str | None) -> None:
    path = chat_file(tmp_path, {**HEADER, "create_date": None}, {**GREETING, "send_date": date})
    moment = chats_in(path, Program.SILLY_TAVERN)[0].messages[0].created_at
    assert (moment.isoformat() if moment else None) == expected


def test_the_chats_of_a_folder_are_read_with_their_characters(tmp_path: Path) -> None:
    chat_file(tmp_path, {**HEADER, "character_name": "unused"}, QUESTION, name="chats/Mia/one.jsonl")
    chat_file(tmp_path, HEADER, name="chats/Mia/two.jsonl")
    chat_file(tmp_path, {"other": 1}, name="chats/Mia/three.jsonl")
    chat, empty = read(tmp_path / "chats", Program.SILLY_TAVERN)
    assert not isinstance(chat, Loss)
    assert (chat.title, chat.folder) == ("one", "Mia")
    assert empty is Loss.EMPTY_CHAT


def test_a_line_that_was_cut_off_is_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join((json.dumps(HEADER), json.dumps(QUESTION), '{"name": "Mia", "is_us')), "a.jsonl")
    (chat,) = chats_in(path, Program.SILLY_TAVERN)
    assert chat.lost == {Loss.DAMAGED_MESSAGE: 1}
