"""The web engine can be started ahead, and nothing of it is left but the engine."""

import threading

from pytestqt.qtbot import QtBot

from chatdesk.app.preview_stages import PreviewStages
from chatdesk.features.previews.engine.prewarm import Prewarmer
from chatdesk.system.resources import Resources
from tests.preview.desk import Desk


def test_after_prewarming_a_page_opens_and_nothing_hangs_on(desk: Desk, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(desk)
    with qtbot.waitSignal(prewarmer.finished):
        prewarmer.start()
    qtbot.waitUntil(lambda: len(prewarmer.children()) == 1)  # the timer
    assert not any(thread.name == "web engine" for thread in threading.enumerate())
    desk.open("<h1>warm</h1>")
    assert desk.ask("document.body.textContent") == "warm"


def test_the_long_steps_wait_for_a_calm_moment(desk: Desk, qtbot: QtBot) -> None:
    calm = False
    prewarmer = Prewarmer(desk, lambda: calm)
    finished: list[bool] = []
    prewarmer.finished.connect(lambda: finished.append(True))
    prewarmer.start()
    qtbot.waitUntil(lambda: prewarmer._waited > 3)
    assert len(prewarmer._steps) == 2
    assert not finished
    calm = True
    qtbot.waitUntil(lambda: bool(finished))


def test_who_is_never_calm_waits_for_ten_seconds_at_most(desk: Desk, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(desk, lambda: False)
    prewarmer._waited = 490
    with qtbot.waitSignal(prewarmer.finished):
        prewarmer.start()


def test_once_stopped_no_step_is_taken(desk: Desk, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(desk, lambda: False)
    prewarmer.start()
    qtbot.waitUntil(lambda: prewarmer._waited > 0)
    prewarmer.stop()
    assert not prewarmer._timer.isActive()
    prewarmer.start()
    assert not prewarmer._timer.isActive(), "nor anew"


def test_a_page_may_be_opened_in_the_midst_of_it(desk: Desk, qtbot: QtBot) -> None:
    stages = PreviewStages(Resources.locate().resources / "preview")
    stages.warm_up(desk, lambda: False)
    prewarmer = stages._prewarmer
    assert prewarmer is not None
    assert stages.obstacle() is None
    stage = stages.make(desk.centralWidget())
    assert not prewarmer._timer.isActive()
    desk.centralWidget().layout().addWidget(stage.widget)
    stage.open(b"<script>console.log('runs')</script>")
    qtbot.waitUntil(lambda: [line.text for line in stage.console] == ["runs"])
    stage.close_page()


def test_where_a_page_was_opened_nothing_is_warmed_up(desk: Desk) -> None:
    stages = PreviewStages(Resources.locate().resources / "preview")
    assert stages.obstacle() is None
    stages.warm_up(desk, lambda: True)
    assert stages._prewarmer is None
