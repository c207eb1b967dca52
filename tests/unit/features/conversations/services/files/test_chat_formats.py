"""The list of formats for chats."""

from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS


def test_no_two_formats_have_the_same_ending() -> None:
    endings = [each.ending.rpartition(".")[2] for each in CHAT_FORMATS]
    assert len(set(endings)) == len(endings)
