"""What is attached to a message: pictures and documents as chips in rows. They do not know where it comes from."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QLocale, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.kernel.chat.attachments import ArrivingFile, FileNeed
from chatdesk.kernel.chat.message import Attachment, DocumentPart, DocumentUnit, ImagePart
from chatdesk.kernel.documents.kinds import kind_of, type_by_name
from chatdesk.ui_kit.pictures.attachment_facts import (
    chip_option,
    document_facts,
    document_icon,
    document_warning,
    has_forms,
    kind_name,
    reading_note,
)
from chatdesk.ui_kit.pictures.option_button import OptionButton
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.pictures.tile_painting import paint_tile
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.spinner import Spinner

_TILE = 36
_PICTURE_WIDTH, _DOCUMENT_WIDTH = 172, 350
_MAX_ROWS = 3
_LEAST_SHARE = 0.8
"""Two documents share a row if each has at least this share of its width."""
_NEW_AT_ONCE = 4
"""New chips that are created in one turn of the event loop: fifty would take longer than a frame."""
_BAR = 2
"""Height of the progress bar. All lengths are in pixels at 100 %."""


class AttachmentChip(Translated, QWidget):
    """A chip with a picture or a document; while the file is being read, with its progress.

    Enter opens it, Delete removes it, and Alt with an arrow key moves it, as the mouse does.
    """

    removed = Signal()
    opened = Signal()
    option_requested = Signal(object)
    """The user wants to choose what is read of the document. Carries the button."""
    moved = Signal(int)
    """Carries the number of positions to move by: -1 or 1."""
    dragged = Signal(QPoint, QPoint)
    """The mouse moves the chip. Carries the global position of the pointer, and its position in the chip when the button was pressed."""
    drag_ended = Signal(bool)
    """Carries whether the chip is to stay at its new position."""

    def __init__(
        self,
        appearance: Appearance,
        store: PictureStore,
        parent: QWidget,
        attachment: Attachment | None,
        arriving: ArrivingFile | None = None,
        *,
        has_options: bool = False,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._store = store
        self.attachment = attachment
        self.arriving = arriving
        self._option: OptionButton | None = None
        has_choice = chip_option(attachment) or has_forms(attachment) if attachment else self.is_wide
        if has_options and has_choice:
            self._option = OptionButton(appearance, self)
            self._option.clicked.connect(self.request_option)
        self._grip: QPoint | None = None
        """Where the mouse button was pressed; None if it is not pressed."""
        self._is_dragged = False
        self._source = store.add_stored(attachment) if isinstance(attachment, ImagePart) else ""
        self._words = Label(appearance, "ui", "text", self, elide=True)
        self._note = Label(appearance, "caption", "textTertiary", self, elide=True)
        for label in (
            self._words,
            self._note,
        ):  # in a view, child widgets would otherwise use the colour of the view's text
            label.setForegroundRole(QPalette.ColorRole.WindowText)
        self._spinner = Spinner(appearance, parent=self) if arriving else None
        if self._spinner and arriving:
            self._spinner.setVisible(not arriving.is_waiting)
        self._cross = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._cross.clicked.connect(self.removed)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._lines.addWidget(self._words)
        self._lines.addWidget(self._note)
        self._lines.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.addLayout(self._lines, 1)
        if self._spinner:
            self._layout.addWidget(self._spinner)
        if self._option:
            self._layout.addWidget(self._option)
        self._layout.addWidget(self._cross)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if attachment else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        store.ready.connect(self._picture_changed)
        store.changed.connect(self._picture_changed)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def cross(self) -> QWidget:
        """The button that removes the attachment, or stops reading it."""
        return self._cross

    def request_option(self) -> None:
        """Open what the button offers."""
        self.option_requested.emit(self._option)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The chip and its buttons, in the order of Tab."""
        return (self, *((self._option,) if self._option else ()), self._cross)

    @property
    def key(self) -> object:
        """What identifies the chip: the attachment, or the key of the file that is being read."""
        return self.attachment or (self.arriving and self.arriving.key)

    @property
    def is_wide(self) -> bool:
        """Whether it needs the width of a document."""
        return not (isinstance(self.attachment, ImagePart) or (self.arriving and self.arriving.is_picture))

    def show_progress(self, arriving: ArrivingFile) -> None:
        """Show how far the file has been read."""
        if arriving != self.arriving:
            self.arriving = arriving
            if self._spinner:
                self._spinner.setVisible(not arriving.is_waiting)
            self._retranslate()
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        width = _DOCUMENT_WIDTH if self.is_wide else _PICTURE_WIDTH
        return QSize(round(width * theme.scale), round(_TILE * theme.scale) + 2 * theme.length("xs"))

    def _picture_changed(self, source: str) -> None:
        if source == self._source:
            self._retranslate()
            self.update()

    @property
    def _is_broken(self) -> bool:
        return bool(self._source) and self._store.info(self._source).state is PictureState.FAILED

    @property
    def _need(self) -> FileNeed:
        return self.arriving.need if self.arriving else FileNeed.NOTHING

    @property
    def _icon_color(self) -> str:
        is_doubtful = isinstance(self.attachment, DocumentPart) and document_warning(self.attachment)
        return "warning" if is_doubtful or self._need is not FileNeed.NOTHING else "textSecondary"

    @property
    def _icon(self) -> str:
        if self.attachment:
            return document_icon(self.attachment) if isinstance(self.attachment, DocumentPart) else "image"
        return "lock" if self._need is FileNeed.PASSWORD else "file-text" if self.is_wide else "image"

    def _restyle(self) -> None:
        theme = self._appearance.theme
        spacing = theme.length("xs")
        self._layout.setContentsMargins(round(_TILE * theme.scale) + spacing + theme.length("s"), 0, spacing, 0)
        self._layout.setSpacing(spacing)
        self.update()

    def _retranslate(self) -> None:
        warning = ""
        match self.attachment:
            case DocumentPart() as document:
                name = document.name or self.tr("Document")
                warning = document_warning(document)
                note = warning or document_facts(
                    document, with_sections=not (self._option and document.unit is DocumentUnit.SHEET)
                )
            case ImagePart() as picture:
                name = picture.name or self.tr("Picture")
                size = QLocale().formattedDataSize(picture.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
                note = self.tr("Cannot be read") if self._is_broken else size
            case None:
                name = self.arriving.name if self.arriving else ""
                warning = self._needed()
                note = warning or (reading_note(self.arriving) if self.arriving else "")
        if self._option:
            choice, text = self._choice()
            self._option.show_choice(choice, opens=self._need is not FileNeed.CONVERSION)
            self._option.setAccessibleName(text.format(name=name, choice=choice))
            self._option.setToolTip(self._option.accessibleName() if self._need is FileNeed.CONVERSION else "")
            self._option.setVisible(bool(choice) if self.attachment else self._need is not FileNeed.NOTHING)
        if self._spinner and self.arriving:
            self._spinner.setVisible(not (self.arriving.awaits_user or self.arriving.is_waiting))
        self._words.set_text(name)
        self._note.set_text(note)
        self._note.set_color("warning" if warning else "textTertiary")
        self._cross.set_name(
            (self.tr("Remove {name}") if self.attachment else self.tr("Stop reading {name}")).format(name=name)
        )
        self.setAccessibleName(", ".join(filter(None, (name, self._kind(), note))))
        if self.attachment:
            self.setAccessibleDescription(self.tr("Enter opens it, Delete removes it, Alt with an arrow key moves it."))

    def _needed(self) -> str:
        """Return what the file needs; empty for nothing."""
        match self._need:
            case FileNeed.PASSWORD:
                return self.tr("Needs a password")
            case FileNeed.CONVERSION:
                return self.tr("Has an old format")
            case FileNeed.NOTHING:
                return ""

    def _choice(self) -> tuple[str, str]:
        """Return the text of the button, and its accessible name."""
        if self.attachment:
            return chip_option(self.attachment), self.tr("What is read of {name}: {choice}")
        if self._need is FileNeed.CONVERSION:
            return self.tr("Convert"), self.tr("Let LibreOffice convert {name}")
        return self.tr("Password"), self.tr("Enter the password of {name}")

    def _kind(self) -> str:
        """Return what kind of document it is; empty for a picture."""
        if isinstance(self.attachment, DocumentPart):
            return kind_name(kind_of(self.attachment.media_type))
        found = type_by_name(self.arriving.name) if self.arriving and self.is_wide else None
        return kind_name(found.kind) if found else ""

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's shortcuts while the attachment is dragged."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_dragged:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, remove or move the attachment."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Escape if self._is_dragged:
                self._end_drag(keep=False)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.opened.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case Qt.Key.Key_Left if alt:
                self.moved.emit(-1)
            case Qt.Key.Key_Right if alt:
                self.moved.emit(1)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, or the moving of the attachment."""
        if self.attachment and event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the attachment."""
        if self._grip is None:
            return
        distance = (event.position().toPoint() - self._grip).manhattanLength()
        if not self._is_dragged and distance >= QApplication.startDragDistance():
            self._is_dragged = True
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._is_dragged:
            self.dragged.emit(event.globalPosition().toPoint(), self._grip)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the choice, also of documents that are usually sent as they are and therefore have no button."""
        if self._option and self.attachment:
            self.request_option()
        else:
            super().contextMenuEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the attachment on a click, or leave it at its new position."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._is_dragged:
            self._end_drag(keep=True)
        elif self._grip is not None and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        self._grip = None

    def _end_drag(self, *, keep: bool) -> None:
        self._grip, self._is_dragged = None, False
        self.unsetCursor()
        self.drag_ended.emit(keep)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        radius = theme.length("radius.control")
        border, stroke = (
            (theme.color("borderControl"), theme.stroke("border")) if theme.scheme.high_contrast else (None, 0.0)
        )
        if self.hasFocus():
            border, stroke = theme.color("accent"), theme.stroke("focus")
        draw_box(painter, QRectF(self.rect()), radius, theme.color("bubble"), border, stroke)
        side, inset = round(_TILE * theme.scale), theme.length("xs")
        tile = QRectF(inset, inset, side, side)
        info = self._store.info(self._source) if self._source else None
        if info and info.state is PictureState.AVAILABLE and info.size:
            paint_tile(painter, theme, self._store, self._source, info.size, tile, theme.length("radius.small"))
        elif isinstance(self.attachment, ImagePart):
            icon = "image-off" if self._is_broken else "image"
            draw_icon(painter, theme, icon, theme.color("textSecondary"), tile, theme.length("icon.ui"))
        else:
            draw_box(painter, tile, theme.length("radius.small"), theme.color("raised"))
            draw_icon(painter, theme, self._icon, theme.color(self._icon_color), tile, theme.length("icon.ui"))
        share = self.arriving.progress.share if self.arriving else None
        if share is not None:
            self._paint_progress(painter, share, radius)

    def _paint_progress(self, painter: QPainter, share: float, radius: float) -> None:
        theme = self._appearance.theme
        height = max(1.0, _BAR * theme.scale)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(frame)
        bar = QRectF(0, self.height() - height, self.width(), height)
        painter.fillRect(bar, theme.color("borderDefault"))
        left = bar.left() if self.isLeftToRight() else bar.right() - bar.width() * share
        painter.fillRect(QRectF(left, bar.top(), bar.width() * share, height), theme.color("accent"))


class AttachmentChips(Translated, QScrollArea):
    """Chips in rows; hidden while there are none. More than three rows scroll. They follow `before` in the tab order.

    `has_options` shows the buttons with which the user chooses what is read of a document.
    """

    removed = Signal(object, int)
    """The user removed an attachment, which is no longer shown. Carries it and its index."""
    stopped = Signal(int)
    """The user removed a file that is being read: the key of its `ArrivingFile`."""
    opened = Signal(object)
    """The user opened an attachment."""
    option_requested = Signal(object, object)
    """The user wants to choose what is read of a document. Carries the document and the button."""
    need_requested = Signal(int, object)
    """The user wants to give a file what it needs: the key of its `ArrivingFile`, and the button."""
    reordered = Signal()
    """The user changed the order."""
    emptied = Signal()
    """The last one was removed, so the focus has to move elsewhere."""

    def __init__(
        self,
        appearance: Appearance,
        store: PictureStore,
        before: QWidget,
        parent: QWidget,
        *,
        has_options: bool = False,
    ) -> None:
        super().__init__(parent)
        self._has_options = has_options
        self._appearance = appearance
        self._store = store
        self._before = before
        self._attachments: tuple[Attachment, ...] = ()
        self._arriving: tuple[ArrivingFile, ...] = ()
        self._chips: list[AttachmentChip] = []
        self._dragged: AttachmentChip | None = None
        self._order_before: tuple[Attachment, ...] = ()
        """The order before a chip was dragged."""
        self._side = 0
        self._rest = QTimer(self, interval=0, singleShot=True)
        self._rest.timeout.connect(self._show_chips)
        self._content = QWidget()
        self.setWidget(self._content)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setObjectName("attachments")
        appearance.changed.connect(self._arrange)
        self._retranslate()
        self.hide()

    def attachments(self) -> tuple[Attachment, ...]:
        """Return the attachments that are shown."""
        return self._attachments

    @property
    def arriving(self) -> tuple[ArrivingFile, ...]:
        """The files that are being read."""
        return self._arriving

    @property
    def count(self) -> int:
        """The number of attachments, including files that are still being read."""
        return len(self._attachments) + len(self._arriving)

    @property
    def is_adding(self) -> bool:
        """Whether some files are still being read."""
        return any(not file.awaits_user for file in self._arriving)

    def ask_for_need(self) -> bool:
        """Do as if the user had pressed the button of the first file that needs something; return whether there is such a file."""
        waiting = next((chip for chip in self._chips if chip.arriving and chip.arriving.awaits_user), None)
        if waiting:
            self.ensureWidgetVisible(waiting)
            waiting.request_option()
        return waiting is not None

    def show_attachments(self, attachments: Sequence[Attachment], arriving: Sequence[ArrivingFile] = ()) -> None:
        """Show attachments, followed by the files that are being read."""
        if (tuple(attachments), tuple(arriving)) == (self._attachments, self._arriving):
            return
        self._attachments, self._arriving = tuple(attachments), tuple(arriving)
        self._show_chips()

    def _show_chips(self) -> None:
        """Show the chips of the attachments. If there are many new ones at the end, some of them follow in the next turns."""
        known: dict[object, AttachmentChip] = {chip.key: chip for chip in self._chips}
        wanted: list[tuple[Attachment | None, ArrivingFile | None]] = [
            *((each, None) for each in self._attachments),
            *((None, file) for file in self._arriving),
        ]
        found = [known.get(attachment or (file and file.key)) for attachment, file in wanted]
        last_known = max((index for index, chip in enumerate(found) if chip), default=-1)
        end = last_known + 1 + _NEW_AT_ONCE
        chips = [chip or self._new_chip(*each) for chip, each in zip(found[:end], wanted, strict=False)]
        for chip, (_, file) in zip(chips, wanted, strict=False):
            if file:
                chip.show_progress(file)
        if end < len(wanted):
            self._rest.start()
        if chips == self._chips:
            return
        kept = set(chips)
        for chip in self._chips:
            if chip not in kept:
                chip.hide()
                chip.deleteLater()
        self._chips = chips
        if self._dragged not in chips:
            self._dragged = None
        stops = [self._before, *(stop for chip in chips for stop in chip.stops)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.setVisible(bool(chips))
        self._arrange()

    def set_side_margin(self, margin: int) -> None:
        """Set the margin on both sides."""
        self._side = margin
        self._arrange()

    def _new_chip(self, attachment: Attachment | None, file: ArrivingFile | None = None) -> AttachmentChip:
        chip = AttachmentChip(
            self._appearance, self._store, self._content, attachment, file, has_options=self._has_options
        )
        chip.option_requested.connect(lambda button: self._request_option(chip, button))
        chip.removed.connect(lambda: self._remove(chip))
        chip.opened.connect(lambda: self.opened.emit(chip.attachment))
        chip.moved.connect(lambda by: self._move(chip, by))
        chip.dragged.connect(lambda pointer, grip: self._drag(chip, pointer, grip))
        chip.drag_ended.connect(self._end_drag)
        return chip

    def _request_option(self, chip: AttachmentChip, button: OptionButton) -> None:
        if chip.arriving:
            self.need_requested.emit(chip.arriving.key, button)
        else:
            self.option_requested.emit(chip.attachment, button)

    def _remove(self, chip: AttachmentChip) -> None:
        if chip.arriving:
            self.stopped.emit(chip.arriving.key)
            return
        index = self._chips.index(chip)
        rest = [each for each in self._attachments if each != chip.attachment]
        self.show_attachments(rest, self._arriving)
        self.removed.emit(chip.attachment, index)
        if rest:
            self._chips[min(index, len(rest) - 1)].cross.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.emptied.emit()

    def _move(self, chip: AttachmentChip, by: int) -> None:
        order = [*self._attachments]
        index = self._chips.index(chip)
        if 0 <= index + by < len(order):
            order.insert(index + by, order.pop(index))
            self.show_attachments(order, self._arriving)
            chip.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reordered.emit()

    def _drag(self, chip: AttachmentChip, pointer: QPoint, grip: QPoint) -> None:
        """Move a chip with the pointer; the others make space for it."""
        if self._dragged is None:
            self._order_before = self._attachments
            self._dragged = chip
            chip.raise_()
        point = self._content.mapFromGlobal(pointer)
        here = self._chips.index(chip)
        there = next(
            (index for index, each in enumerate(self._chips) if each is not chip and each.geometry().contains(point)),
            here,
        )
        if there != here and there < len(self._attachments) and self._is_past(self._chips[there], point, there > here):
            order = [*self._attachments]
            order.insert(there, order.pop(here))
            self.show_attachments(order, self._arriving)
        corner = point - grip
        chip.move(
            max(0, min(corner.x(), self._content.width() - chip.width())),
            max(0, min(corner.y(), self._content.height() - chip.height())),
        )
        self.ensureVisible(point.x(), point.y(), 0, chip.height() // 2)

    def _is_past(self, chip: AttachmentChip, position: QPoint, forwards: bool) -> bool:
        """Return whether the pointer has passed the middle of a chip; chips of different widths would otherwise swap forever."""
        return (position.x() >= chip.geometry().center().x()) is forwards or (
            self._dragged is not None and self._dragged.width() == chip.width()
        )

    def _end_drag(self, keep: bool) -> None:
        self._dragged = None
        if keep and self._attachments != self._order_before:
            self.reordered.emit()
        elif not keep:
            self.show_attachments(self._order_before, self._arriving)
        self._arrange()

    def _arrange(self) -> None:
        """Arrange the chips in rows: documents two in a row if there is space, pictures as many as fit."""
        theme = self._appearance.theme
        gap, row_gap = theme.length("m"), theme.length("s")
        available = max(1, self.viewport().width() - 2 * self._side)
        half = (available - gap) // 2
        x = y = row = rows = 0
        for chip in self._chips:
            size = chip.sizeHint()
            width = size.width()
            if chip.is_wide:
                width = min(width, half) if half >= width * _LEAST_SHARE else available
            if x and x + width > available:
                x, y = 0, y + row + row_gap
            rows += x == 0
            if chip is not self._dragged:
                chip.setGeometry(self._side + x, y, min(width, available), size.height())
                chip.show()
            x += width + gap
            row = size.height()
        self._content.resize(self.viewport().width(), y + row)
        self.setFixedHeight(y + row if rows <= _MAX_ROWS else _MAX_ROWS * (row + row_gap) + row // 3)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Attachments"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
