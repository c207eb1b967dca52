"""Names, facts and rotation of daily backups."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.backups.domain.copies import CopyFacts, CopyName, superseded

FACTS = CopyFacts(datetime(2026, 11, 28, 3, 10, tzinfo=UTC), 96_000_000, "ab" * 32, 1284, "Why √2 is irrational", None)


def daily(first: date, count: int) -> list[CopyName]:
    return [CopyName(number, first + timedelta(number)) for number in range(count)]


def kept(names: list[CopyName]) -> list[CopyName]:
    """What is left when a backup is made each day and rotation follows each."""
    left: list[CopyName] = []
    for name in names:
        left.append(name)
        gone = superseded(left)
        left = [each for each in left if each not in gone]
    return left


def test_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    left = kept(daily(date(2025, 1, 1), 697))  # until Saturday, 28 November 2026
    days = [name.day for name in left]
    assert days[-7:] == [date(2026, 11, day) for day in range(22, 29)]
    assert {date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 22)} <= set(days)  # Sundays end weeks
    assert {(day.year, day.month) for day in days} == {(2025, 12), *((2026, month) for month in range(1, 12))}
    assert len(days) < 7 + 4 + 12


def test_days_without_a_backup_do_not_count() -> None:
    rare = [CopyName(number, date(2020, 1, 1) + timedelta(40 * number)) for number in range(5)]
    assert superseded(rare) == ()


def test_of_a_day_the_newest_is_kept() -> None:
    names = [CopyName(1, date(2026, 11, 28)), CopyName(2, date(2026, 11, 28))]
    assert superseded(names) == (names[0],)


@given(st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), min_size=1, max_size=60))
def test_whatever_the_clock_says_the_newest_and_up_to_seven_days_stay(days: list[date]) -> None:
    names = [CopyName(number, day) for number, day in enumerate(days)]
    left = kept(names)
    assert names[-1] in left
    assert len(left) >= min(7, len({name.day for name in left} | {names[-1].day}))
    assert len(left) <= 7 + 4 + 12


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_name_is_read_back(encrypted: bool) -> None:
    name = CopyName(12, date(2026, 11, 28), is_encrypted=encrypted)
    assert name.database == "chatdesk-000012-20261128-daily.sqlite3" + (".age" if encrypted else "")
    assert CopyName.of(name.database) == name


@pytest.mark.parametrize(
    "name",
    ["", "chats.sqlite3", "chatdesk-1-20261128-daily.sqlite3", "chatdesk-000012-20261341-daily.sqlite3", "x" * 300],
)
def test_other_files_are_no_backups(name: str) -> None:
    assert CopyName.of(name) is None


def test_facts_are_read_back() -> None:
    assert CopyFacts.from_json(FACTS.to_json()) == FACTS


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff", FACTS.to_json().replace(b"96000000", b"-1"), b"[" * 100_000],
)
def test_facts_that_are_not_valid_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^"):
        CopyFacts.from_json(content)
