"""Which daily backups are kept, and which are removed."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.backups.domain.backup_files import BackupName
from chatdesk.features.backups.domain.retention import RETAINED_DAYS, RETAINED_MONTHS, RETAINED_WEEKS, expired


def daily(first: date, count: int) -> list[BackupName]:
    return [BackupName(number, first + timedelta(number)) for number in range(count)]


def kept(names: list[BackupName]) -> list[BackupName]:
    """What is left when a backup is made each day and the expired ones are removed after each."""
    left: list[BackupName] = []
    for name in names:
        left.append(name)
        gone = expired(left)
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
    rare = [BackupName(number, date(2020, 1, 1) + timedelta(40 * number)) for number in range(5)]
    assert expired(rare) == ()


def test_of_a_day_the_newest_is_kept() -> None:
    names = [BackupName(1, date(2026, 11, 28)), BackupName(2, date(2026, 11, 28))]
    assert expired(names) == (names[0],)


@given(st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), min_size=1, max_size=60))
def test_whatever_the_clock_says_the_newest_and_up_to_seven_days_stay(days: list[date]) -> None:
    names = [BackupName(number, day) for number, day in enumerate(days)]
    left = kept(names)
    assert names[-1] in left
    assert len(left) >= min(7, len({name.day for name in left} | {names[-1].day}))
    assert len(left) <= 7 + 4 + 12


def test_a_damaged_backup_takes_the_place_of_no_other() -> None:
    good, damaged, newest = (BackupName(number, date(2026, 11, day)) for number, day in enumerate((2, 3, 28)))
    month = [BackupName(number, date(2026, 11, 10 + number)) for number in range(10, 17)]
    assert good in expired([good, damaged, *month, newest])
    assert good not in expired([good, damaged, *month, newest], [damaged])


def test_a_damaged_backup_is_removed_when_it_would_be_if_it_were_intact() -> None:
    first, second = BackupName(1, date(2026, 11, 28)), BackupName(2, date(2026, 11, 28))
    assert expired([first, second], [first]) == (first,)
    assert expired([first, second], [second]) == ()


def newest_of(names: Iterable[BackupName], period_of, most: int) -> set[BackupName]:
    """The newest of each of the last periods that have one."""
    newest = {period_of(name.day): name for name in sorted(names, key=lambda name: name.number)}
    return {newest[period] for period in sorted(newest)[-most:]}


def expected(names: set[BackupName]) -> set[BackupName]:
    return (
        newest_of(names, lambda day: day, RETAINED_DAYS)
        | newest_of(names, lambda day: day.isocalendar()[:2], RETAINED_WEEKS)
        | newest_of(names, lambda day: (day.year, day.month), RETAINED_MONTHS)
    )


@pytest.mark.thorough
@settings(max_examples=30)
@given(st.integers(0, 10**9), st.sampled_from([0.0, 0.02, 0.3]), st.sampled_from([0.05, 0.5, 0.95]))
def test_over_years_of_missed_days_and_damage_what_is_promised_is_kept(seed: int, damage: float, missed: float) -> None:
    random = Random(seed)
    made, stored, damaged = set[BackupName](), set[BackupName](), set[BackupName]()
    for day in range(3 * 365):
        if random.random() < missed:
            continue  # the computer was off, or the attempt failed: nothing is removed
        for _ in range(random.choice((1, 1, 1, 3))):
            made.add(newest := BackupName(len(made) + 1, date(2024, 1, 1) + timedelta(day)))
            stored.add(newest)
            intact = stored - damaged
            stored.difference_update(expired(stored, damaged))
            assert stored - damaged == expected(intact)
            assert newest in stored
            assert len(stored) <= 2 * (RETAINED_DAYS + RETAINED_WEEKS + RETAINED_MONTHS)
        if random.random() < damage:
            damaged.add(random.choice(sorted(stored, key=lambda name: name.number)))
    if not damage:
        assert stored == expected(made)
