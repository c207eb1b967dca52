"""A backup or a restore is killed at random moments. `python -m tests.kills.killed_backups 100` does the same a hundred times."""

import sys
from pathlib import Path

import pytest

from tests.kills.killed_backups import LOOKS, kill_again_and_again


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")
@pytest.mark.parametrize("kind", LOOKS)
def test_there_is_the_old_state_or_the_new_one_and_never_something_in_between(kind: str, tmp_path: Path) -> None:
    findings = kill_again_and_again(kind, tmp_path, 4, 11)
    assert findings.faults == []
    assert findings.old + findings.new == 4
