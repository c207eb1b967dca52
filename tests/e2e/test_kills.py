"""The program is killed while it writes answers, takes chats in and has questions wait: what was shown is there.

`python -m tests.kills` does the same hundreds of times, and allows one second.
"""

import sys
from pathlib import Path

import pytest

from tests.kills.harness import kill_again_and_again

_ON_A_BUSY_MACHINE = 3.0
"""Seconds; what is kept nowhere is often older, as a program lives for four. The second itself is measured on a quiet machine."""


@pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")
async def test_nothing_that_was_shown_for_a_while_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    findings = await kill_again_and_again(tmp_path / "home", 6, 7, print, _ON_A_BUSY_MACHINE)
    assert findings.faults == []
    assert findings.kills == 6
