"""Makes the program's icons for Windows and macOS of the one drawing: `icons.py FOLDER` writes chatdesk.ico, chatdesk.icns, chatdesk.png.

Formats: an .ico is a table of pictures with their bytes behind it (Microsoft, "Icons"); those below 256 pixels are bitmaps, as old parts of
Windows want them, the largest is a PNG. An .icns is a row of sections, each a type of four letters, its length and a PNG (Apple's "Icon
Image Format"); the types for twice as dense screens hold the same sizes.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources/icons/chatdesk.svg"
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels: Windows' own sizes at 100, 125, 150 and 200 %."""
ICNS_TYPES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
    b"ic10": 1024,
}
"""Types and their pixels; ic11 to ic14 and ic10 are 16, 32, 128, 256 and 512 points on a screen that is twice as dense."""
INSTALLER_SIZE = 147
"""Pixels: for 58 points on any screen, and what Inno Setup's own picture has."""
MARGIN = 100 / 1024
"""How much of the width macOS leaves free on each side of an icon's body (Apple's template: 824 of 1,024)."""


def picture(size: int, margin: float = 0.0) -> QImage:
    """Draw the icon, with this part of its width free on each side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    free = size * margin
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(free, free, size - 2 * free, size - 2 * free))
    painter.end()
    return image


def ico() -> bytes:
    """Return the icon for Windows."""
    pictures = [_png(picture(size)) if size == max(ICO_SIZES) else _bitmap(picture(size)) for size in ICO_SIZES]
    table = struct.pack("<3H", 0, 1, len(pictures))
    offset = len(table) + 16 * len(pictures)
    for size, data in zip(ICO_SIZES, pictures, strict=True):
        table += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return table + b"".join(pictures)


def icns() -> bytes:
    """Return the icon for macOS."""
    sections = b""
    for kind, size in ICNS_TYPES.items():
        data = _png(picture(size, MARGIN))
        sections += kind + struct.pack(">I", 8 + len(data)) + data
    return b"icns" + struct.pack(">I", 8 + len(sections)) + sections


def write(folder: Path) -> tuple[Path, Path]:
    """Write all into a folder, which is made, and return the .ico and the .icns. The picture beside them is the installer's."""
    folder.mkdir(parents=True, exist_ok=True)
    for_windows, for_macos = folder / "chatdesk.ico", folder / "chatdesk.icns"
    for_windows.write_bytes(ico())
    for_macos.write_bytes(icns())
    for_windows.with_suffix(".png").write_bytes(_png(picture(INSTALLER_SIZE)))
    return for_windows, for_macos


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def _bitmap(image: QImage) -> bytes:
    """Return a bitmap as it stands in an icon: twice its height for a mask of one bit, rows from below, each of whole 4 bytes."""
    size = image.width()
    header = struct.pack("<I2i2H6I", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = [bytes(cast("memoryview", image.constScanLine(row)))[: 4 * size] for row in reversed(range(size))]
    mask = bytes((size + 31) // 32 * 4) * size  # nothing is cut off: the pixels know how dense they are
    return header + b"".join(rows) + mask


if __name__ == "__main__":
    write(Path(sys.argv[1]))
