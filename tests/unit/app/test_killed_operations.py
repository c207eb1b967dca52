"""Backups, restores, imports, exports and moves of the data folder are killed a few times each.

`python -m tests.kills.operations` kills each a hundred times.
"""

import sys
from pathlib import Path

import pytest

from tests.kills.operations import kill_again_and_again, operations


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")
@pytest.mark.parametrize("operation", operations())
def test_there_is_the_old_state_or_the_new_one_and_never_something_in_between(operation: str, tmp_path: Path) -> None:
    findings = kill_again_and_again(operation, tmp_path, 4, 11)
    assert findings.faults == []
    assert findings.kills == 4
    assert findings.old + findings.new == findings.runs
