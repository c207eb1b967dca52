"""Another process is measured, and ended at once."""

import os
import subprocess
import sys

from chatdesk.system.process_memory import end_process, memory_of

_HOLD = "held = b'x' * ({} << 20); print(flush=True); input()"


def _holding(mebibytes: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _HOLD.format(mebibytes)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    return process


def test_what_a_process_holds_counts() -> None:
    with _holding(0) as small, _holding(100) as large:
        more = memory_of(large.pid) - memory_of(small.pid)
        small.communicate("\n")
        large.communicate("\n")
    assert 95 << 20 < more < 110 << 20


def test_our_own_process_can_be_measured() -> None:
    assert memory_of(os.getpid()) > 5 << 20


def test_a_process_is_ended_without_being_asked() -> None:
    with _holding(0) as process:
        end_process(process.pid)
        assert process.wait(10) != 0
        assert memory_of(process.pid) == 0


def test_a_process_that_is_gone_holds_nothing_and_is_ended_without_an_error() -> None:
    with _holding(0) as process:
        process.communicate("\n")
    assert memory_of(process.pid) == 0
    end_process(process.pid)
