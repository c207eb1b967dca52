"""Which format a file of a chat is written in."""

from pathlib import PurePath

import pytest

from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS, format_of
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.exported_chat import ChatFormat


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chat.md", MARKDOWN),
        ("chat.chatdesk.json", JSON),
        ("chat.json", JSON),
        ("CHAT.JSON", JSON),
        ("chat", None),
        ("chat.xyz", None),
        ("chat.json.md", MARKDOWN),
    ],
)
def test_a_format_is_chosen_by_the_end_of_the_name(name: str, expected: ChatFormat | None) -> None:
    assert format_of(PurePath("/home/ann") / name) is expected


def test_no_two_formats_have_the_same_ending() -> None:
    endings = [each.ending.rpartition(".")[2] for each in CHAT_FORMATS]
    assert len(set(endings)) == len(endings)
