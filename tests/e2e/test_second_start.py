"""Starts beside a program that runs: real processes, real sockets, real windows."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from chatdesk.app.exit_code import ExitCode
from tests.e2e.person import ROOT, Person
from tests.own_time import TIMEOUT, OwnTime

STARTS = 4


def test_of_four_starts_at_once_one_stays_and_three_hand_over_to_it(home: Path, xvfb: dict[str, str]) -> None:
    environment = Person(home, xvfb).environment
    starts = [
        subprocess.Popen(
            [sys.executable, "-m", "chatdesk"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        )
        for _ in range(STARTS)
    ]
    try:
        with OwnTime() as waited:
            while sum(start.poll() is None for start in starts) > 1:
                assert waited.seconds < TIMEOUT, [start.poll() for start in starts]
                time.sleep(0.03)
        (stayed,) = [start for start in starts if start.poll() is None]
        assert sorted(start.returncode for start in starts if start is not stayed) == [0] * (STARTS - 1)
        stayed.send_signal(signal.SIGTERM)
        assert stayed.wait(TIMEOUT) == 0
    finally:
        for start in starts:
            start.kill()
            start.wait()
            start.stderr.close()


def test_a_folder_that_others_can_look_into_is_reported_and_closed_on_a_click(home: Path, xvfb: dict[str, str]) -> None:
    home.mkdir(parents=True)
    home.chmod(0o755)
    with Person(home, xvfb) as person:
        person.sees("Other users of this computer can read your chats folder")
        person.click("Make private")
        person.until(lambda: home.stat().st_mode & 0o777 == 0o700, "the folder closed")
        assert person.leave() == 0
    assert "can read" in "".join(file.read_text("utf-8") for file in (home / "logs").iterdir())


AS_ANOTHER = """
import os, socket, sys
os.umask(0)
server = socket.socket(socket.AF_UNIX); server.bind(sys.argv[1])
os.setgid(61234); os.setuid(61234)
server.listen(); print("listens", flush=True)
server.settimeout(60)
while True:
    print(server.accept()[0].recv(1000), flush=True)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can be another user")
def test_another_user_at_the_place_of_the_socket_gets_nothing_and_the_second_start_says_why(
    home: Path, xvfb: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as runtime, Person(home, xvfb | {"XDG_RUNTIME_DIR": runtime}) as person:
        person.sees("Ready now")
        place = next(Path(runtime, "chatdesk").iterdir())
        place.unlink()
        with subprocess.Popen([sys.executable, "-c", AS_ANOTHER, str(place)], stdout=subprocess.PIPE) as other:
            assert other.stdout.readline() == b"listens\n"
            second = Person(home, xvfb | {"XDG_RUNTIME_DIR": runtime})
            with second:
                second.sees("Chatdesk is already running and cannot be contacted securely.")
                second.click("Quit")
                assert second.ended() == ExitCode.NOT_AVAILABLE
            other.kill()
            assert set(other.stdout.read().splitlines()) <= {b"b''"}
        assert person.leave() == 0
