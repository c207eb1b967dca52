"""The program is killed while it writes answers, takes chats in and has questions wait: nothing older than a second is lost.

`python -m tests.kills` does the same hundreds of times.
"""

import sys
from pathlib import Path

import pytest

from tests.kills.harness import kill_again_and_again


@pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")
async def test_no_word_older_than_a_second_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    findings = await kill_again_and_again(tmp_path / "home", 6, 7, print)
    assert findings.faults == []
    assert findings.kills == 6
