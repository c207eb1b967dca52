"""Another process is measured, and ended at once."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from chatdesk.system.processes import end_process, is_any_running, memory_of, processor_time_of
from tests.own_time import TIMEOUT

_HOLD = "held = b'x' * ({} << 20); print(flush=True); input()"
_BURN = "import time\nwhile time.process_time() < {}: pass\nprint(flush=True); input()"


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
        assert process.wait(TIMEOUT) != 0
        assert memory_of(process.pid) == 0


def test_a_process_that_is_gone_holds_nothing_and_is_ended_without_an_error() -> None:
    with _holding(0) as process:
        process.communicate("\n")
    assert memory_of(process.pid) == 0
    end_process(process.pid)


def test_the_time_that_a_process_took_is_reported() -> None:
    command = [sys.executable, "-c", _BURN.format(0.5)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        taken = processor_time_of(process.pid)
        process.communicate("\n")
    assert 0.4 <= taken < 1.5


def test_our_own_time_agrees_with_what_python_says() -> None:
    assert abs(processor_time_of(os.getpid()) - time.process_time()) < 0.2


def test_a_process_that_is_gone_took_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert processor_time_of(process.pid) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="how much is kept is known of glibc")
def test_memory_that_was_freed_can_be_given_back() -> None:
    # Big blocks, freed with one that lies behind them still in use: what the C library keeps.
    script = (
        "import ctypes, os; from chatdesk.system.processes import release_memory, memory_of\n"
        "libc = ctypes.CDLL(None); libc.malloc.restype = ctypes.c_void_p\n"
        "free = lambda block: libc.free(ctypes.c_void_p(block))\n"
        "free(libc.malloc(30 << 20))\n"  # from now on blocks of this size come from the heap
        "before = memory_of(os.getpid())\n"
        "blocks = [libc.malloc(10 << 20) for _ in range(20)]\n"
        "for block in blocks: ctypes.memset(block, 1, 10 << 20)\n"
        "behind = libc.malloc(200_000)\n"
        "for block in blocks: free(block)\n"
        "kept = memory_of(os.getpid()) - before; release_memory(); print(kept >> 20, memory_of(os.getpid()) - before >> 20)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    retained, rest = map(int, ran.stdout.split())
    assert retained > 150
    assert rest < 20


def test_a_running_program_is_known_by_its_name() -> None:
    name = psutil.Process().name().lower().removesuffix(".exe")
    assert is_any_running({name, "other"})
    assert not is_any_running({"no program has this name"})


def test_no_program_is_running_where_the_system_lists_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_attributes: list[str]) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "process_iter", refuse)
    assert not is_any_running({psutil.Process().name().lower()})
