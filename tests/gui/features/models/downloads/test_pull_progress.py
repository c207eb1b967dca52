import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.domain.model import ModelRef
from chatdesk.domain.pull_state import Pull, PullState
from chatdesk.ui.guide import pull_progress
from chatdesk.ui.guide.pull_progress import PullProgressLine
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.label import Label

WAITING = Pull(ModelRef("ollama", "r1:7b"), state=PullState.RETRYING, tries=4, waits=30.0)


def test_the_seconds_to_the_next_try_count_down(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(pull_progress.time, "monotonic", lambda: now)
    holder = QWidget()
    qtbot.addWidget(holder)
    line = PullProgressLine(appearance, holder)
    line._counting.setInterval(1)
    words = line.findChild(Label, "pullProgress")
    assert words is not None
    line.show_pull(WAITING)
    assert words.text() == "Broke off; try 4 in 30 s"
    now = 118.0
    qtbot.waitUntil(lambda: words.text() == "Broke off; try 4 in 12 s")
    line.show_pull(WAITING)  # told again, for another reason: it does not begin anew
    now = 150.0
    qtbot.waitUntil(lambda: words.text() == "Broke off; try 4 in 0 s")
    line.show_pull(None)
    assert not line._counting.isActive()
