"""Facts of the machine."""

import os
import sys
from pathlib import Path

import pytest

from chatdesk.system.machine import count_linux_cores, physical_cores, system_name


def test_there_is_a_core_and_no_more_than_threads() -> None:
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)


def test_threads_of_one_core_are_counted_once(tmp_path: Path) -> None:
    for cpu, siblings in enumerate(["0,4", "1,5", "2-3", "2-3", "0,4", "1,5"]):
        topology = tmp_path / f"cpu{cpu}" / "topology"
        topology.mkdir(parents=True)
        (topology / "thread_siblings_list").write_text(siblings + "\n")
    (tmp_path / "cpufreq").mkdir()
    (tmp_path / "cpu6").mkdir()
    assert count_linux_cores(tmp_path) == 3


def test_a_system_without_the_list_does_not_say(tmp_path: Path) -> None:
    assert count_linux_cores(tmp_path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process to some cores by default")
def test_a_process_kept_to_one_core_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {1})
    assert physical_cores() == 1


def test_the_system_has_a_name_with_a_version() -> None:
    name = system_name()
    assert name
    assert name[0].isupper()
