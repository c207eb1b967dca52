"""The overlay over the window while files are dragged over it: what they are, what becomes of them, and where they can be dropped."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QStyle, QWidget

from chatdesk.features.chat.ui.composer.dropped_files import DroppedFile, Use
from chatdesk.kernel.documents.kinds import is_source_archive
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.pictures.attachment_facts import kind_icon, kind_name
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated

_MAX_ROWS = 5
_CARD, _ROW, _TILE = 440, 56, 36
"""Pixels at 100 %."""
_PAGE_SHARE, _ACCENT_SHARE = 0.8, 0.72
"""How much of the page the two colours cover."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the files go with the question: the model's name, and the server's if it is on another machine."""

    model: str = ""
    server: str = ""
    is_blind: bool = False
    """Whether the model is known not to see pictures."""


class DropOverlay(Translated, QWidget):
    """Covers the window, while files are dragged over it, and takes no focus.

    `area` is what the main target covers. `new_chat_area` is what the second target covers if it is visible; else that is a corner of
    the main target.
    """

    dropped = Signal(object, bool)
    """Carries the `QMimeData`, and whether the files are for a new chat."""

    def __init__(self, appearance: Appearance, area: QWidget, new_chat_area: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._area = area
        self._new_chat_area = new_chat_area
        self._files: tuple[DroppedFile, ...] = ()
        self._destination = Destination()
        self._offers_new_chat = False
        self._is_over_new_chat = False
        self._fade = QVariantAnimation(self)
        self._fade.valueChanged.connect(self.update)
        self.setObjectName("dropOverlay")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def files(self) -> tuple[DroppedFile, ...]:
        """What is being dragged; nothing for a picture that is no file."""
        return self._files

    def begin(self, files: Sequence[DroppedFile], destination: Destination, *, offers_new_chat: bool) -> None:
        """Show what is dragged."""
        self._destination = destination
        self._offers_new_chat = offers_new_chat
        self._is_over_new_chat = False
        self.show_files(files)
        self.setGeometry(self.window().rect())
        self._fade.stop()
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setDuration(self._appearance.theme.duration("base"))
        self._fade.start()
        self.raise_()
        self.show()

    def show_files(self, files: Sequence[DroppedFile]) -> None:
        """Show what has become known about the files."""
        self._files = tuple(files)
        self._retranslate()
        self.update()

    @property
    def can_drop(self) -> bool:
        """Whether any of the files can be used."""
        return not self._files or any(file.is_usable for file in self._files)

    def lines(self) -> list[str]:
        """Return what is shown, from top to bottom, with one line for each file."""
        rows = [f"{self._name(file)}, {self._facts(file)}, {self._use(file)}" for file in self._files[:_MAX_ROWS]]
        return [line for line in (*self._heading(), *rows, self._rest(_MAX_ROWS), self._destination_text()) if line]

    def _retranslate(self) -> None:
        self.setAccessibleName("\n".join(self.lines()))

    # The words.

    def _heading(self) -> tuple[str, str]:
        if not self.can_drop and len(self._files) == 1:
            return self.tr("This cannot be read"), ""
        if not self.can_drop:
            return self.tr("None of these can be read"), ""
        if self._files and all(file.use is Use.OPENED for file in self._files if file.is_usable):
            return self.tr("Drop to open"), self.tr("Chatdesk shows the content before anything is imported.")
        count = sum(file.is_usable for file in self._files) or 1
        if all(file.use is Use.SOURCES for file in self._files if file.is_usable) and self._files:
            return self.tr("Drop to choose the files"), self.tr("They go into your next message. Nothing is sent yet.")
        if count == 1:
            return self.tr("Drop to ask about this file"), self.tr(
                "It goes into your next message. Nothing is sent yet."
            )
        return (
            counted(lambda number: self.tr("Drop to ask about these %n file(s)", "", number), count),
            self.tr("They go into your next message. Nothing is sent yet."),
        )

    def _destination_text(self) -> str:
        model, server = self._destination.model, self._destination.server
        if (
            not model
            or not self.can_drop
            or (self._files and not any(file.use in {Use.TEXT, Use.PICTURE, Use.SOURCES} for file in self._files))
        ):
            return ""
        if server:
            return self.tr("When you send the message, this goes to {server}.").format(server=server)
        several = sum(file.is_usable for file in self._files) > 1
        stays = (
            self.tr("They stay on this computer: {model} runs here.")
            if several
            else self.tr("Stays on this computer: {model} runs here.")
        )
        return stays.format(model=model)

    def _rest(self, rows: int) -> str:
        left_out = self._files[rows:]
        if not left_out:
            return ""
        more = counted(lambda number: self.tr("and %n more", "", number), len(left_out))
        refused = sum(not file.is_usable for file in left_out)
        return (
            f"{more} · {counted(lambda number: self.tr('%n cannot be read', '', number), refused)}" if refused else more
        )

    def _name(self, file: DroppedFile) -> str:
        return plain_line(file.path.name)

    def _facts(self, file: DroppedFile) -> str:
        if file.use is Use.SOURCES:
            kind = self.tr("Archive") if is_source_archive(file.path.name) else self.tr("Folder")
        elif file.use is Use.PICTURE:
            kind = self.tr("Picture")
        else:
            kind = kind_name(file.kind) if file.kind else self.tr("File")
        traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
        return kind if file.size is None else f"{kind} · {QLocale().formattedDataSize(file.size, 1, traditional)}"

    def _use(self, file: DroppedFile) -> str:
        match file.use:
            case Use.TEXT:
                return self.tr("read as text")
            case Use.PICTURE if self._destination.is_blind:
                return self.tr("{model} has no vision").format(model=self._destination.model)
            case Use.PICTURE:
                return self.tr("seen as a picture")
            case Use.OPENED:
                return self.tr("opened in Chatdesk")
            case Use.LEGACY:
                return self.tr("needs LibreOffice")
            case Use.SOURCES:
                return self.tr("you choose its files")
            case Use.TOO_LARGE:
                return self.tr("too large")
            case Use.NONE:
                return self.tr("cannot be read")

    def _is_fine(self, file: DroppedFile) -> bool:
        return (
            file.is_usable
            and file.use is not Use.LEGACY
            and not (file.use is Use.PICTURE and self._destination.is_blind)
        )

    # Dragging.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._follow(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._follow(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on what was dropped, as a copy: the source keeps it."""
        self._follow(event)
        self.hide()
        if event.isAccepted():
            self.dropped.emit(event.mimeData(), self._is_over_new_chat)

    def _follow(self, event: QDropEvent) -> None:
        is_over = self._offers_new_chat and self._second_target().contains(event.position())
        if is_over is not self._is_over_new_chat:
            self._is_over_new_chat = is_over
            self.update()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self.can_drop)

    # Painting.

    def _of(self, widget: QWidget) -> QRectF:
        return QRectF(QRect(widget.mapTo(self.window(), widget.rect().topLeft()), widget.size()))

    def _main_target(self) -> QRectF:
        inset = self._appearance.theme.length("s")
        return self._of(self._area).adjusted(inset, inset, -inset, -inset)

    def _second_target(self) -> QRectF:
        theme = self._appearance.theme
        if self._new_chat_area.isVisible():
            return self._of(self._new_chat_area)
        main, pad = self._main_target(), theme.length("m")
        label = QFontMetrics(theme.font("ui", strong=True)).horizontalAdvance(self.tr("New chat with these"))
        width = label + theme.length("icon.ui") + 4 * pad
        corner = QRectF(main.left() + pad, main.top() + pad, width, theme.length("button"))
        return self._mirrored(corner, main)

    def _mirrored(self, rect: QRectF, frame: QRectF) -> QRectF:
        if self.isLeftToRight():
            return rect
        return QRectF(QStyle.visualRect(self.layoutDirection(), frame.toRect(), rect.toRect()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setOpacity(float(self._fade.currentValue() or 0.0) if self._fade.duration() else 1.0)
        main, can_drop = self._main_target(), self.can_drop
        shade, accent = theme.color("page"), theme.color("accentSoft")
        shade.setAlphaF(_PAGE_SHARE)
        accent.setAlphaF(_ACCENT_SHARE)
        radius = theme.length("card")
        draw_box(painter, main, radius, shade)
        if can_drop:
            draw_box(painter, main, radius, accent)
        is_aimed = can_drop and not self._is_over_new_chat
        self._dash(painter, main, radius, "accent" if is_aimed else "borderControl", 2)
        self._paint_card(painter, main)
        if can_drop and self._offers_new_chat:
            self._paint_second(painter, self._second_target())

    def _dash(self, painter: QPainter, rect: QRectF, radius: float, color: str, width: float) -> None:
        theme = self._appearance.theme
        pen = QPen(theme.color(color), width * theme.scale, Qt.PenStyle.DashLine)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = pen.widthF() / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)
        painter.restore()

    def _paint_second(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._appearance.theme
        radius, pad, icon = theme.length("radius.control"), theme.length("m"), theme.length("icon.ui")
        draw_box(painter, rect, radius, theme.color("accentSoft" if self._is_over_new_chat else "raised"))
        self._dash(painter, rect, radius, "accent", 2 if self._is_over_new_chat else 1)
        area = self._mirrored(QRectF(rect.left() + pad, rect.top(), icon, rect.height()), rect)
        draw_icon(painter, theme, "square-pen", theme.color("text"), area, icon)
        label = QRectF(rect.left() + 2 * pad + icon, rect.top(), rect.width() - 3 * pad - icon, rect.height())
        text, keys = self.tr("New chat with these"), self._appearance.shortcuts.shown(CommandId.NEW_CHAT)
        keys_width = QFontMetrics(theme.font("caption")).horizontalAdvance(keys) + 1
        end = QRectF(label.right() - keys_width, label.top(), keys_width, label.height())
        if QFontMetrics(theme.font("ui", strong=True)).horizontalAdvance(text) <= end.left() - label.left() - pad:
            self._text(painter, self._mirrored(end, rect), keys, "caption", "textSecondary")
        self._text(painter, self._mirrored(label, rect), text, "ui", "text", strong=True)

    def _paint_card(self, painter: QPainter, main: QRectF) -> None:
        """Paint the heading, the card with the files, and below it where they go, in the middle of the target."""
        theme = self._appearance.theme
        title, subtitle = self._heading()
        whereto = self._destination_text()
        row, gap = _ROW * theme.scale, theme.length("m")
        role = "display" if self._fits(title, main.width() - 2 * gap) else "title"
        head = theme.line(role) + (theme.line("ui") + theme.length("xs") if subtitle else 0) + theme.length("xxl")
        foot = (theme.line("ui") + gap) * bool(whereto) + (theme.line("caption") + gap) * (len(self._files) > 1)
        rows = min(len(self._files), _MAX_ROWS, max(1, int((main.height() - head - foot - 2 * gap) // row)))
        rest = self._rest(rows)
        width = min(_CARD * theme.scale, main.width() - 2 * theme.length("l"))
        x, y = main.center().x() - width / 2, main.center().y() - (head + rows * row + foot) / 2
        centre = Qt.AlignmentFlag.AlignHCenter
        wide = QRectF(main.left() + gap, y, main.width() - 2 * gap, theme.line(role))
        self._text(painter, wide, title, role, "text" if self.can_drop else "warning", align=centre)
        if subtitle:
            below = wide.translated(0, theme.line(role) + theme.length("xs"))
            below.setHeight(theme.line("ui"))
            self._text(painter, below, subtitle, "ui", "textSecondary", align=centre)
        card = QRectF(x, y + head, width, rows * row)
        if rows:
            border = theme.color("accentBorder" if self.can_drop else "borderDefault")
            draw_box(painter, card, theme.length("card"), theme.color("raised"), border, theme.stroke("border"))
        for index, file in enumerate(self._files[:rows]):
            area = QRectF(x, card.top() + index * row, width, row)
            if index:
                draw_line(painter, area.topLeft(), width, theme.color("borderSubtle"))
            self._paint_file(painter, area, file)
        bottom = card.bottom() + gap
        if rest:
            more = QRectF(wide.left(), bottom, wide.width(), theme.line("caption"))
            self._text(painter, more, rest, "caption", "textSecondary", align=centre)
            bottom = more.bottom() + gap
        if whereto:
            self._paint_destination(painter, QRectF(wide.left(), bottom, wide.width(), theme.line("ui")), whereto)

    def _fits(self, title: str, width: float) -> bool:
        """Return whether a heading fits in the largest font."""
        return QFontMetrics(self._appearance.theme.font("display")).horizontalAdvance(title) <= width

    def _paint_file(self, painter: QPainter, row: QRectF, file: DroppedFile) -> None:
        theme = self._appearance.theme
        pad, tile, icon = theme.length("m"), _TILE * theme.scale, theme.length("icon.ui")
        area = self._mirrored(QRectF(row.left() + pad, row.center().y() - tile / 2, tile, tile), row)
        draw_box(painter, area, theme.length("radius.small"), theme.color("bubble"))
        draw_icon(painter, theme, self._icon(file), theme.color("textSecondary"), area, icon)
        is_fine, use = self._is_fine(file), self._use(file)
        left, right = row.left() + 2 * pad + tile, row.right() - pad
        use_width = min(QFontMetrics(theme.font("ui")).horizontalAdvance(use) + 1, (right - left) * 0.6)
        label = QRectF(right - use_width, row.top(), use_width, row.height())
        self._text(painter, self._mirrored(label, row), use, "ui", "textSecondary" if is_fine else "warning")
        mark = QRectF(label.left() - icon - theme.length("s"), row.top(), icon, row.height())
        name, color = ("check", "success") if is_fine else ("triangle-alert", "warning")
        draw_icon(painter, theme, name, theme.color(color), self._mirrored(mark, row), icon)
        lines = theme.line("ui") + theme.line("caption")
        first = QRectF(left, row.center().y() - lines / 2, mark.left() - left - pad, theme.line("ui"))
        second = QRectF(first.left(), first.bottom(), first.width(), theme.line("caption"))
        middle = Qt.TextElideMode.ElideMiddle
        self._text(painter, self._mirrored(first, row), self._name(file), "ui", "text", elide=middle)
        self._text(painter, self._mirrored(second, row), self._facts(file), "caption", "textSecondary")

    def _icon(self, file: DroppedFile) -> str:
        if file.use is Use.SOURCES:
            return "folder"
        return "image" if file.use is Use.PICTURE else kind_icon(file.kind) if file.kind else "file-text"

    def _paint_destination(self, painter: QPainter, line: QRectF, text: str) -> None:
        theme = self._appearance.theme
        icon, gap = theme.length("icon.ui"), theme.length("s")
        advance = QFontMetrics(theme.font("ui")).horizontalAdvance(text) + 1
        width = min(line.width(), icon + gap + advance)
        area = QRectF(line.center().x() - width / 2, line.top(), icon, line.height())
        name, color = ("globe", "textSecondary") if self._destination.server else ("shield-check", "success")
        draw_icon(painter, theme, name, theme.color(color), self._mirrored(area, line), icon)
        label = QRectF(area.right() + gap, line.top(), width - icon - gap, line.height())
        self._text(painter, self._mirrored(label, line), text, "ui", "textSecondary")

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        role: str,
        color: str,
        *,
        strong: bool | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        theme = self._appearance.theme
        painter.setFont(theme.font(role, strong=strong))
        painter.setPen(theme.color(color))
        shown = painter.fontMetrics().elidedText(text, elide, int(rect.width()))
        alignment = QStyle.visualAlignment(self.layoutDirection(), align) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, alignment, shown)
