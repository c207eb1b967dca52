"""Backups, restores and the synchronisation meet faults of disks and folders at a few of their lines.

`python -m tests.storage_faults` tries more of them, also those that need mounts or another user.
"""

import sys
from pathlib import Path

import pytest

from tests.storage_faults.operations import try_faults

_EVERYWHERE = ("folder-removed", "file-in-place", "scratch-removed", "attachments-gone", "database-locked")


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="folders with open files cannot be moved there")
@pytest.mark.parametrize("fault", _EVERYWHERE)
@pytest.mark.parametrize("operation", ["backup-daily", "restore-all", "sync-write", "sync-read", "sync-off"])
def test_a_fault_in_the_middle_is_reported_and_the_same_program_completes_the_work_after_it(
    operation: str, fault: str, tmp_path: Path
) -> None:
    findings = try_faults(operation, fault, tmp_path, 2, 5, mounts=False)
    assert findings.faults == []
    assert findings.runs == 2


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="likewise")
@pytest.mark.parametrize("fault", ["folder-removed", "database-locked"])
@pytest.mark.parametrize("operation", ["import-folder", "export-archive"])
def test_an_export_or_import_in_which_a_stick_vanishes_or_the_chats_are_locked_leaves_all_or_nothing(
    operation: str, fault: str, tmp_path: Path
) -> None:
    findings = try_faults(operation, fault, tmp_path, 2, 5, mounts=False)
    assert findings.faults == []
    assert findings.runs == 2
