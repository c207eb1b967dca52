"""The web engine can be started ahead, and nothing of it is left but the engine."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.features.previews.web_engine.prewarm import Prewarmer
from chatdesk.system import processes
from chatdesk.system.resources import Resources
from tests.preview.harness import Harness


def test_after_prewarming_a_page_opens_and_nothing_hangs_on(harness: Harness, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(harness)
    with qtbot.waitSignal(prewarmer.finished):
        prewarmer.start()
    qtbot.waitUntil(lambda: len(prewarmer.children()) == 1)  # the timer
    assert not any(thread.name == "web engine" for thread in threading.enumerate())
    harness.open("<h1>warm</h1>")
    assert harness.ask("document.body.textContent") == "warm"


def test_psutil_is_loaded_on_the_thread_that_loads_the_libraries(
    harness: Harness, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading: list[str] = []
    monkeypatch.setattr(processes, "load_psutil", lambda: loading.append(threading.current_thread().name))
    preview_hosts = EnginePreviewHosts(Resources.locate().resources / "preview")
    preview_hosts.warm_up(harness, lambda: False)
    qtbot.waitUntil(lambda: loading == ["web engine"])
    preview_hosts.stop_warm_up()


def test_the_long_steps_wait_for_a_calm_moment(harness: Harness, qtbot: QtBot) -> None:
    is_idle = False
    prewarmer = Prewarmer(harness, lambda: is_idle)
    finished: list[bool] = []
    prewarmer.finished.connect(lambda: finished.append(True))
    prewarmer.start()
    qtbot.waitUntil(lambda: prewarmer._waited > 3)
    assert len(prewarmer._steps) == 2
    assert not finished
    is_idle = True
    qtbot.waitUntil(lambda: bool(finished))


def test_who_is_never_calm_waits_for_ten_seconds_at_most(harness: Harness, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(harness, lambda: False)
    prewarmer._waited = 490
    with qtbot.waitSignal(prewarmer.finished):
        prewarmer.start()


def test_once_stopped_no_step_is_taken(harness: Harness, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(harness, lambda: False)
    prewarmer.start()
    qtbot.waitUntil(lambda: prewarmer._waited > 0)
    prewarmer.stop()
    assert not prewarmer._timer.isActive()
    prewarmer.start()
    assert not prewarmer._timer.isActive(), "nor anew"


def test_a_page_may_be_opened_in_the_midst_of_it(harness: Harness, qtbot: QtBot) -> None:
    preview_hosts = EnginePreviewHosts(Resources.locate().resources / "preview")
    preview_hosts.warm_up(harness, lambda: False)
    prewarmer = preview_hosts._prewarmer
    assert prewarmer is not None
    assert preview_hosts.obstacle() is None
    host = preview_hosts.make(harness.centralWidget())
    assert not prewarmer._timer.isActive()
    harness.centralWidget().layout().addWidget(host.widget)
    host.open(b"<script>console.log('runs')</script>")
    qtbot.waitUntil(lambda: [line.text for line in host.console] == ["runs"])
    host.close_page()


def test_where_a_page_was_opened_nothing_is_warmed_up(harness: Harness) -> None:
    preview_hosts = EnginePreviewHosts(Resources.locate().resources / "preview")
    assert preview_hosts.obstacle() is None
    preview_hosts.warm_up(harness, lambda: True)
    assert preview_hosts._prewarmer is None
