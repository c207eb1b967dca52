"""Tests that leave something behind or misbehave: test_test_tools.py runs them and wants each to fail. Not collected by itself."""

import asyncio
import logging
import socket
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests import leaks

leaks.LOOKS = 20  # what is left behind here does not end by itself
_kept = []


async def test_leaves_a_task():
    _kept.append(asyncio.create_task(asyncio.sleep(60)))


def test_leaves_a_thread():
    event = threading.Event()
    _kept.append(event)
    threading.Thread(target=event.wait, args=(10,), daemon=True).start()


@pytest.mark.usefixtures("qapp")
def test_leaves_a_timer():
    _kept.append(QTimer())
    _kept[-1].start(60_000)


@pytest.mark.usefixtures("qapp")
def test_leaves_a_window():
    _kept.append(QWidget())


def test_logs_a_warning():
    logging.getLogger("somewhere").warning("something is wrong")


def test_goes_into_the_network():
    with socket.socket() as connection:
        connection.settimeout(1)
        connection.connect(("192.0.2.1", 80))  # an address that belongs to nobody (RFC 5737)
