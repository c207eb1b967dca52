"""The pictures attached to a message, shown in rows with a button to remove each one. It does not know where they come from."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.pictures.tile_painting import paint_tile
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

# A picture attached to a message: a thumbnail with its name and size, and a button to remove it.

_THUMBNAIL = 36
_WIDTH = 172


class PictureChip(Translated, QWidget):
    """A chip with a picture; while it is being read, only with its name and without the button."""

    removed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        store: PictureStore,
        parent: QWidget,
        picture: ImagePart | None,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._store = store
        self.picture = picture
        self._name = picture.name if picture else name
        self._source = store.add_stored(picture) if picture else ""
        self._words = Label(appearance, "ui", "text", self, elide=True)
        self._note = Label(appearance, "caption", "textTertiary", self, elide=True)
        for label in (
            self._words,
            self._note,
        ):  # in a view, child widgets would otherwise use the colour of the view's text
            label.setForegroundRole(QPalette.ColorRole.WindowText)
        self._cross = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._cross.setVisible(picture is not None)
        self._cross.clicked.connect(self.removed)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._lines.addWidget(self._words)
        self._lines.addWidget(self._note)
        self._lines.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.addLayout(self._lines, 1)
        self._layout.addWidget(self._cross)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        store.ready.connect(self._picture_changed)
        store.changed.connect(self._picture_changed)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def cross(self) -> QWidget:
        """The button that removes the picture."""
        return self._cross

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return QSize(round(_WIDTH * theme.scale), round(_THUMBNAIL * theme.scale) + 2 * theme.length("xs"))

    def _picture_changed(self, source: str) -> None:
        if source == self._source:
            self._retranslate()
            self.update()

    @property
    def _is_broken(self) -> bool:
        return bool(self._source) and self._store.info(self._source).state is PictureState.FAILED

    def _restyle(self) -> None:
        theme = self._appearance.theme
        spacing = theme.length("xs")
        self._layout.setContentsMargins(round(_THUMBNAIL * theme.scale) + spacing + theme.length("s"), 0, spacing, 0)
        self._layout.setSpacing(spacing)
        self.setFixedSize(self.sizeHint())
        self.update()

    def _retranslate(self) -> None:
        name = self._name or self.tr("Picture")
        if self.picture is None:
            note = self.tr("Reading…")
        elif self._is_broken:
            note = self.tr("Cannot be read")
        else:
            note = QLocale().formattedDataSize(self.picture.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        self._words.set_text(name)
        self._note.set_text(note)
        self._cross.set_name(self.tr("Remove {name}").format(name=name))
        self.setAccessibleName(f"{name}, {note}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        border = theme.color("borderControl") if theme.scheme.high_contrast else None
        draw_box(painter, QRectF(self.rect()), theme.length("radius.control"), theme.color("bubble"), border)
        side, inset = round(_THUMBNAIL * theme.scale), theme.length("xs")
        place = QRectF(inset, inset, side, side)
        info = self._store.info(self._source) if self._source else None
        if info and info.state is PictureState.AVAILABLE and info.size:
            radius = theme.length("radius.small")
            paint_tile(painter, theme, self._store, self._source, info.size, place, radius)
        else:
            icon = "image-off" if self._is_broken else "image"
            draw_icon(painter, theme, icon, theme.color("textSecondary"), place, theme.length("icon.ui"))


class PictureChips(Translated, QWidget):
    """A row of chips that wraps; hidden while it is empty. It follows `before` in the tab order."""

    removed = Signal(ImagePart)
    """The user removed a picture. It is no longer shown."""
    emptied = Signal()
    """The last one was removed, so the focus has to move elsewhere."""

    def __init__(self, appearance: Appearance, store: PictureStore, before: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._store = store
        self._before = before
        self._pictures: tuple[ImagePart, ...] = ()
        self._adding: tuple[str, ...] = ()
        self._chips: list[PictureChip] = []
        self._side = 0
        self.setObjectName("pictures")
        appearance.changed.connect(self._arrange)
        self._retranslate()
        self.hide()

    def pictures(self) -> tuple[ImagePart, ...]:
        """Return the pictures that are shown."""
        return self._pictures

    @property
    def count(self) -> int:
        """The number of pictures, including those that are still being read."""
        return len(self._chips)

    @property
    def is_adding(self) -> bool:
        """Whether some pictures are still being read."""
        return bool(self._adding)

    def show_pictures(self, pictures: Sequence[ImagePart], adding: Sequence[str] = ()) -> None:
        """Show pictures, followed by the names of those that are being read."""
        if (tuple(pictures), tuple(adding)) == (self._pictures, self._adding):
            return
        self._pictures, self._adding = tuple(pictures), tuple(adding)
        known = {chip.picture: chip for chip in self._chips if chip.picture}
        chips = [known[picture] if picture in known else self._new_chip(picture) for picture in self._pictures]
        chips += [PictureChip(self._appearance, self._store, self, None, name) for name in self._adding]
        for chip in self._chips:
            if chip not in chips:
                chip.hide()
                chip.deleteLater()
        self._chips = chips
        stops = [self._before, *(chip.cross for chip in chips if chip.picture)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.setVisible(bool(chips))
        self._arrange()

    def set_side_margin(self, margin: int) -> None:
        """Set the margin on both sides."""
        self._side = margin
        self._arrange()

    def _new_chip(self, picture: ImagePart) -> PictureChip:
        chip = PictureChip(self._appearance, self._store, self, picture)
        chip.removed.connect(lambda: self._remove(chip))
        return chip

    def _remove(self, chip: PictureChip) -> None:
        place = self._chips.index(chip)
        rest = [picture for picture in self._pictures if picture != chip.picture]
        self.show_pictures(rest, self._adding)
        if chip.picture:
            self.removed.emit(chip.picture)
        if rest:
            self._chips[min(place, len(rest) - 1)].cross.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.emptied.emit()

    def _arrange(self) -> None:
        """Arrange the chips in rows."""
        gap = self._appearance.theme.length("xs")
        x, y, row = self._side, 0, 0
        for chip in self._chips:
            size = chip.sizeHint()
            if x > self._side and x + size.width() > self.width() - self._side:
                x, y = self._side, y + row + gap
            chip.setGeometry(x, y, size.width(), size.height())
            chip.show()
            x += size.width() + gap
            row = size.height()
        self.setFixedHeight(y + row)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Attached pictures"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
