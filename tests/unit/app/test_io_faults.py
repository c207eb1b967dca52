"""Exports and imports on disks that are full, fail or are disconnected at one of their calls of the system.

`python -m tests.io_faults.sweep` lets every call fail; docs/fault-proof.md has its results.
"""

import pytest

from tests.io_faults import sweep
from tests.io_faults.failing_calls import is_possible

NAMES = ("export-markdown", "export-new-word", "export-folder", "export-zip", "import-zip-data", "import-folder-source")


@pytest.mark.thorough
@pytest.mark.skipif(not is_possible(), reason="needs a C compiler, and Linux's way to replace calls")
@pytest.mark.parametrize("name", NAMES)
def test_a_failing_disk_leaves_all_or_nothing_and_is_reported(name: str) -> None:
    assert sweep.run([name], sweep.Choice(most=4)) == 0
