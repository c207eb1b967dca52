"""Which chats of an export are imported."""

import pytest

from chatdesk.features.conversations.importing.foreign_chat import Loss
from chatdesk.features.conversations.services.files.chat_imports import ChatState
from chatdesk.features.conversations.ui.importing.import_choices import Contents, ImportChoices, Year
from tests.gui.features.conversations.importing.sample_preview import chat


def test_everything_new_is_chosen_and_nothing_that_is_here_or_was_deleted() -> None:
    choices = ImportChoices(
        [
            chat("new"),
            chat("here", state=ChatState.HERE),
            chat("grown", state=ChatState.GROWN),
            chat("deleted", state=ChatState.DELETED),
        ]
    )
    assert choices.chosen == {"new", "grown"}
    assert choices.available == 3
    assert choices.count_of(ChatState.HERE) == 1


def test_chats_that_are_here_cannot_be_chosen_and_deleted_ones_can() -> None:
    choices = ImportChoices([chat("here", state=ChatState.HERE), chat("deleted", state=ChatState.DELETED)])
    choices.choose(choices.chats, chosen=True)
    assert choices.chosen == {"deleted"}


def test_chats_are_sorted_by_their_last_message_the_latest_first() -> None:
    choices = ImportChoices([chat("none", 0), chat("old", 2021), chat("new", 2026)])
    assert [each.summary.title for each in choices.chats] == ["new", "old", "none"]


def test_a_year_is_left_out_and_taken_back() -> None:
    choices = ImportChoices([chat("a", 2024), chat("b", 2025), chat("c", 2025, ChatState.HERE)])
    first, second = choices.years()
    assert (first, second) == (Year(2024, 1, 1, 1), Year(2025, 2, 1, 1))
    choices.choose_year(second, chosen=False)
    assert choices.chosen == {"a"}
    assert choices.years()[1] == Year(2025, 2, 1, 0)
    choices.choose_year(second, chosen=True)
    assert choices.chosen == {"a", "b"}


def test_many_years_are_shown_as_six_and_the_first_one_has_those_before() -> None:
    choices = ImportChoices([chat(str(year), year) for year in range(2018, 2027)])
    years = choices.years()
    assert [year.year for year in years] == [2021, 2022, 2023, 2024, 2025, 2026]
    assert years[0] == Year(2021, 4, 4, 4, is_earlier=True)
    assert not years[1].is_earlier
    choices.choose_year(years[0], chosen=False)
    assert choices.count == 5


def test_chats_without_a_date_have_a_place_of_their_own() -> None:
    choices = ImportChoices([chat("a", 0), chat("b", 2025)])
    assert [(year.year, year.is_earlier) for year in choices.years()] == [(0, False), (2025, False)]


def test_what_comes_and_what_is_lost_is_that_of_the_chosen_chats() -> None:
    chats = [
        chat("a", messages=5, pictures=2, folder="Work", pinned=True, lost={Loss.PICTURE: 1}),
        chat("b", messages=7, documents=3, folder="Work", instructed=True, lost={Loss.PICTURE: 2, Loss.SOUND: 4}),
        chat("c", messages=100, folder="Home", lost={Loss.VIDEO: 9}),
    ]
    choices = ImportChoices(chats)
    choices.choose([chats[2]], chosen=False)
    assert choices.contents() == Contents(12, 2, 3, 1, 1, 1)
    assert choices.lost() == {Loss.PICTURE: 3, Loss.SOUND: 4}


@pytest.mark.parametrize("chosen", [True, False])
def test_every_change_is_announced(chosen: bool) -> None:
    choices = ImportChoices([chat("a")])
    received: list[int] = []
    choices.changed.connect(lambda: received.append(choices.count))
    choices.choose(choices.chats, chosen=chosen)
    assert received == [int(chosen)]
