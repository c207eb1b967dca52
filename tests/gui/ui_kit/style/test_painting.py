from collections.abc import Callable
from math import floor

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import (
    draw_box,
    draw_focus_ring,
    draw_icon,
    draw_line,
    draw_lit_row,
    draw_shadow,
    ring_reach,
)

RED, BLUE, CLEAR = QColor("red"), QColor("blue"), QColor(0, 0, 0, 0)
RATIOS = (1.0, 1.25, 1.5, 2.0)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("place", [10.0, 10.3, 11.0])
def test_a_border_is_as_sharp_at_every_scale_and_place(qapp: QGuiApplication, ratio: float, place: float) -> None:
    image = drawn(ratio, lambda painter: draw_box(painter, QRectF(place, place, 20, 20), 0, BLUE, RED))
    middle = round((place + 10) * ratio)
    across = [image.pixelColor(x, middle) for x in range(image.width())]
    assert set(colors(across)) == {"red", "blue", "clear"}
    thickness = 2 if ratio == 2 else 1
    assert colors(across).count("red") == 2 * thickness
    lit = [x for x, color in enumerate(across) if color.alpha()]
    assert lit[0] >= place * ratio - 0.1
    assert lit[-1] + 1 <= (place + 20) * ratio + 0.1


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_line_is_whole_device_pixels(qapp: QGuiApplication, ratio: float) -> None:
    for vertical in (False, True):
        image = drawn(ratio, lambda painter, v=vertical: draw_line(painter, QPointF(5.3, 5.3), 20, RED, vertical=v))
        far = round(15 * ratio)
        along = [image.pixelColor(x, far) if vertical else image.pixelColor(far, x) for x in range(image.width())]
        assert colors(along).count("red") == (2 if ratio == 2 else 1)
        assert set(colors(along)) == {"red", "clear"}


def test_corners_are_never_rounder_than_the_box(qapp: QGuiApplication) -> None:
    image = drawn(1.0, lambda painter: draw_box(painter, QRectF(0, 0, 40, 10), 999, BLUE))
    assert image.pixelColor(20, 0) == BLUE
    assert image.pixelColor(0, 0).alpha() < 40


def test_a_focus_ring_leaves_a_gap_round_its_control(appearance: Appearance) -> None:
    theme = appearance.theme
    reach = ring_reach(theme)
    image = drawn(1.0, lambda painter: draw_focus_ring(painter, theme, QRectF(10, 10, 20, 20), 4))
    across = [image.pixelColor(x, 20) for x in range(image.width())]
    lit = [x for x, color in enumerate(across) if color.alpha()]
    assert reach == 4
    assert lit == [6, 7, 32, 33]
    assert across[6] == theme.color("focus")


def test_a_shadow_lies_below_and_fades(appearance: Appearance) -> None:
    image = drawn(1.0, lambda painter: draw_shadow(painter, appearance.theme, QRectF(12, 6, 20, 20), 4))
    below = [image.pixelColor(22, y).alpha() for y in range(26, 40)]
    assert below[0] > below[5] > below[10] > 0
    assert below == sorted(below, reverse=True)
    assert [image.pixelColor(22, y).alpha() for y in range(6)] == [0] * 6


def test_there_is_no_shadow_in_high_contrast(appearance: Appearance, preferences: object) -> None:
    preferences.set(high_contrast=True)
    image = drawn(1.0, lambda painter: draw_shadow(painter, appearance.theme, QRectF(12, 12, 20, 20), 4))
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(40) for y in range(40))


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("place", range(20, 24))
def test_a_line_beside_a_widget_is_not_covered_by_it(
    qtbot: QtBot, appearance: Appearance, ratio: float, place: int
) -> None:
    def draw(painter: QPainter) -> None:
        draw_line(painter, QPointF(place, 0), 40, RED, vertical=True)
        painter.fillRect(QRectF(0, 0, floor(place * ratio + 0.5) / ratio, 40), BLUE)  # where Qt ends a widget

    image = drawn(ratio, draw)
    thickness = 2 if ratio == 2 else 1
    assert colors([image.pixelColor(x, 20) for x in range(image.width())]).count("red") == thickness


def test_a_lit_row_has_a_border_in_high_contrast(appearance: Appearance, preferences: object) -> None:
    def edge() -> QColor:
        image = drawn(1.0, lambda painter: draw_lit_row(painter, appearance.theme, QRectF(0, 0, 40, 40)))
        return image.pixelColor(20, 0)

    assert edge().alpha() < 50
    preferences.set(high_contrast=True)
    assert edge() == appearance.theme.color("accentBorder")


@pytest.mark.parametrize("ratio", RATIOS)
def test_an_icon_is_copied_pixel_by_pixel(appearance: Appearance, ratio: float) -> None:
    theme = appearance.theme
    image = drawn(ratio, lambda painter: draw_icon(painter, theme, "play", RED, QRectF(3, 3, 20, 20), 16))
    icon = theme.icons.pixmap("play", RED, 16, ratio).toImage().convertToFormat(image.format())
    corner = round(5 * ratio)
    assert image.copy(corner, corner, icon.width(), icon.height()) == icon


def drawn(ratio: float, draw: Callable[[QPainter], None]) -> QImage:
    """Let `draw` paint on 40 by 40 px of a screen with `ratio`."""
    side = round(40 * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(CLEAR)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    image.setDevicePixelRatio(1.0)
    return image


def colors(pixels: list[QColor]) -> list[str]:
    names = {RED.rgba(): "red", BLUE.rgba(): "blue", 0: "clear"}
    return [names.get(pixel.rgba(), "mixed") for pixel in pixels]
