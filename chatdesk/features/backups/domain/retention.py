"""Retention: which backups are kept, and which are removed after a new one was made."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from chatdesk.features.backups.domain.backup_files import BackupName

DAYS_KEPT, WEEKS_KEPT, MONTHS_KEPT = 7, 4, 12

_PERIODS: tuple[tuple[Callable[[date], object], int], ...] = (
    (lambda day: day, DAYS_KEPT),
    (lambda day: day.isocalendar()[:2], WEEKS_KEPT),
    (lambda day: (day.year, day.month), MONTHS_KEPT),
)


def expired(names: Collection[BackupName], damaged: Collection[BackupName] = ()) -> tuple[BackupName, ...]:
    """Return the backups to remove, the newest first.

    Kept are the newest of each of the last 7 days, 4 weeks and 12 months that have one. Days without a backup do not count, and the
    numbers tell which is newest, so that a wrong clock cannot empty the folder. The newest backup is always kept. A damaged backup takes
    the place of no other: an older one of the same day, week or month is kept instead of it.
    """
    intact = _kept(name for name in names if name not in damaged)
    kept_if_intact = _kept(names)
    kept = {*intact, *(name for name in kept_if_intact if name in damaged)}
    return tuple(name for name in _newest_first(names) if name not in kept)


def _kept(names: Iterable[BackupName]) -> set[BackupName]:
    newest_first = _newest_first(names)
    kept = set(newest_first[:1])
    for period_of, most in _PERIODS:
        seen: set[object] = set()
        for name in newest_first:
            period = period_of(name.day)
            if period not in seen and len(seen) < most:
                seen.add(period)
                kept.add(name)
    return kept


def _newest_first(names: Iterable[BackupName]) -> list[BackupName]:
    return sorted(names, key=lambda name: name.number, reverse=True)
