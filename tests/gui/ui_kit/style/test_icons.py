import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.live_icon import live_icon
from tests.gui.conftest import RESOURCES

FILES = sorted((RESOURCES / "icons").glob("*.svg"))


@pytest.fixture
def icons(qapp: QGuiApplication) -> Icons:
    return Icons(RESOURCES / "icons")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_can_be_drawn(icons: Icons, file: Path) -> None:
    image = icons.pixmap(file.stem, QColor("#102030"), 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 200 for x in range(24) for y in range(24))


def test_an_icon_has_the_colour_asked_for(icons: Icons) -> None:
    assert strongest(icons.pixmap("play", QColor("#ff8800"), 24).toImage()).name() == "#ff8800"
    faint = strongest(icons.pixmap("play", QColor(0, 0, 255, 128), 24).toImage())
    assert (faint.name(), faint.alpha()) == ("#0000ff", pytest.approx(128, abs=2))


@pytest.mark.parametrize(("ratio", "pixels"), [(1.0, 16), (1.25, 20), (1.5, 24), (2.0, 32)])
def test_an_icon_has_every_pixel_of_the_screen(icons: Icons, ratio: float, pixels: int) -> None:
    pixmap = icons.pixmap("copy", QColor("black"), 16, ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (pixels, ratio)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_an_icon_is_drawn_once(icons: Icons) -> None:
    first = icons.pixmap("copy", QColor("black"), 16)
    assert icons.pixmap("copy", QColor("black"), 16).cacheKey() == first.cacheKey()
    assert icons.pixmap("copy", QColor("white"), 16).cacheKey() != first.cacheKey()


def test_an_icon_that_is_not_there_is_an_error(icons: Icons) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("nothing", QColor("black"), 16)


def test_a_live_icon_follows_the_theme_and_outlives_its_python_parts(appearance: Appearance) -> None:
    icon = QIcon(live_icon(appearance, "play", "accent"))
    gc.collect()
    assert strongest(icon.pixmap(QSize(24, 24)).toImage()) == appearance.theme.color("accent")
    appearance.set_scheme("dark")
    assert strongest(icon.pixmap(QSize(24, 24)).toImage()) == appearance.theme.color("accent")
    disabled = icon.pixmap(QSize(24, 24), 2.0, QIcon.Mode.Disabled)
    assert disabled.width() == 48
    assert strongest(disabled.toImage()) == appearance.theme.color("textDisabled")


def strongest(image: QImage) -> QColor:
    """Colour of the most opaque pixel."""
    return max((image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())), key=QColor.alpha)
