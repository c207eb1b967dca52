"""The icons of resources/icons in any colour and size, crisp at any scale. The icon set is Lucide (resources/licences)."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_MAX_CACHED = 512


class Icons:
    """Icons by name, which is the file name without its extension. They are rendered on demand and cached.

    Raises FileNotFoundError for an unknown name.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: frozenset[str] | None = None
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def pixmap(self, name: str, color: QColor, size: int, device_ratio: float = 1.0) -> QPixmap:
        """Return the icon with a size of `size` px for a screen with `device_ratio` device pixels per px."""
        key = (name, color.rgba(), size, device_ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            if len(self._pixmaps) >= _MAX_CACHED:
                self._pixmaps.clear()
            pixmap = self._pixmaps[key] = self._draw(name, color, size, device_ratio)
        return pixmap

    def has(self, name: str) -> bool:
        """Return whether there is an icon of this name: names in users' files may be anything."""
        if self._names is None:
            self._names = frozenset(file.stem for file in self._folder.glob("*.svg"))
        return name in self._names

    def icon(self, name: str, color: QColor, size: int) -> QIcon:
        """Return the icon as a QIcon with a fixed colour; `live_icon` follows the theme."""
        icon = QIcon()
        for device_ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, color, size, device_ratio))
        return icon

    def _draw(self, name: str, color: QColor, size: int, device_ratio: float) -> QPixmap:
        source = self._source(name).replace(b"currentColor", color.name().encode())
        pixels = round(size * device_ratio)
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(color.alphaF())
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(device_ratio)
        return pixmap

    def _source(self, name: str) -> bytes:
        source = self._sources.get(name)
        if source is None:
            source = self._sources[name] = (self._folder / f"{name}.svg").read_bytes()
        return source
