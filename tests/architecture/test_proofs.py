"""The table of faults names tests that are there: a proof whose test was moved or renamed proves nothing."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT

TABLE = (ROOT / "docs" / "fault-proof.md").read_text("utf-8")
NOT_IN_CI = {182}


def test_every_test_that_is_named_is_there_with_the_words_of_its_name() -> None:
    missing = []
    for line in TABLE.splitlines():
        last: Path | None = None
        for name in re.findall(r"`([^`]+)`", line):
            if ("/" in name or name.startswith("test_")) and not name.endswith("/"):
                last = _found(name, last)
                missing += [name] if last is None else []
            elif name.startswith("…") and last and last.is_file() and name.strip("…") not in last.read_text("utf-8"):
                missing.append(f"{last.name} {name}")
    assert missing == []


def test_every_case_of_a_server_of_data_and_of_keys_has_a_row() -> None:
    listed: set[int] = set()
    for row in re.findall(r"^\| ([\d, –]+)", TABLE, re.MULTILINE):
        for part in filter(None, map(str.strip, row.split(","))):
            first, _, last = part.partition("–")
            listed |= set(range(int(first), int(last or first) + 1))
    assert {*range(1, 70), *range(95, 141), *range(171, 184), 198} - listed == NOT_IN_CI


def _found(name: str, last: Path | None) -> Path | None:
    """Return the file or folder that a name means, below `tests/`; one without a folder lies beside the one before it."""
    path = last.parent / name if last and "/" not in name else ROOT / "tests" / name
    return next((each for each in (path, path.with_suffix(".py")) if each.exists()), None)
