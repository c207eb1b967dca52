"""The list of the files to choose from, with folders that open."""

from PySide6.QtCore import QLocale, QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from chatdesk.features.chat.ui.composer.sources.source_tree import SourceNode, SourceTree
from chatdesk.kernel.documents.kinds import type_by_name
from chatdesk.kernel.documents.sources import SourceUse
from chatdesk.ui_kit.lists.row_list import CountedRows, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.pictures.attachment_facts import kind_icon
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_check_box, draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.counts import counted, listed
from chatdesk.ui_kit.text.safe_text import plain_line

_INDENT = 20
"""Pixels of a level at 100 %."""
_MAX_INDENT = 8
_LEAST_ROWS, _SHOWN_ROWS = 4, 10
_CHEVRON = 1
_NUMBER_WIDTH = 76


class _Rows(CountedRows):
    """The rows that are shown of the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = SourceTree("", ())
        self.nodes: list[SourceNode] = []

    def show(self) -> None:
        """Show what the tree shows now."""
        self.nodes = self.tree.rows()
        self.set_count(len(self.nodes))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, whether it is chosen, and what a screen reader says."""
        node = self.nodes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain_line(node.name)
            case Qt.ItemDataRole.CheckStateRole:
                return check_state(node)
            case Qt.ItemDataRole.AccessibleTextRole:
                return listed((plain_line(node.name), self._state(node), *([self.size(node)] if node.file else [])))
            case _:
                return None

    def _state(self, node: SourceNode) -> str:
        if not node.file:
            chosen = self.tr("{chosen} of {count} chosen")
            return chosen.format(chosen=QLocale().toString(node.checked), count=QLocale().toString(node.count))
        return self.tr("chosen") if node.checked else self.tr("not chosen")

    def size(self, node: SourceNode) -> str:
        """Return how large a file is, or how many files a folder has."""
        if not node.file:
            return counted(lambda count: self.tr("%n file(s)", "", count), node.count)
        traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
        size = QLocale().formattedDataSize(node.file.size, 0, traditional)
        if node.file.use is SourceUse.GENERATED:
            return self.tr("{size}, generated").format(size=size)
        return self.tr("{size}, attached separately").format(size=size) if is_document(node) else size


def check_state(node: SourceNode) -> Qt.CheckState:
    """Return whether everything, something or nothing of a node is chosen."""
    if not node.checked:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if node.checked == node.count else Qt.CheckState.PartiallyChecked


def is_document(node: SourceNode) -> bool:
    """Return whether the node is a file that is attached on its own."""
    return bool(node.file and node.file.use is SourceUse.DOCUMENT)


class SourceList(RowList):
    """The list. Space and clicks choose a row; the arrow keys and the chevron open and close folders."""

    changed = Signal()
    """Other files are chosen."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("sourceList")
        self.rows = _Rows()
        self._most = self.maximumHeight()
        self.setModel(self.rows)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Delegate(appearance, self))
        appearance.bind(self._fit)

    def show_tree(self, tree: SourceTree) -> None:
        """Show the files."""
        self.rows.tree = tree
        self._show_rows(tree.root)

    def search(self, text: str) -> None:
        """Show only files with these words in their paths."""
        self.rows.tree.search(text)
        self._show_rows(self.rows.tree.root)

    def set_most(self, height: int) -> None:
        """Set the maximum height, in pixels."""
        self._most = height
        self._fit()

    def _show_rows(self, current: SourceNode) -> None:
        self.rows.show()
        self.setCurrentIndex(self.rows.index(self.rows.nodes.index(current)))
        self.viewport().update()
        self._fit()

    def _fit(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "raised"))
        rows = max(_LEAST_ROWS, min(_SHOWN_ROWS, self.rows.tree.root.count + 1))
        self.setFixedHeight(min(rows * theme.length("rowMenu"), self._most))

    def _node(self, index: QModelIndex) -> SourceNode | None:
        return self.rows.nodes[index.row()] if index.isValid() else None

    def _toggle(self, node: SourceNode) -> None:
        self.rows.tree.toggle(node)
        self.viewport().update()
        current = self.currentIndex()
        self.rows.dataChanged.emit(current, current, [Qt.ItemDataRole.CheckStateRole])
        self.changed.emit()

    def _set_open(self, node: SourceNode, *, is_open: bool) -> None:
        node.is_open = is_open
        self._show_rows(node)

    def indent(self, node: SourceNode) -> float:
        """Return where a row begins, in pixels from the edge."""
        theme = self._appearance.theme
        return theme.length("xs") + min(node.depth, _MAX_INDENT) * _INDENT * theme.scale

    def over_button(self, position: QPoint) -> int:
        """Return whether the chevron of a folder is at a point."""
        index = self.indexAt(position)
        node = self._node(index)
        if node is None or not node.children:
            return 0
        rect = self.visualRect(index)
        x = position.x() - rect.left() if self.isLeftToRight() else rect.right() - position.x()
        return _CHEVRON if self.indent(node) <= x < self.indent(node) + self._appearance.theme.length("rowMenu") else 0

    def _press_button(self, index: QModelIndex, _position: QPoint) -> None:
        node = self._node(index)
        if node:
            self._set_open(node, is_open=not node.is_open)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        position = event.position().toPoint()
        node = self._node(self.indexAt(position))
        if node and event.button() is Qt.MouseButton.LeftButton and not self.over_button(position):
            self._toggle(node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        node, key = self._node(self.currentIndex()), event.key()
        forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if not self.isLeftToRight():
            forward, back = back, forward
        if node is None or key not in {Qt.Key.Key_Space, forward, back}:
            super().keyPressEvent(event)
            return
        self._use_keyboard(used=True)
        if key == Qt.Key.Key_Space:
            self._toggle(node)
        elif key == forward and node.children and not node.is_open:
            self._set_open(node, is_open=True)
        elif key == back and node.children and node.is_open:
            self._set_open(node, is_open=False)
        elif key == back and node.parent in self.rows.nodes:
            self.setCurrentIndex(self.rows.index(self.rows.nodes.index(node.parent)))

    def _tooltip(self, position: QPoint) -> tuple[str, ...]:
        node = self._node(self.indexAt(position))
        return (plain_line(node.file.path if node.file else node.name),) if node else ()


class _Delegate(RowDelegate[SourceList]):
    """Paints a row: chevron, check box, icon, name, size, tokens."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node, state = self._view.rows.nodes[index.row()], RowState.of(option, self._view)
        theme, rect = self._appearance.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, gap, icon = theme.length("radius.small"), theme.length("s"), theme.length("icon.ui")
        if state.hovered:
            draw_box(painter, rect, radius, theme.color("hover"))
        if state.focused:
            draw_box(painter, rect, radius, border=theme.color("focus"), width=theme.stroke("focus"))

        def part_rect(left: float, width: float) -> QRectF:
            box = QRectF(rect.left() + left, rect.top(), width, rect.height())
            if option.direction == Qt.LayoutDirection.RightToLeft:
                return QRectF(QStyle.visualRect(option.direction, rect.toRect(), box.toRect()))
            return box

        left = self._view.indent(node)
        if node.children:
            name = "chevron-down" if self._view.rows.tree.is_open(node) else "chevron-right"
            draw_icon(
                painter, theme, name, theme.color("textSecondary"), part_rect(left, theme.length("rowMenu")), icon
            )
        left += theme.length("rowMenu")
        box = part_rect(left, icon)
        square = QRectF(box.left(), box.center().y() - icon / 2, icon, icon)
        checked = check_state(node)
        is_partly = checked is Qt.CheckState.PartiallyChecked
        draw_check_box(painter, theme, square, ControlState(checked=bool(node.checked)), partly=is_partly)
        left += icon + gap
        found = type_by_name(node.name)
        picture = "folder" if not node.file else kind_icon(found.kind) if found else "file-text"
        draw_icon(painter, theme, picture, theme.color("textSecondary"), part_rect(left, icon), icon)
        left += icon + gap
        right = rect.width() - theme.length("m")
        numbers, tokens = _NUMBER_WIDTH * theme.scale, QLocale().toString(node.tokens) if node.tokens else ""
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("ui"))
        draw_text(painter, part_rect(right - numbers, numbers), tokens, theme.color("textSecondary"), end)
        right -= numbers
        painter.setFont(theme.font("caption"))
        size = self._view.rows.size(node)
        width = min(painter.fontMetrics().horizontalAdvance(size) + gap, (right - left) / 2)
        draw_text(painter, part_rect(right - width, width), size, theme.color("textTertiary"), end)
        right -= width + gap
        painter.setFont(theme.font("ui"))
        text = painter.fontMetrics().elidedText(plain_line(node.name), Qt.TextElideMode.ElideMiddle, int(right - left))
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, part_rect(left, right - left), text, theme.color("text"), start)
        painter.restore()
