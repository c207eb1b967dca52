"""One test over a long table: each of thousands of tests of its own costs more than what most of them do.

All cases are tried, and those that fail are reported together, each with its name.
"""

import traceback
from collections.abc import Callable, Iterable

import pytest


def for_all[Case](
    cases: Iterable[Case], name: Callable[[Case], object] = str
) -> Callable[[Callable[[Case], None]], Callable[[], None]]:
    """Turn a test of one case into a test of all of them, as `pytest.mark.parametrize` makes one of each."""

    def decorate(check: Callable[[Case], None]) -> Callable[[], None]:
        def test_all() -> None:
            tried, failed = 0, []
            for case in cases:
                tried += 1
                try:
                    check(case)
                except pytest.skip.Exception as error:
                    raise TypeError("a case cannot be skipped: leave it out of the table") from error
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - reported with its case
                    where = traceback.extract_tb(error.__traceback__)[-1]
                    failed.append(f"{name(case)}: {type(error).__name__}: {error} ({where.filename}:{where.lineno})")
            if failed:
                pytest.fail("\n".join(failed), pytrace=False)
            assert tried, "no case at all"

        test_all.__name__ = check.__name__
        test_all.__doc__ = check.__doc__
        return test_all

    return decorate
