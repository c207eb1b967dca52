from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.kernel.chat.conversation import Conversation, SearchHit

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TESTER_FAILS = QAbstractItemModelTester.FailureReportingMode.Fatal


def chat(name: str, *, days: int = 0, minutes: int = 0, pinned: bool = False, title: str | None = None) -> Conversation:
    when = NOON - timedelta(days=days, minutes=minutes)
    return Conversation(name, f"chat {name}" if title is None else title, when, when, pinned=pinned)


def titles(model: ConversationModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


@pytest.fixture
def model(qapp: object) -> ConversationModel:
    model = ConversationModel(lambda: TODAY)
    QAbstractItemModelTester(model, TESTER_FAILS, model)
    model.set_conversations([chat("a", days=9), chat("b"), chat("c", minutes=1), chat("p", days=40, pinned=True)])
    return model


def test_chats_are_listed_newest_first_under_the_heads_that_have_any(model: ConversationModel) -> None:
    assert titles(model) == ["Pinned", "chat p", "Folders", "Today", "chat b", "chat c", "Older", "chat a"]


def test_a_chat_that_was_used_moves_to_the_top_and_is_still_the_same_row(model: ConversationModel) -> None:
    persistent = QPersistentModelIndex(model.index_of("a"))
    model.put(chat("a", minutes=-1))
    assert titles(model) == ["Pinned", "chat p", "Folders", "Today", "chat a", "chat b", "chat c"]
    assert persistent.row() == 4


def test_a_pinned_chat_moves_up_and_an_unpinned_one_back(model: ConversationModel) -> None:
    model.put(chat("c", minutes=1, pinned=True))
    model.put(chat("p", days=40))
    assert titles(model) == ["Pinned", "chat c", "Folders", "Today", "chat b", "Older", "chat a", "chat p"]


def test_the_last_chat_of_a_group_takes_the_head_with_it(model: ConversationModel) -> None:
    model.remove("p")
    model.remove("nobody")
    assert titles(model) == ["Folders", "Today", "chat b", "chat c", "Older", "chat a"]


def test_a_new_title_touches_one_row_only(model: ConversationModel) -> None:
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.rowsMoved.connect(lambda: pytest.fail("nothing moves"))
    model.put(replace(chat("c", minutes=1), title="another"))
    assert changed == [(5, 5)]
    assert model.index(5).data() == "another"


def test_a_filter_finds_titles_that_hold_every_word_in_any_case(model: ConversationModel) -> None:
    model.set_conversations(
        [chat("a", title="Regex for Invoices"), chat("b", title="invoice"), chat("c", title="季度汇报")]
    )
    model.set_filter("INVOICE for")
    assert titles(model) == ["Today", "Regex for Invoices"]
    model.set_filter("汇报")
    assert titles(model) == ["Today", "季度汇报"]
    model.set_filter("  ")
    assert titles(model)[:2] == ["Folders", "Today"]


def test_a_chat_that_changes_while_filtered_comes_and_goes_as_it_matches(model: ConversationModel) -> None:
    model.set_filter("b")
    assert titles(model) == ["Today", "chat b"]
    model.put(replace(chat("a"), title="about"))
    assert titles(model) == ["Today", "about", "chat b"]
    model.put(replace(chat("b"), title="nothing"))
    assert titles(model) == ["Today", "about"]


def test_hits_stand_below_and_go_with_the_next_search(model: ConversationModel) -> None:
    model.set_filter("chat b")
    hits = [SearchHit("a", "m", "some words", ()), SearchHit("gone", "m", "x", ())]
    model.set_hits(hits)
    assert titles(model) == ["Today", "chat b", "In messages", "chat a"]
    model.remove("a")
    assert titles(model) == ["Today", "chat b"]
    model.set_hits(hits)
    model.set_filter("")
    assert "In messages" not in titles(model)


def test_at_midnight_the_chats_of_today_become_those_of_yesterday(qapp: object) -> None:
    days = [TODAY]
    model = ConversationModel(lambda: days[-1])
    QAbstractItemModelTester(model, TESTER_FAILS, model)
    model.set_conversations([chat("a"), chat("b", days=1), chat("c", days=6), chat("p", pinned=True)])
    persistent = QPersistentModelIndex(model.index_of("b"))
    days.append(TODAY + timedelta(days=1))
    model.modelReset.connect(lambda: pytest.fail("that would lose the selection"))
    model.regroup()
    assert titles(model) == [
        "Pinned",
        "chat p",
        "Folders",
        "Yesterday",
        "chat a",
        "This week",
        "chat b",
        "Older",
        "chat c",
    ]
    assert persistent.data() == "chat b"


def test_a_screen_reader_hears_what_the_eye_sees(model: ConversationModel) -> None:
    model.set_streaming("b", streaming=True)
    model.put(replace(chat("c", minutes=1), unread_id="answer"))
    model.put(replace(chat("d", minutes=2), draft="Words"))
    model.put(chat("e", title=""))
    spoken = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken[:2] == ["Drafts", "Draft, draft"]
    assert spoken[5:9] == ["Today", "chat b, answer in progress", "chat c, new answer", "chat d, unsent text"]


def test_heads_cannot_be_chosen(model: ConversationModel) -> None:
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsEditable


def test_a_chat_without_title_is_called_new(model: ConversationModel) -> None:
    model.put(replace(chat("b", title="\n\u202e"), head_id="answer"))
    assert model.index_of("b").data() == "New chat"


def test_letters_of_a_search_work_out_no_place_again(qapp: object) -> None:
    class Moment(datetime):
        def astimezone(self, zone: tzinfo | None = None) -> datetime:
            asked.append(self)
            return super().astimezone(zone)

    asked: list[datetime] = []
    model = ConversationModel(lambda: TODAY)
    moment = Moment(2026, 11, 24, 12, tzinfo=UTC)
    model.set_conversations(replace(chat(str(number)), updated_at=moment) for number in range(100))
    assert len(asked) == 100
    model.set_filter("a")
    model.set_filter("")
    assert model.rowCount() == 102
    assert len(asked) == 100
