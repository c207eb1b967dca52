"""Generated pages in the real web engine, with Chromium's own sandbox on: as a user without privileges, on a screen that nobody sees."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.web_engine.chromium import prepare_environment
from chatdesk.features.previews.web_engine.sandbox_probe import Sandbox, probe_sandbox
from tests import unprivileged
from tests.preview.harness import Harness
from tests.virtual_screen import virtual_screen


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Hand over to a process without privileges."""
    if not unprivileged.is_needed():
        return None
    capture = config.pluginmanager.getplugin("capturemanager")
    if capture:
        capture.suspend_global_capture(in_=True)
    return unprivileged.run_pytest(config.invocation_params.args)


@pytest.fixture(scope="session", autouse=True)
def sandbox() -> None:
    assert not unprivileged.is_needed(), "the preview has a run of its own: python3 dev.py test tests/preview"
    assert probe_sandbox() is Sandbox.AVAILABLE, (
        "Chromium's sandbox cannot run here, so nothing can be said of the preview"
    )


if not unprivileged.is_needed():
    os.environ["QT_QPA_PLATFORM"] = unprivileged.PLATFORM  # a real screen, unlike all other tests


@pytest.fixture(scope="session", autouse=True)
def screen(worker_id: str, request: pytest.FixtureRequest) -> None:
    """Give each worker of pytest-xdist a screen of its own: on one screen only one window has the keyboard and the pointer."""
    if worker_id != "master":
        stack = ExitStack()
        os.environ |= stack.enter_context(virtual_screen())
        request.config.add_cleanup(stack.close)  # later than any test or fixture that uses Qt


@pytest.fixture(scope="session")
def qapp_cls(sandbox: None, screen: None) -> type[QApplication]:
    prepare_environment(os.environ)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return QApplication


@pytest.fixture
def harness(qtbot: QtBot) -> Iterator[Harness]:
    harness = Harness()
    harness.show()
    qtbot.waitExposed(harness)
    yield harness
    harness.take_down()
