"""A page that writes without end on its console (case 162): the list of its lines holds up nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.ui.panel.console_view import ConsoleView
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.ui_kit.style.appearance import Appearance
from tests.own_time import TIMEOUT

KEPT = 1_000
"""Lines that a console keeps."""


def lines(first: int, text: str = "word 中文 " * 200) -> list[ConsoleLine]:
    return [ConsoleLine(Severity.ERROR, f"{number} {text}", number) for number in range(first, first + KEPT)]


@pytest.fixture
def view(qtbot: QtBot, appearance: Appearance) -> Iterator[ConsoleView]:
    """A console in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    view = ConsoleView(appearance, lambda line: f"index.html:{line.line}", window)
    view.resize(500, 400)
    window.show()
    yield view
    window.close()


def heights(view: ConsoleView) -> list[int]:
    model = view.list.model()
    return [view.list.visualRect(model.index(row, 0)).height() for row in range(model.rowCount())]


def test_a_thousand_long_lines_are_measured_some_at_a_time(qtbot: QtBot, view: ConsoleView) -> None:
    view.show_lines(lines(0))
    view.list.doItemsLayout()
    assert view._rows.measured < 60
    bar = view.list.verticalScrollBar()

    def is_measured_and_at_the_end() -> bool:
        return not view._rows._unmeasured and view._rows.measured >= KEPT and 0 < bar.value() == bar.maximum()

    qtbot.waitUntil(is_measured_and_at_the_end, timeout=round(TIMEOUT * 1000))
    assert len(set(heights(view))) <= 2, "lines alike, but for the digits of their number, are equally high"


def test_the_last_line_stays_in_view_while_the_console_gets_lower(qtbot: QtBot, view: ConsoleView) -> None:
    view.show_lines(lines(0, "short"))
    bar = view.list.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < bar.value() == bar.maximum())
    view.resize(500, 200)
    qtbot.waitUntil(lambda: view.list.height() < 200)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_a_reader_who_scrolled_up_is_left_where_he_is(qtbot: QtBot, view: ConsoleView) -> None:
    view.show_lines(lines(0, "short"))
    bar = view.list.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < bar.value() == bar.maximum())
    bar.setValue(300)
    view.resize(500, 200)
    view.show_lines(lines(0, "short")[:900])
    view.list.doItemsLayout()
    assert bar.value() == 300


def test_lines_that_move_up_are_not_measured_again(qtbot: QtBot, view: ConsoleView) -> None:
    view.show_lines(lines(0))
    view.list.doItemsLayout()
    qtbot.waitUntil(lambda: not view._rows._unmeasured and not view._measuring.active, timeout=round(TIMEOUT * 1000))
    view.list.doItemsLayout()
    qtbot.waitUntil(lambda: not view._rows._unmeasured and not view._measuring.active, timeout=round(TIMEOUT * 1000))
    before = view._rows.measured
    view.show_lines(lines(300))
    view.list.doItemsLayout()
    qtbot.waitUntil(lambda: not view._rows._unmeasured and not view._measuring.active, timeout=round(TIMEOUT * 1000))
    view.list.doItemsLayout()
    assert view._rows.measured == before + 300


def test_the_line_that_was_chosen_stays_chosen_while_it_moves_up(view: ConsoleView) -> None:
    view.show_lines(lines(0, "short"))
    view.list.setCurrentIndex(view.list.model().index(500, 0))
    view.show_lines(lines(300, "short"))
    current: QModelIndex = view.list.currentIndex()
    assert current.row() == 200
    assert current.data() == "500 short"
