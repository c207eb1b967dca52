from datetime import UTC, date, datetime, timedelta

import pytest

from chatdesk.features.conversations.ui.sidebar.list.list_rows import ChatGroup, group_of
from chatdesk.kernel.chat.conversation import Conversation

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-3, ChatGroup.TODAY),
        (0, ChatGroup.TODAY),
        (1, ChatGroup.YESTERDAY),
        (2, ChatGroup.THIS_WEEK),
        (6, ChatGroup.THIS_WEEK),
        (7, ChatGroup.OLDER),
        (4000, ChatGroup.OLDER),
    ],
)
def test_a_chat_stands_under_the_day_it_was_last_used(days: int, group: ChatGroup) -> None:
    when = NOON - timedelta(days=days)
    assert group_of(Conversation("1", "A chat", when, when), TODAY) is group


def test_a_pinned_chat_stays_pinned_however_old() -> None:
    when = NOON - timedelta(days=900)
    assert group_of(Conversation("1", "A chat", when, when, pinned=True), TODAY) is ChatGroup.PINNED


def test_the_day_begins_when_it_does_where_the_machine_is() -> None:
    midnight = datetime(2026, 11, 24).astimezone()
    just_before = midnight - timedelta(seconds=1)
    assert group_of(Conversation("1", "A chat", midnight, midnight), TODAY) is ChatGroup.TODAY
    assert group_of(Conversation("2", "A chat", just_before, just_before.astimezone(UTC)), TODAY) is ChatGroup.YESTERDAY


def test_a_new_chat_that_was_never_sent_is_a_draft_whenever_it_was_written() -> None:
    when = NOON - timedelta(days=900)
    assert group_of(Conversation("1", "", when, when, draft="Words", folder_id="f"), TODAY, {"f"}) is ChatGroup.DRAFTS
