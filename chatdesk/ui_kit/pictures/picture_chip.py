"""A picture that will go along with a message: small, with its name and size, to be taken off again."""

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.pictures.tile_painting import paint_tile
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_THUMBNAIL = 36
_WIDTH = 172


class PictureChip(QWidget):
    """With only a name while it is still being read: then it cannot be taken off."""

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
        self._source = store.add_own(picture) if picture else ""
        self._words = Label(appearance, "ui", "text", self, elide=True)
        self._note = Label(appearance, "caption", "textTertiary", self, elide=True)
        for label in (self._words, self._note):  # wherever it stands: a view's children write in the colour of its text
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
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def cross(self) -> QWidget:
        """What takes it off."""
        return self._cross

    def sizeHint(self) -> QSize:
        """Return the size all chips have."""
        theme = self._appearance.theme
        return QSize(round(_WIDTH * theme.scale), round(_THUMBNAIL * theme.scale) + 2 * theme.length("xs"))

    def _picture_changed(self, source: str) -> None:
        if source == self._source:
            self._retranslate()
            self.update()

    @property
    def _is_broken(self) -> bool:
        return bool(self._source) and self._store.look(self._source).state is PictureState.FAILED

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
            note = self.tr("Being read…")
        elif self._is_broken:
            note = self.tr("Unreadable")
        else:
            note = QLocale().formattedDataSize(self.picture.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        self._words.set_text(name)
        self._note.set_text(note)
        self._cross.set_name(self.tr("Remove {name}").format(name=name))
        self.setAccessibleName(f"{name}, {note}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box and the small picture."""
        theme = self._appearance.theme
        painter = QPainter(self)
        border = theme.color("borderControl") if theme.scheme.high_contrast else None
        draw_box(painter, QRectF(self.rect()), theme.length("radius.control"), theme.color("bubble"), border)
        side, inset = round(_THUMBNAIL * theme.scale), theme.length("xs")
        place = QRectF(inset, inset, side, side)
        look = self._store.look(self._source) if self._source else None
        if look and look.state is PictureState.THERE and look.size:
            radius = theme.length("radius.small")
            paint_tile(painter, theme, self._store, self._source, look.size, place, radius)
        else:
            icon = "image-off" if self._is_broken else "image"
            draw_icon(painter, theme, icon, theme.color("textSecondary"), place, theme.length("icon.ui"))
