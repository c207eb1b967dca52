"""Starts beside a program that runs: real processes, real sockets, real windows."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.person import ROOT, Person
from tests.own_time import PATIENCE, OwnTime

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
                assert waited.seconds < PATIENCE, [start.poll() for start in starts]
                time.sleep(0.03)
        (stayed,) = [start for start in starts if start.poll() is None]
        assert sorted(start.returncode for start in starts if start is not stayed) == [0] * (STARTS - 1)
        stayed.send_signal(signal.SIGTERM)
        assert stayed.wait(PATIENCE) == 0
    finally:
        for start in starts:
            start.kill()
            start.wait()
            start.stderr.close()


def test_a_folder_that_others_can_look_into_is_reported_and_closed_on_a_click(home: Path, xvfb: dict[str, str]) -> None:
    home.mkdir(parents=True)
    home.chmod(0o755)
    with Person(home, xvfb) as person:
        person.sees("Other users of this computer can look into the folder with your chats")
        person.click("Make it private")
        person.until(lambda: home.stat().st_mode & 0o777 == 0o700, "the folder closed")
        assert person.leave() == 0
    assert "can look into" in "".join(file.read_text("utf-8") for file in (home / "logs").iterdir())
