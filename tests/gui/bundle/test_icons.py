"""The icons of Windows and macOS, read by Qt's own readers of these formats."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QImageReader

from tests.unit.bundle.modules import module

icons = module("icons")
BODY = QColor("#0B6A7E")


def read(file: Path) -> dict[int, QImage]:
    """Return the pictures in a file by their width."""
    reader = QImageReader(str(file))
    assert reader.imageCount() > 1
    found = {}
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        image = reader.read()
        assert not image.isNull(), reader.errorString()
        assert image.width() == image.height()
        found[image.width()] = image
    return found


def test_the_icon_of_windows_has_each_size_that_windows_shows(tmp_path: Path) -> None:
    file, _ = icons.write(tmp_path / "made")
    pictures = read(file)
    assert sorted(pictures) == sorted(icons.ICO_SIZES)
    for size, image in pictures.items():
        assert image.pixelColor(0, 0).alpha() == 0, size
        assert image.pixelColor(size // 8, size // 2) == BODY, size
        upper, lower = (image.pixelColor(size * 44 // 64, size * row // 64).lightness() for row in (22, 42))
        assert upper > lower + 60, size  # the lowest line is the short one: it is not upside down


def test_the_installer_has_a_picture_with_nothing_around_it(tmp_path: Path) -> None:
    file, _ = icons.write(tmp_path)
    image = QImage(str(file.with_suffix(".png")))
    assert image.width() == image.height() == icons.INSTALLER_SIZE
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(icons.INSTALLER_SIZE // 8, icons.INSTALLER_SIZE // 2) == BODY


def test_the_icon_of_macos_has_each_size_and_the_margin_of_the_system(tmp_path: Path) -> None:
    _, file = icons.write(tmp_path)
    pictures = read(file)
    assert sorted(pictures) == sorted(set(icons.ICNS_TYPES.values()))
    largest = pictures[1024]
    assert largest.pixelColor(90, 512).alpha() == 0
    assert largest.pixelColor(160, 512) == BODY


@pytest.mark.parametrize("size", [16, 20, 33])
def test_rows_and_mask_of_a_bitmap_are_of_whole_four_bytes(size: int) -> None:
    data = icons._bitmap(icons.picture(size))
    assert len(data) == 40 + 4 * size * size + (size + 31) // 32 * 4 * size
