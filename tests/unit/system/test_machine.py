"""Facts of the machine."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import psutil
import pytest

from chatdesk.system.machine import is_on_battery, physical_cores, system_name


def test_there_is_a_core_and_no_more_than_threads() -> None:
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux lists its cores")
def test_threads_of_one_core_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    topology = Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    cores = {siblings.read_text() for siblings in topology}
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(4096)))
    assert physical_cores() == (len(cores) or 4096)


def test_every_thread_counts_where_the_system_does_not_tell_its_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    for nothing in ({"return_value": None}, {"side_effect": FileNotFoundError}):
        monkeypatch.setattr(psutil, "cpu_count", Mock(**nothing))
        assert physical_cores() == threads


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process to some cores by default")
def test_a_process_kept_to_one_core_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {1})
    assert physical_cores() == 1


def test_the_system_has_a_name_with_a_version() -> None:
    name = system_name()
    assert name
    assert name[0].isupper()


@pytest.mark.parametrize(
    ("battery", "expected"),
    [
        (None, False),
        (SimpleNamespace(percent=80, power_plugged=True), False),
        (SimpleNamespace(percent=80, power_plugged=False), True),
        (SimpleNamespace(percent=80, power_plugged=None), False),
        (OSError("a driver that reports nonsense"), False),
    ],
)
def test_a_computer_runs_on_its_battery_only_if_it_says_so(
    monkeypatch: pytest.MonkeyPatch, battery: object, expected: bool
) -> None:
    def read() -> object:
        if isinstance(battery, OSError):
            raise battery
        return battery

    monkeypatch.setattr(psutil, "sensors_battery", read, raising=False)
    assert is_on_battery() is expected
    monkeypatch.delattr(psutil, "sensors_battery")
    assert not is_on_battery()
