"""The ways a program is told to end."""

import os
import signal

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from chatdesk.app.quitting import QuitRequests


class Session(QObject):
    """An application, as far as its session goes."""

    commitDataRequest = Signal(object)  # noqa: N815 - Qt's name


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(number: int, qtbot: QtBot) -> None:
    quitting = QuitRequests(Session())
    os.kill(os.getpid(), number)
    qtbot.waitUntil(quitting.requested.is_set)
    quitting.close()


def test_the_end_of_the_session_ends_it(qtbot: QtBot) -> None:
    session = Session()
    quitting = QuitRequests(session)
    session.commitDataRequest.emit(None)
    assert quitting.requested.is_set()
    quitting.close()
