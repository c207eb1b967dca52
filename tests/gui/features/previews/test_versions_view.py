"""The list of versions, and what is asked and shown when one of them is looked at."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.domain.difference_rows import DifferenceRows, Row, RowKind, rows_of
from chatdesk.features.previews.domain.preview_item import CodeFile
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.versions.versions_view import VersionsView
from tests.gui.features.previews.conftest import item, rows


@pytest.fixture
def versions(panel: PreviewPanel) -> VersionsView:
    """Four versions, the third of which is shown."""
    panel.show_item(item(), rows(4), 2)
    panel.show_view(View.VERSIONS)
    return panel.versions


def press(versions: VersionsView, name: str) -> None:
    button = versions.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def change(old: str, new: str) -> DifferenceRows:
    return rows_of([CodeFile("a.html", old, "html")], [CodeFile("a.html", new, "html")])


def test_the_words_of_the_stepper_lead_to_the_list(panel: PreviewPanel) -> None:
    panel.show_item(item(), rows(2), 1)
    panel.findChild(QAbstractButton, "versions").click()
    assert panel.view is View.VERSIONS
    assert panel.versions.isVisible()
    assert not panel.header.versions.isVisible(), "the list says it all"


def test_the_newest_is_above_and_the_one_shown_is_marked(versions: VersionsView) -> None:
    model = versions.list.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert spoken[0] == "Version 4, 12:30, Answer"
    assert spoken[1] == "Version 3, 12:30, Answer, Shown"
    assert versions.list.chosen == 2


def test_a_version_is_compared_with_the_one_before_it(qtbot: QtBot, versions: VersionsView) -> None:
    versions.activateWindow()
    versions.list.setFocus()
    qtbot.waitUntil(versions.list.hasFocus)
    with qtbot.waitSignal(versions.compare_requested) as asked:
        QTest.keyClick(versions.list, Qt.Key.Key_Down)
    assert asked.args == [1, 0]


def test_and_with_any_other_that_is_chosen(qtbot: QtBot, versions: VersionsView) -> None:
    box = versions.findChild(QComboBox, "compareWith")
    assert [box.itemText(index) for index in range(box.count())] == ["Version 4", "Version 2", "Version 1"]
    box.setCurrentIndex(2)
    with qtbot.waitSignal(versions.compare_requested) as asked:
        box.activated.emit(2)
    assert asked.args == [2, 0]


def test_differences_that_come_too_late_are_not_shown(versions: VersionsView) -> None:
    versions.list.choose(3)
    versions.show_differences(2, 1, change("a\n", "b\n"))
    assert not versions.differences.isVisible()
    versions.show_differences(3, 2, change("a\n", "b\n"))
    assert versions.differences.isVisible()
    assert versions.findChild(object, "linesAdded").text() == "+1"
    assert versions.findChild(object, "linesRemoved").text() == "−1"


def test_each_line_says_what_became_of_it(versions: VersionsView) -> None:
    versions.show_differences(2, 1, change("a\nb\n", "a\nc\u202e\n"))
    model = versions.differences.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken == ["Line 1: a", "Removed, line 2: b", "Added, line 2: c‹U+202E›"]


def test_the_first_version_has_nothing_before_it(versions: VersionsView) -> None:
    versions.list.choose(0)
    assert versions.findChild(object, "differencesState").text() == "This is the first version."


def test_code_that_did_not_change_says_so(versions: VersionsView) -> None:
    versions.show_differences(2, 1, change("a\n", "a\n"))
    assert versions.findChild(object, "differencesState").text() == "The code is identical."


def test_a_folded_stretch_opens_with_a_click_and_with_enter(versions: VersionsView) -> None:
    code = "\n".join(map(str, range(60)))
    versions.show_differences(2, 1, change(code, code.replace("30", "thirty")))
    shown = versions.differences
    before = shown.model().rowCount()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 5))
    assert shown.model().rowCount() == before + 26
    last = shown.model().index(shown.model().rowCount() - 1, 0)
    shown.setCurrentIndex(last)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert shown.model().rowCount() == before + 26 + 25


def test_what_is_selected_is_copied_and_else_everything(versions: VersionsView) -> None:
    versions.show_differences(2, 1, change("a\nb\n", "a\nc\n"))
    press(versions, "copyDifferences")
    assert QGuiApplication.clipboard().text() == " a\n-b\n+c"
    versions.differences.setCurrentIndex(versions.differences.model().index(2, 0))
    QTest.keyClick(versions.differences, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "+c"


def test_only_an_older_version_is_restored_and_only_another_one_shown(qtbot: QtBot, versions: VersionsView) -> None:
    show, restore = (versions.findChild(QAbstractButton, name) for name in ("showVersion", "restoreVersion"))
    assert (show.isEnabled(), restore.isEnabled()) == (False, True)
    versions.list.choose(3)
    assert (show.isEnabled(), restore.isEnabled()) == (True, False)
    versions.list.choose(0)
    with qtbot.waitSignal(versions.restore_requested) as blocker:
        restore.click()
    assert blocker.args == [0]


def test_showing_a_version_goes_to_its_page(qtbot: QtBot, panel: PreviewPanel, versions: VersionsView) -> None:
    versions.list.choose(0)
    with qtbot.waitSignal(panel.version_chosen) as blocker:
        press(versions, "showVersion")
    assert blocker.args == [0]
    assert panel.view is View.PREVIEW


def test_thousands_of_rows_are_shown_without_a_pause(versions: VersionsView) -> None:
    lines = [Row(RowKind.ADDED if n % 2 else RowKind.SAME, f"line {n}", n, n) for n in range(1, 20_001)]
    found = DifferenceRows(tuple(lines), 10_000, 0, ((),))
    before = time.thread_time()
    versions.show_differences(2, 1, found)
    versions.differences.grab()
    assert time.thread_time() - before < 0.25
