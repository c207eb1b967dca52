import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.ui.downloads import pull_progress
from chatdesk.features.models.ui.downloads.pull_progress import PullProgressLine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

WAITING = Pull(ModelRef("ollama", "r1:7b"), state=PullState.RETRYING, tries=4, waits=30.0)


def test_the_seconds_to_the_next_try_count_down(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(pull_progress.time, "monotonic", lambda: now)
    holder = QWidget()
    qtbot.addWidget(holder)
    line = PullProgressLine(appearance, holder)
    line._countdown_timer.setInterval(1)
    words = line.findChild(Label, "pullProgress")
    assert words is not None
    line.show_pull(WAITING)
    assert words.text() == "Interrupted. Attempt 4 in 30 s"
    now = 118.0
    qtbot.waitUntil(lambda: words.text() == "Interrupted. Attempt 4 in 12 s")
    line.show_pull(WAITING)  # told again, for another reason: it does not begin anew
    now = 150.0
    qtbot.waitUntil(lambda: words.text() == "Interrupted. Attempt 4 in 0 s")
    line.show_pull(None)
    assert not line._countdown_timer.isActive()
