"""A blocking call is waited for without blocking, and left behind when it takes too long."""

import asyncio
import subprocess
import sys
import threading

import pytest

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from tests.own_time import PROCESS_TIMEOUT, cancelled

ENDING = """
import asyncio, socket, time
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import LIST

socket.getaddrinfo = lambda *_, **__: time.sleep(600)

async def main():
    async with NetworkThread() as network:
        http = HttpClient(lambda: False)
        endpoint = make_endpoint("Test", "http://chat.example", None)
        asking = asyncio.create_task(network.call(lambda: http.request_json(endpoint, "GET", "/", timeouts=LIST)))
        await asyncio.sleep(0.3)
        asking.cancel()
        await asyncio.wait([asking])
        await network.call(http.aclose)

asyncio.run(main())
"""


async def test_the_result_comes_back_from_another_thread() -> None:
    name = await run_in_daemon_thread(lambda: threading.current_thread().name, "worker", 5)
    assert name == "worker"


async def test_without_a_limit_the_result_arrives_as_well() -> None:
    assert await run_in_daemon_thread(lambda: 3, "worker") == 3


async def test_what_the_call_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await run_in_daemon_thread(lambda: 1 // 0, "worker", 5)


async def test_a_call_that_takes_too_long_is_left_behind() -> None:
    let_go = threading.Event()
    with pytest.raises(TimeoutError):
        await run_in_daemon_thread(let_go.wait, "worker", 0.01)
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "worker")
    assert thread.daemon, "it does not keep the program from ending"
    let_go.set()
    await asyncio.to_thread(thread.join)


async def test_a_cancelled_wait_ignores_the_late_result() -> None:
    let_go = threading.Event()
    waiting = asyncio.create_task(run_in_daemon_thread(let_go.wait, "worker", 5))
    await asyncio.sleep(0)
    assert await cancelled(waiting) < 1
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "worker")
    let_go.set()
    await asyncio.to_thread(thread.join)
    await asyncio.sleep(0)


def test_a_result_for_a_loop_that_has_closed_is_dropped() -> None:
    let_go = threading.Event()
    with pytest.raises(TimeoutError):
        asyncio.run(run_in_daemon_thread(let_go.wait, "worker", 0.01))
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "worker")
    let_go.set()
    thread.join()


def test_a_program_ends_while_a_name_is_still_looked_up() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ENDING], timeout=PROCESS_TIMEOUT, check=True, capture_output=True, text=True
    )
    assert ended.stderr == ""
