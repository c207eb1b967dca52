import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame


@pytest.fixture
def frame(qtbot: QtBot, appearance: Appearance) -> SidebarFrame:
    """A frame in a window of 1280 px, shown after it has taken the shape of the last run."""
    frame = SidebarFrame(appearance, QWidget(), QWidget())
    qtbot.addWidget(frame)
    frame.restore(is_open=True, width=310)
    frame.resize(1280, 600)
    frame.show()
    return frame


def width(frame: SidebarFrame) -> int:
    return frame.findChild(QSplitter).widget(0).width()


def test_the_sidebar_is_as_wide_as_it_was_left(frame: SidebarFrame) -> None:
    assert width(frame) == 310


def test_it_has_its_width_back_after_a_narrow_window(frame: SidebarFrame) -> None:
    frame.resize(560, 600)
    assert frame.overlaid
    frame.resize(1280, 600)
    assert width(frame) == 310


def test_dragging_the_line_beside_it_changes_its_width_and_says_so(qtbot: QtBot, frame: SidebarFrame) -> None:
    handle = frame.findChild(QSplitter).handle(1)
    with qtbot.waitSignal(frame.width_changed) as blocker:
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(1, 300))
        QTest.mouseMove(handle, QPoint(31, 300))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert blocker.args == [width(frame)]
    assert 330 <= width(frame) <= 340
    frame.resize(560, 600)
    frame.resize(1280, 600)
    assert blocker.args == [width(frame)]


def test_page_and_sidebar_touch(frame: SidebarFrame) -> None:
    splitter = frame.findChild(QSplitter)
    assert splitter.widget(1).x() == splitter.widget(0).geometry().right() + 1
