"""A call that does not come back holds up neither who gave up waiting nor the end of the program."""

import asyncio
import subprocess
import sys
import threading

import pytest

from chatdesk.kernel.aio.daemon_thread import aside
from tests.own_time import PROCESS_PATIENCE, cancelled

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


async def test_what_it_returns_or_raises_arrives() -> None:
    assert await aside(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        await aside(lambda: 1 // 0)


async def test_who_gives_up_waits_no_longer() -> None:
    go_on = threading.Event()
    waiting = asyncio.create_task(aside(lambda: go_on.wait(10)))
    await asyncio.sleep(0.05)
    assert await cancelled(waiting) < 1
    go_on.set()
    await asyncio.sleep(0.1)  # its end is nobody's concern, and no error in the log


def test_a_program_ends_while_a_name_is_still_looked_up() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ENDING], timeout=PROCESS_PATIENCE, check=True, capture_output=True, text=True
    )
    assert ended.stderr == ""
