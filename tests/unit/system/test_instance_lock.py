"""The lock of a data folder: one holder at a time, and never one that is gone."""

import json
import os
import platform
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.system.instance_lock import InstanceLock, LockHolder
from tests.paths import ROOT

HOLD = """
import sys
from pathlib import Path
from chatdesk.system.instance_lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    """Start another process that takes the lock and holds it until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    return holder


RACE = """
import sys
from pathlib import Path
from chatdesk.system.instance_lock import InstanceLock
for line in sys.stdin:
    lock = InstanceLock(Path(sys.argv[1]))
    print(lock.acquire(), flush=True)
    sys.stdin.readline()
    lock.release()
    print("released", flush=True)
"""


def test_of_two_processes_that_try_at_the_same_moment_one_gets_it_a_hundred_times(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RACE, str(tmp_path / "lock")]
    with ExitStack() as stack:
        racers = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1)
            )
            for _ in range(2)
        ]

        def all_answer(word: str) -> list[str]:
            for racer in racers:
                assert racer.stdin is not None
                racer.stdin.write(f"{word}\n")
            return sorted(racer.stdout.readline().strip() for racer in racers if racer.stdout)

        for _ in range(100):
            assert all_answer("try") == ["False", "True"]
            assert all_answer("release") == ["released", "released"]
        for racer in racers:
            racer.communicate()


def test_the_first_gets_it_and_signs_the_file(tmp_path: Path) -> None:
    lock = InstanceLock(tmp_path / "lock")
    assert lock.holder() is None
    assert lock.acquire()
    assert lock.acquire(), "asking again is no second holder"
    assert lock.holder() == LockHolder(os.getpid(), platform.node())
    lock.release()
    lock.release()


def test_a_second_process_does_not_get_it_and_can_tell_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with start_holder(path) as holder:
        lock = InstanceLock(path)
        assert not lock.acquire()
        assert lock.holder() == LockHolder(holder.pid, platform.node())
        holder.communicate()
        assert lock.acquire(), "the holder ended"
        lock.release()


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with start_holder(path) as holder:
        holder.kill()
        holder.wait()
        lock = InstanceLock(path)
        assert lock.holder() == LockHolder(holder.pid, platform.node()), "only a note"
        assert lock.acquire()
        assert lock.holder() == LockHolder(os.getpid(), platform.node())
        lock.release()


@pytest.mark.parametrize(
    "left_behind",
    [
        json.dumps({"process_id": os.getpid(), "host": platform.node()}),
        json.dumps({"process_id": 1, "host": "another-machine"}),
        "",
        "\0" * 100,
        "[]",
        "[" * 100_000,
    ],
    ids=["this process", "another computer", "nothing", "zeros", "a list", "nested too deep"],
)
def test_what_stands_in_the_file_keeps_nobody_out(tmp_path: Path, left_behind: str) -> None:
    path = tmp_path / "lock"
    path.write_text(left_behind)
    lock = InstanceLock(path)
    lock.holder()
    assert lock.acquire()
    assert lock.holder() == LockHolder(os.getpid(), platform.node())
    lock.release()


def test_two_locks_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "lock"), InstanceLock(tmp_path / "lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "lock"
    with pytest.raises(FolderUnavailable) as raised:
        InstanceLock(path).acquire()
    assert raised.value.path == str(path.parent)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_file_is_private(tmp_path: Path) -> None:
    lock = InstanceLock(tmp_path / "lock")
    lock.acquire()
    assert (tmp_path / "lock").stat().st_mode & 0o077 == 0
    lock.release()
