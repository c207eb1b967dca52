"""Backups, restores and the synchronisation meet faults of disks and folders at a few of their lines.

`python -m tests.storage_faults` tries more of them, also those that need mounts or another user.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.storage_faults.operations import Prepared, prepare, try_fault

_EVERYWHERE = ("folder-removed", "file-in-place", "scratch-removed", "attachments-gone", "database-locked")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Prepared]:
    """Prepare each operation, and count its lines, once for all faults."""
    return cache(lambda operation: prepare(operation, tmp_path_factory.mktemp(operation), mounted=False))


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="folders with open files cannot be moved there")
@pytest.mark.parametrize("fault", _EVERYWHERE)
@pytest.mark.parametrize("operation", ["backup-daily", "restore-all", "sync-write", "sync-read", "sync-off"])
def test_a_fault_in_the_middle_is_reported_and_the_same_program_completes_the_work_after_it(
    operation: str, fault: str, prepared: Callable[[str], Prepared], tmp_path: Path
) -> None:
    findings = try_fault(prepared(operation), fault, tmp_path / "run", 2, 5)
    assert findings.faults == []
    assert findings.runs == 2


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="likewise")
@pytest.mark.parametrize("fault", ["folder-removed", "database-locked"])
@pytest.mark.parametrize("operation", ["import-folder", "export-archive"])
def test_an_export_or_import_in_which_a_stick_vanishes_or_the_chats_are_locked_leaves_all_or_nothing(
    operation: str, fault: str, prepared: Callable[[str], Prepared], tmp_path: Path
) -> None:
    findings = try_fault(prepared(operation), fault, tmp_path / "run", 2, 5)
    assert findings.faults == []
    assert findings.runs == 2
