"""The web engine can be started ahead, and nothing of it is left but the engine."""

from pytestqt.qtbot import QtBot

from chatdesk.preview.prewarm import Prewarmer
from tests.preview.desk import Desk


def test_after_prewarming_a_page_opens_and_nothing_hangs_on(desk: Desk, qtbot: QtBot) -> None:
    prewarmer = Prewarmer(desk)
    with qtbot.waitSignal(prewarmer.finished):
        prewarmer.start()
    qtbot.waitUntil(lambda: len(prewarmer.children()) == 1)  # the timer
    desk.open("<h1>warm</h1>")
    assert desk.ask("document.body.textContent") == "warm"
