"""Retention: which backups are retained, and which are removed after a new one was made."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from chatdesk.features.backups.domain.backup_files import BackupName

RETAINED_DAYS, RETAINED_WEEKS, RETAINED_MONTHS = 7, 4, 12

_PERIODS: tuple[tuple[Callable[[date], object], int], ...] = (
    (lambda day: day, RETAINED_DAYS),
    (lambda day: day.isocalendar()[:2], RETAINED_WEEKS),
    (lambda day: (day.year, day.month), RETAINED_MONTHS),
)


def expired(names: Collection[BackupName], damaged: Collection[BackupName] = ()) -> tuple[BackupName, ...]:
    """Return the backups to remove, the newest first.

    Retained are the newest of each of the last 7 days, 4 weeks and 12 months that have one. Days without a backup do not count, and the
    numbers say which is newest, so that a wrong clock cannot empty the folder. The newest backup is always retained. A damaged backup takes
    the place of no other: an older one of the same day, week or month is retained instead of it.
    """
    intact = _retained(name for name in names if name not in damaged)
    retained_if_intact = _retained(names)
    retained = {*intact, *(name for name in retained_if_intact if name in damaged)}
    return tuple(name for name in _newest_first(names) if name not in retained)


def _retained(names: Iterable[BackupName]) -> set[BackupName]:
    newest_first = _newest_first(names)
    retained = set(newest_first[:1])
    for period_of, most in _PERIODS:
        seen: set[object] = set()
        for name in newest_first:
            period = period_of(name.day)
            if period not in seen and len(seen) < most:
                seen.add(period)
                retained.add(name)
    return retained


def _newest_first(names: Iterable[BackupName]) -> list[BackupName]:
    return sorted(names, key=lambda name: name.number, reverse=True)
