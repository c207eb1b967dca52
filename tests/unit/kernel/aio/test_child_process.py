"""A child process is talked to in lines, limited in what it may say, and never left behind."""

import asyncio
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from chatdesk.kernel.aio.child_process import ChildProcess
from tests.own_time import PROCESS_TIMEOUT, cancelled

ECHO = "import sys\nfor line in sys.stdin: print(int(line) + 1, flush=True)"
SLEEP = "import time; time.sleep(1000)"


class Talk:
    """A child and all that was heard of it."""

    def __init__(self, program: str, *, first: bytes = b"", with_text: bool = False, longest: int = 1000) -> None:
        self.messages: list[int] = []
        self.text: list[bytes] = []
        self.ends = 0
        self.threads: set[str] = set()
        self.process = ChildProcess(
            [sys.executable, "-c", program],
            "test",
            self._decode,
            self.messages.append,
            first=first,
            on_end=self._end,
            on_text=self.text.append if with_text else None,
            longest_message=longest,
        )

    def _decode(self, line: bytes) -> int:
        self.threads.add(threading.current_thread().name)
        return int(line)

    def _end(self) -> None:
        self.ends += 1

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PROCESS_TIMEOUT):
            while not condition():
                await asyncio.sleep(0.005)


def join_threads() -> None:
    """Wait on the loop's own thread, so that nothing it was notified of is delivered yet."""
    for thread in threading.enumerate():
        if thread.name.startswith("test-"):
            thread.join(PROCESS_TIMEOUT)


async def test_lines_go_there_and_back() -> None:
    talk = Talk(ECHO, first=b"1\n")
    talk.process.send(b"5\n")
    await talk.until(lambda: talk.messages == [2, 6])
    assert talk.process.is_running
    assert talk.threads == {"test-messages"}
    await talk.process.end()
    assert (talk.ends, talk.process.is_running, talk.process.has_ended) == (1, False, True)


async def test_one_that_ends_by_itself_is_reported_after_all_it_said() -> None:
    talk = Talk("print(1); print(2); exit(3)")
    assert await talk.process.wait(PROCESS_TIMEOUT)
    assert (talk.messages, talk.process.exit_code, talk.ends) == ([1, 2], 3, 1)


async def test_other_lines_are_text_and_cut_where_they_are_too_long() -> None:
    program = "import sys; print('hm'); print('9' * 25); print(7); sys.stderr.write('e' * 5000)"
    talk = Talk(program, with_text=True, longest=10)
    assert await talk.process.wait(PROCESS_TIMEOUT)
    assert max(map(len, talk.text)) == 2000
    assert b"hm" in {line.strip() for line in talk.text}
    assert b"".join(line for line in talk.text if line.startswith(b"e")) == b"e" * 5000
    assert talk.messages == [9999999999, 9999999999, 99999, 7]


async def test_without_a_listener_text_and_standard_error_are_dropped() -> None:
    talk = Talk("import sys; sys.stderr.write('e' * 1_000_000); print('hm'); print(1)")
    assert await talk.process.wait(PROCESS_TIMEOUT)
    assert talk.messages == [1]


async def test_waiting_has_a_limit_and_can_be_cancelled() -> None:
    talk = Talk(SLEEP)
    assert not await talk.process.wait(0.01)
    waiting = asyncio.create_task(talk.process.wait())
    await asyncio.sleep(0)
    assert await cancelled(waiting) < 1
    await talk.process.end()
    assert talk.process.has_ended


async def test_one_that_closes_its_output_is_killed() -> None:
    talk = Talk(f"import os; os.close(1); {SLEEP}")
    assert await talk.process.wait(PROCESS_TIMEOUT)
    assert not talk.process.is_running


async def test_a_failing_decoder_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    process = ChildProcess([sys.executable, "-c", ECHO], "test", lambda line: {}[line], print, first=b"1\n")
    assert await process.wait(PROCESS_TIMEOUT)
    join_threads()
    assert not process.is_running
    assert [failure.exc_type for failure in failures] == [KeyError]


async def test_sending_to_one_that_has_ended_does_nothing() -> None:
    talk = Talk("pass")
    join_threads()
    assert not talk.process.has_ended, "its pipes are closed, and the loop does not know yet"
    talk.process.send(b"1\n")
    assert await talk.process.wait(PROCESS_TIMEOUT)
    talk.process.send(b"1\n")


async def test_more_than_a_pipe_holds_is_sent_whole() -> None:
    talk = Talk("import sys; print(len(sys.stdin.readline()))", first=b"x" * 1_000_000 + b"\n")
    assert await talk.process.wait(PROCESS_TIMEOUT)
    assert talk.messages == [1_000_001]


async def test_it_gets_no_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "HF_TOKEN", "Some_Password", "https_proxy", "AWS_SECRET_ACCESS"):
        monkeypatch.setenv(name, "CANARY")
    monkeypatch.setenv("HARMLESS", "CANARY")
    talk = Talk("import os; print(list(os.environ.values()).count('CANARY'))")
    assert await talk.process.wait(PROCESS_TIMEOUT)
    assert talk.messages == [1]


async def test_a_program_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no such program"):
        ChildProcess([str(tmp_path / "no such program")], "test", int, print)


def test_a_loop_that_has_closed_gets_nothing() -> None:
    started: list[Talk] = []

    async def start() -> None:
        started.append(Talk(ECHO, first=b"1\n"))

    asyncio.run(start())
    started[0].process.kill()
    join_threads()
    assert not started[0].process.is_running
    assert started[0].ends == 0
