"""Taking hold of a window without a frame."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.quick.ui.quick_window import WindowEdges

NONE = Qt.Edge(0)
LEFT, RIGHT, TOP, BOTTOM = Qt.Edge.LeftEdge, Qt.Edge.RightEdge, Qt.Edge.TopEdge, Qt.Edge.BottomEdge


@pytest.fixture
def edges(qtbot: QtBot) -> WindowEdges:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    return WindowEdges(window, 4)


@pytest.mark.parametrize(
    ("x", "y", "held"),
    [
        (200, 150, NONE),
        (1, 150, LEFT),
        (399, 150, RIGHT),
        (200, 1, TOP),
        (200, 299, BOTTOM),
        (1, 10, LEFT | TOP),
        (10, 1, LEFT | TOP),
        (399, 290, RIGHT | BOTTOM),
        (10, 10, NONE),
    ],
)
def test_the_rim_is_held_and_corners_reach_along_it(edges: WindowEdges, x: int, y: int, held: Qt.Edge) -> None:
    assert edges.edges_at(QPointF(x, y)) == held


def test_a_window_as_high_as_what_is_in_it_is_held_at_its_sides_only(edges: WindowEdges) -> None:
    edges.across_only = True
    assert edges.edges_at(QPointF(200, 299)) == NONE
    assert edges.edges_at(QPointF(1, 299)) == LEFT
