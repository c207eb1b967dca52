"""The pictures that will go along with a message, in rows: each can be taken off. Where they come from is not known here."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.ui_kit.pictures.picture_chip import PictureChip
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance


class PictureChips(QWidget):
    """As high as its rows; hidden while there are none. With Tab one comes to them from `before`."""

    removed = Signal(ImagePart)
    """A person took one off. It is gone from here already."""
    emptied = Signal()
    """With the last one: the keyboard has to go elsewhere."""

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
        """Return those that are there."""
        return self._pictures

    @property
    def is_adding(self) -> bool:
        """Whether some are still being read."""
        return bool(self._adding)

    def show_pictures(self, pictures: Sequence[ImagePart], adding: Sequence[str] = ()) -> None:
        """Show these, and behind them the names of those that are still being read."""
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
        """Keep away from both sides."""
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
        """Put them beside each other, as many as there is room for."""
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
        """Fill the width there is."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
