"""A test fails when it leaves something running: a task, a thread, a QTimer or a window without a parent.

Works without Qt too: what concerns Qt looks only when some test has already loaded it.
"""

import asyncio
import gc
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from types import ModuleType
from typing import Any
from weakref import WeakSet

import pytest

LOOKS = 300
"""How often is looked for a thread or task that is about to end. Not for how long: a busy machine may do something else meanwhile."""
_LOOK_EVERY = 0.01  # seconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # In front of the test's own fixtures, so that they are closed before it looks.
    for item in items:
        if item.get_closest_marker("asyncio") and isinstance(item, pytest.Function):
            item.fixturenames.insert(0, "no_task_left")


@pytest.fixture
async def no_task_left(no_thread_left: None) -> AsyncIterator[None]:
    """Stands before the fixtures of every asynchronous test, and behind the one that counts threads: closing the loop ends some."""
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    for _ in range(LOOKS if left else 0):
        _, left = await asyncio.wait(left, timeout=_LOOK_EVERY)
        if not left:
            return
    if left:
        pytest.fail("left tasks running:\n" + "\n".join(map(repr, left)), pytrace=False)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # A thread that Qt started shows itself as a dummy and cannot be joined.
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.name.startswith("Dummy-")]
    for _ in range(LOOKS):
        if not any(thread.is_alive() for thread in left):
            return
        time.sleep(_LOOK_EVERY)
    names = [thread.name for thread in left if thread.is_alive()]
    if names:
        pytest.fail("left threads running: " + ", ".join(names), pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def started_timers() -> Iterator[WeakSet[Any]]:
    """The QTimers that Python code has started; a test empties it before it starts."""
    timers: WeakSet[Any] = WeakSet()
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        yield timers
        return
    start = core.QTimer.start

    def record(timer: Any, *arguments: Any) -> None:
        timers.add(timer)
        start(timer, *arguments)

    core.QTimer.start = record
    yield timers
    core.QTimer.start = start


@pytest.fixture(autouse=True)
def nothing_of_qt_left(started_timers: WeakSet[Any]) -> Iterator[None]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        yield
        return
    before = {address for address, _ in _windows(widgets)}
    started_timers.clear()
    yield
    if widgets.QApplication.instance() is None:
        return
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    for collect in (False, True):  # collecting is slow, so only when something seems to be left
        if collect:
            gc.collect()
        left = [name for address, name in _windows(widgets) if address not in before]
        left += [f"QTimer of {timer.parent()!r}" for timer in list(started_timers) if _is_running(timer)]
        if not left:
            return
    for timer in list(started_timers):
        if _is_running(timer):
            timer.stop()
    pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def _windows(widgets: ModuleType) -> list[tuple[int, str]]:
    """Address and description of each window that has no parent; what Qt makes for itself (tool tips) does not count."""
    if widgets.QApplication.instance() is None:
        return []
    shiboken = sys.modules["shiboken6"]
    windows = [window for window in widgets.QApplication.topLevelWidgets() if window.parent() is None]
    return [
        (shiboken.getCppPointer(window)[0], repr(window))
        for window in windows
        if window.metaObject().className() != "QTipLabel"
    ]


def _is_running(timer: Any) -> bool:
    return sys.modules["shiboken6"].isValid(timer) and timer.isActive()
