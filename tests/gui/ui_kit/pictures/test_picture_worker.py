"""Work on pictures is done on a thread and its results come back, whatever goes away or fails meanwhile."""

import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.pictures.picture_worker import PictureWorker
from tests.own_time import PROCESS_TIMEOUT

DESTROYED_WHILE_WORK_ENDS = """
import threading
from PySide6.QtCore import QCoreApplication, QObject
from shiboken6 import delete
from chatdesk.ui_kit.pictures.picture_worker import PictureWorker

application = QCoreApplication([])
for _ in range(3_000):
    parent = QObject()
    ended = threading.Event()
    PictureWorker(parent).do(ended.set, print)
    ended.wait()
    delete(parent)
"""


@pytest.fixture
def worker(qapp: QApplication) -> PictureWorker:
    return PictureWorker(qapp)


def test_results_come_back_in_order_on_the_thread_of_the_worker(worker: PictureWorker, qtbot: QtBot) -> None:
    results: list[tuple[object, bool]] = []
    threads: set[str] = set()

    def work(number: int) -> int:
        threads.add(threading.current_thread().name)
        return number

    def done(result: object) -> None:
        results.append((result, threading.current_thread() is threading.main_thread()))

    for number in range(50):
        worker.do(lambda number=number: work(number), done)
    qtbot.waitUntil(lambda: len(results) == 50)
    assert results == [(number, True) for number in range(50)]
    assert threads == {"pictures"}


def test_work_asked_for_by_a_result_is_done_too(worker: PictureWorker, qtbot: QtBot) -> None:
    results: list[object] = []

    def again(result: object) -> None:
        results.append(result)
        if len(results) < 5:
            worker.do(lambda: len(results), again)

    worker.do(lambda: 0, again)
    qtbot.waitUntil(lambda: results == [0, 1, 2, 3, 4])


def test_a_failure_is_handed_over_and_the_next_work_is_done(
    worker: PictureWorker, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    results: list[object] = []
    worker.do(lambda: 1 // 0, results.append)
    worker.do(lambda: 2, results.append)
    with caplog.at_level(logging.CRITICAL):
        qtbot.waitUntil(lambda: len(results) == 2)
    assert isinstance(results[0], ZeroDivisionError)
    assert results[1] == 2


def test_nothing_is_called_once_the_worker_is_gone(qtbot: QtBot) -> None:
    parent = QObject()
    results: list[object] = []
    ended = threading.Event()
    PictureWorker(parent).do(ended.set, results.append)
    assert ended.wait(5)
    parent.deleteLater()
    qtbot.wait(50)
    assert results == []


def test_a_worker_destroyed_while_its_work_ends_does_not_crash_the_program() -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", DESTROYED_WHILE_WORK_ENDS]
    run = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False)
    assert run.returncode == 0, run.stderr[-2_000:]
