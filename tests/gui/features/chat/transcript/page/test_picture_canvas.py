"""Zooming and moving a picture."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.page.pictures.picture_canvas import PictureCanvas
from chatdesk.ui_kit.style.appearance import Appearance


@pytest.fixture
def canvas(appearance: Appearance, qtbot: QtBot) -> Iterator[PictureCanvas]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(400, 300)
    canvas = PictureCanvas(appearance, parent)
    canvas.resize(400, 300)
    parent.show()
    yield canvas
    parent.close()


def show(canvas: PictureCanvas, width: int, height: int) -> None:
    canvas.show_image(QImage(width, height, QImage.Format.Format_RGB32))


def test_a_large_picture_is_seen_as_a_whole(canvas: PictureCanvas) -> None:
    show(canvas, 4_000, 1_000)
    assert canvas.picture_rect() == QRectF(0, 100, 400, 100)


def test_a_small_one_is_not_made_larger(canvas: PictureCanvas) -> None:
    show(canvas, 40, 20)
    assert canvas.picture_rect() == QRectF(180, 140, 40, 20)


def test_it_goes_on_fitting_when_the_window_changes(canvas: PictureCanvas) -> None:
    show(canvas, 4_000, 1_000)
    canvas.resize(200, 300)
    assert canvas.picture_rect().width() == 200


def test_zooming_keeps_the_point_under_the_pointer(canvas: PictureCanvas) -> None:
    show(canvas, 4_000, 3_000)
    at = QPointF(100, 60)

    def under() -> QPointF:
        return (at - canvas.picture_rect().topLeft()) / canvas.zoom

    before = under()
    canvas.zoom_to(canvas.zoom * 4, at)
    assert (under() - before).manhattanLength() < 1


def test_keys_zoom_fit_and_move(canvas: PictureCanvas) -> None:
    show(canvas, 4_000, 3_000)
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.zoom == 1
    left = canvas.picture_rect().left()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.picture_rect().left() > left
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom < 1
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == 0.1


def test_it_cannot_be_moved_out_of_sight(canvas: PictureCanvas) -> None:
    show(canvas, 4_000, 3_000)
    canvas.zoom_to(1)
    canvas.pan(QPointF(100_000, 100_000))
    assert canvas.picture_rect().topLeft() == QPointF(0, 0)
