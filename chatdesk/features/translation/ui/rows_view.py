"""Scrolling column of all rows. Only the visible rows and the focused one have widgets, which are reused."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from chatdesk.features.translation.domain.document import TranslationRow
from chatdesk.features.translation.ui.row_view import CAPTION_GUTTER, TEXT_INDENT, RowContent, RowView, has_time
from chatdesk.ui_kit.lists.height_index import HeightIndex
from chatdesk.ui_kit.lists.scrolling import OverlayScrollBar
from chatdesk.ui_kit.style.appearance import Appearance

_PREPARED_SHARE = 0.3
"""Share of a page for which rows above and below the view are prepared."""
_STEP = 48
_TAB = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason})

ContentFunction = Callable[[TranslationRow, int], RowContent]
"""Returns the content of a row; the number is its position, starting from 1."""


class RowsView(QAbstractScrollArea):
    """Column of rows. Tab moves through them in order; `left` is emitted when it leaves the column (True: forwards)."""

    source_written = Signal(int, str, bool)
    result_written = Signal(int, str, bool)
    acted = Signal(int, str)
    current_changed = Signal()
    file_offered = Signal(Path)
    versions_requested = Signal()
    left = Signal(bool)

    def __init__(self, appearance: Appearance, content: ContentFunction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._content = content
        self._rows: Sequence[TranslationRow] = ()
        self._positions: dict[int, int] = {}
        self._heights = HeightIndex()
        self._bound_views: dict[int, RowView] = {}
        self._free_views: list[RowView] = []
        self._laying_out = False
        self._anchor = (-1, 0)
        """Number of the row at the top of the view, and how many of its pixels are above."""
        self._has_times = False
        self.current = -1
        """Number of the row that had the focus last; -1 for none."""
        self.follows = False
        """Whether the row being translated is kept in view, until the user scrolls."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OverlayScrollBar(self)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().sliderMoved.connect(self._stop_following)
        appearance.changed.connect(self._restyle)

    @property
    def stacked(self) -> bool:
        """Whether results are below their sources instead of beside them."""
        return self.viewport().width() < self._appearance.theme.length("sidebarOverlaysBelow")

    def show_rows(self, rows: Sequence[TranslationRow]) -> None:
        """Show the rows; existing ones keep their heights."""
        known = {row.number: self._heights[position] for position, row in enumerate(self._rows)}
        positions = self._positions
        self._rows = rows
        self._positions = {row.number: position for position, row in enumerate(rows)}
        self._has_times = any(map(has_time, rows))
        self._heights = HeightIndex(known.get(row.number) or self._estimate(row) for row in rows)
        left = -1
        for number in [number for number in self._bound_views if number not in self._positions]:
            if self._has_keyboard(self._bound_views[number]):
                left = positions[number]
            self._release(number)
        if self.current not in self._positions:
            self.current = -1
        self.lay_out(rebuild=True)
        if left >= 0:
            self._enter(min(left, len(rows) - 1), last=False)

    def update_rows(self, rows: Sequence[TranslationRow], changed: frozenset[int]) -> list[TranslationRow]:
        """Update the changed rows, and return them. The set of rows is unchanged."""
        self._rows = rows
        moved = False
        for number in changed & self._bound_views.keys():
            moved |= self._show(number)
        if moved:
            self.lay_out()
        return [rows[self._positions[number]] for number in changed if number in self._positions]

    def follow(self, number: int) -> None:
        """Scroll a row into view while it is being translated, if `follows` is set."""
        position = self._positions.get(number)
        if position is None or not self.follows:
            return
        bar = self.verticalScrollBar()
        bottom = self._heights.top(position) + self._heights[position]
        if bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height() + self._appearance.theme.length("section"))

    def view_of(self, number: int) -> RowView | None:
        """Return the widget of a row; None if it has none."""
        return self._bound_views.get(number)

    def focus_row(self, number: int, *, result: bool = False) -> None:
        """Focus a row."""
        self._enter(self._positions.get(number, 0), last=False, result=result)

    def commit(self) -> None:
        """Report the unreported edits of the focused text."""
        focused = QApplication.focusWidget()
        for view in tuple(self._bound_views.values()):
            for edit in (view.source, view.result):
                if edit is focused:
                    edit.commit()

    def lay_out(self, *, rebuild: bool = False, scrolled: bool = False) -> None:
        """Bind a widget to every visible row and position it. The anchor row stays in place, unless the view was scrolled."""
        if self._laying_out or not self._rows:
            return
        self._laying_out = True
        bar, page = self.verticalScrollBar(), self.viewport().height()
        number, offset = self._anchor
        anchor = -1 if scrolled else self._positions.get(number, -1)
        if anchor < 0:
            anchor = self._heights.at(bar.value())
            offset = bar.value() - self._heights.top(anchor)
        fresh = set(self._bound_views) if rebuild else set[int]()
        for _ in range(4):
            first, last = self._range(bar.value(), page)
            settled = True
            for position in range(first, last + 1):
                number = self._rows[position].number
                if number not in self._bound_views or number in fresh:
                    fresh.discard(number)
                    settled &= not self._show(number)
            beyond = self._appearance.theme.length("page") if len(self._rows) > 1 else 0
            bar.setRange(0, max(0, self._heights.total + beyond - page))
            bar.setPageStep(page)
            bar.setValue(self._heights.top(anchor) + min(offset, self._heights[anchor]))
            if settled:
                break
        top = self._heights.at(bar.value())
        self._anchor = (self._rows[top].number, bar.value() - self._heights.top(top))
        first, last = self._range(bar.value(), page)
        commit = {self._rows[position].number for position in range(first, last + 1)}
        for number in [number for number in self._bound_views if number not in commit]:
            if not self._has_keyboard(self._bound_views[number]):
                self._release(number)
        for number, view in self._bound_views.items():
            position = self._positions[number]
            view.setGeometry(
                0, self._heights.top(position) - bar.value(), self.viewport().width(), self._heights[position]
            )
            view.show()
        self._laying_out = False

    @staticmethod
    def _has_keyboard(view: RowView) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and view.isAncestorOf(focused)

    def _range(self, top: int, page: int) -> tuple[int, int]:
        beyond = round(page * _PREPARED_SHARE)
        return self._heights.at(max(0, top - beyond)), (self._heights.at(top + page + beyond) if self._rows else -1)

    def _show(self, number: int) -> bool:
        """Update a row's widget. Return whether its height changed."""
        position = self._positions[number]
        view = self._bound_views.get(number)
        if view is None:
            view = self._bound_views[number] = self._free_views.pop() if self._free_views else self._create_view()
        view.show_content(self._content(self._rows[position], position + 1))
        gutter = round((CAPTION_GUTTER if self._has_times else TEXT_INDENT) * self._appearance.theme.scale)
        view.show()  # hidden widgets do not know their width
        minimum = self.viewport().height() if len(self._rows) == 1 else 0
        height = view.arrange(self.viewport().width(), stacked=self.stacked, gutter=gutter, least=minimum)
        changed = height != self._heights[position]
        self._heights[position] = height
        return changed

    def _create_view(self) -> RowView:
        view = RowView(self._appearance, self.viewport())
        view.source_written.connect(self.source_written)
        view.result_written.connect(self.result_written)
        view.acted.connect(self.acted)
        view.entered.connect(self._entered)
        view.file_offered.connect(self.file_offered)
        view.versions_requested.connect(self.versions_requested)
        view.grown.connect(self._on_height_changed)
        return view

    def _release(self, number: int) -> None:
        view = self._bound_views.pop(number)
        view.hide()
        self._free_views.append(view)

    def _on_height_changed(self, number: int) -> None:
        if number in self._bound_views and self._show(number):
            self.lay_out()

    def _entered(self, number: int) -> None:
        self.current = number
        self.follows = False
        self.current_changed.emit()

    def _estimate(self, row: TranslationRow) -> int:
        theme = self._appearance.theme
        width = self.viewport().width() if self.stacked else self.viewport().width() // 2
        columns = max(10, round(width / (theme.scale * 7.5)) - 6)
        lines = []
        for text in (row.segment.text, row.result):
            characters = max(len(text), len(text.encode("utf-8", "replace")) * 2 // 3)
            lines.append(1 + characters // columns + text.count("\n"))
        return (sum(lines) if self.stacked else max(lines)) * theme.line("reading") + 2 * theme.length("m")

    def _restyle(self) -> None:
        for view in (*self._bound_views.values(), *self._free_views):
            view.restyle()
        self._heights = HeightIndex(self._estimate(row) for row in self._rows)
        self.lay_out(rebuild=True)

    def _stop_following(self) -> None:
        self.follows = False

    def _enter(self, position: int, *, last: bool, result: bool = False) -> None:
        if not 0 <= position < len(self._rows):
            return
        number = self._rows[position].number
        bar, page = self.verticalScrollBar(), self.viewport().height()
        top, height = self._heights.top(position), self._heights[position]
        if top < bar.value() or top + height > bar.value() + page:
            bar.setValue(max(0, top - (page - height) // 2) if height < page else top)
        self.lay_out()
        view = self._bound_views.get(number)
        stops = view.stops() if view else []
        if not stops:
            self._enter(position + (-1 if last else 1), last=last)
            return
        stop = view.result if view and result and view.result in stops else stops[-1 if last else 0]
        stop.setFocus(Qt.FocusReason.BacktabFocusReason if last else Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus in the order of the rows, not in the order in which their widgets were created."""
        focused = QApplication.focusWidget()
        view = next((view for view in self._bound_views.values() if self._has_keyboard(view)), None)
        if view is None or focused is None:
            return super().focusNextPrevChild(forward)
        stops = view.stops()
        at = stops.index(focused) + (1 if forward else -1) if focused in stops else -1
        if 0 <= at < len(stops):
            stops[at].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
            return True
        position = self._positions[view.number] + (1 if forward else -1)
        if 0 <= position < len(self._rows):
            self._enter(position, last=not forward)
        else:
            self.left.emit(forward)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on to the row that had it last, or to the first one."""
        super().focusInEvent(event)
        if event.reason() in _TAB and self._rows:
            backwards = event.reason() is Qt.FocusReason.BacktabFocusReason
            self._enter(self._positions.get(self.current, len(self._rows) - 1 if backwards else 0), last=backwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row with Alt and the arrow keys, and from page to page with the page keys."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            focused = QApplication.focusWidget()
            view = self._bound_views.get(self.current)
            in_result = view is not None and focused is view.result
            position = self._positions.get(self.current, -1) + steps[Qt.Key(event.key())]
            self._enter(min(max(position, 0), len(self._rows) - 1), last=False, result=in_result)
        elif event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and stop following the translation."""
        self._stop_following()
        super().wheelEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.lay_out(scrolled=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            for number in tuple(self._bound_views):
                self._show(number)
        self.lay_out(rebuild=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out again: the width was unknown before."""
        super().showEvent(event)
        self.lay_out(rebuild=True)

    def viewportEvent(self, event: QEvent) -> bool:
        """Focus the last row when the empty part is clicked."""
        if event.type() is QEvent.Type.MouseButtonPress and self._rows:
            self._enter(self._positions.get(self.current, len(self._rows) - 1), last=False)
        return super().viewportEvent(event)
