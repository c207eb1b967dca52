"""Console view: the messages of the page, its blocked network requests, and a button that asks for a fix."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.sliced_work import SlicedWork
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments

_Index = QModelIndex | QPersistentModelIndex
_MAX_SHOWN_LENGTH = 1_500
"""Characters of a line that are shown; the full text is copied."""
_SHORT_LENGTH = 120
"""Maximum characters of a text that is measured immediately."""
_MAX_MEASURED_IMMEDIATELY = 30
"""Number of longer texts that are measured immediately."""
_MAX_HEIGHTS = 4_000
"""Several times the number of lines of a console."""
_STYLES = {
    Severity.INFO: ("chevron-right", "textTertiary", "text", ""),
    Severity.WARNING: ("triangle-alert", "warning", "warning", "warningSoft"),
    Severity.ERROR: ("circle-x", "danger", "danger", "dangerSoft"),
}


class ConsoleModel(QAbstractListModel):
    """List model of the console lines.

    `severity_name` returns the accessible name of a severity; `location_of` returns the position in the code as text.
    """

    def __init__(
        self, severity_name: Callable[[Severity], str], location_of: Callable[[ConsoleLine], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._severity_name = severity_name
        self.location_of = location_of
        self._lines: tuple[ConsoleLine, ...] = ()

    def show(self, lines: Sequence[ConsoleLine]) -> None:
        """Show these lines. The common lines are kept, even if lines at the beginning were removed."""
        new, old = tuple(lines), self._lines
        if removed_count := _removed_at_start(old, new):
            self.beginRemoveRows(QModelIndex(), 0, removed_count - 1)
            self._lines = old = old[removed_count:]
            self.endRemoveRows()
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        if same < len(old):
            self.beginRemoveRows(QModelIndex(), same, len(old) - 1)
            self._lines = old[:same]
            self.endRemoveRows()
        if same < len(new):
            self.beginInsertRows(QModelIndex(), same, len(new) - 1)
            self._lines = new
            self.endInsertRows()

    def line(self, row: int) -> ConsoleLine:
        """Return the line of a row."""
        return self._lines[row]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (self._severity_name(line.severity), line.text[:_MAX_SHOWN_LENGTH], self.location_of(line))
                return listed(parts)
        return None


def _removed_at_start(old: Sequence[ConsoleLine], new: Sequence[ConsoleLine]) -> int:
    """Return how many lines were removed at the beginning; 0 if none were, or if no old line remains."""
    if not old or not new or old[0] == new[0]:
        return 0
    removed_count = next((row for row, line in enumerate(old) if line == new[0]), 0)
    # The last line may have been repeated, which changes its count.
    return removed_count if old[removed_count:-1] == new[: len(old) - removed_count - 1] else 0


class ConsoleDelegate(QStyledItemDelegate):
    """Paints console lines, each as high as its text needs: icon, text, count and position in the code.

    Qt asks for the heights of all rows whenever rows are added, and laying out a thousand long texts takes half a second.
    Therefore heights are cached, and if there are too many new long texts, their heights are estimated at first: `measuring_needed` is
    emitted, and `measure_waiting` replaces the estimates.
    """

    measuring_needed = Signal()

    def __init__(self, appearance: Appearance, model: ConsoleModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._model = model
        self._view = view
        self.measured = 0
        """Number of texts measured so far, for tests."""
        self._heights: dict[tuple[str, int], int] = {}
        """Measured heights by text and available width, for the theme in `_theme`."""
        self._theme: object = None
        self._unmeasured: dict[tuple[str, int], None] = {}
        self._left_to_measure = _MAX_MEASURED_IMMEDIATELY

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = self._appearance.theme
        if self._theme is not theme or len(self._heights) > _MAX_HEIGHTS:
            self._theme = theme
            self._heights.clear()
            self._unmeasured.clear()
        width = self._view.viewport().width()
        key = (
            self._model.line(index.row()).text[:_MAX_SHOWN_LENGTH],
            self._text_rect(QRect(0, 0, width, 0), index).width(),
        )
        return QSize(width, self._height(key) + theme.length("s"))

    def measure_waiting(self) -> Iterator[None]:
        """Measure the texts with estimated heights; yields after each."""
        while self._unmeasured:
            key, _ = self._unmeasured.popitem()
            self._heights[key] = self._measured(key)
            yield
        self._left_to_measure = _MAX_MEASURED_IMMEDIATELY

    def _height(self, key: tuple[str, int]) -> int:
        if (height := self._heights.get(key)) is not None:
            return height
        if len(key[0]) <= _SHORT_LENGTH or self._left_to_measure > 0:
            self._left_to_measure -= len(key[0]) > _SHORT_LENGTH
            self._heights[key] = height = self._measured(key)
            return height
        if not self._unmeasured:
            self.measuring_needed.emit()
        self._unmeasured[key] = None
        return self._estimated(key)

    def _measured(self, key: tuple[str, int]) -> int:
        text, width = key
        self.measured += 1
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        metrics = QFontMetrics(self._appearance.theme.font("code"))
        return metrics.boundingRect(0, 0, width, 100_000, flags, text or " ").height()

    def _estimated(self, key: tuple[str, int]) -> int:
        text, width = key
        metrics = QFontMetrics(self._appearance.theme.font("code"))
        rows = len(text) * metrics.averageCharWidth() // max(1, width) + text.count("\n") + 1
        return rows * metrics.lineSpacing()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._appearance.theme
        line = self._model.line(index.row())
        icon, icon_ink, ink, ground = _STYLES[line.severity]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or ground:
            painter.fillRect(rect, theme.color("selected" if selected else ground))
        draw_line(painter, rect.bottomLeft().toPointF(), rect.width(), theme.color("borderSubtle"))
        text = self._text_rect(rect, index)
        size, row = theme.length("icon.small"), QFontMetrics(theme.font("code")).height()
        icon_rect = QRectF(rect.left() + theme.length("m"), text.top(), theme.length("icon.ui"), row)
        draw_icon(painter, theme, icon, theme.color(icon_ink), icon_rect, size)
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color(ink))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        painter.drawText(text, flags, line.text[:_MAX_SHOWN_LENGTH])
        painter.setFont(theme.font("caption"))
        right = rect.right() - theme.length("m")
        if where := self._model.location_of(line):
            width = QFontMetrics(painter.font()).horizontalAdvance(where)
            painter.setPen(theme.color("accentText"))
            painter.drawText(QRect(right - width, text.top(), width + 1, row), Qt.AlignmentFlag.AlignVCenter, where)
            right -= width + theme.length("s")
        if line.times > 1:
            count = str(line.times)
            width = QFontMetrics(painter.font()).horizontalAdvance(count) + theme.length("s") + theme.length("xs")
            pill = QRectF(right - width, text.top(), width, row)
            draw_box(painter, pill, row / 2, theme.color("bubble"))
            painter.setPen(theme.color("textSecondary"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, count)

    def _text_rect(self, rect: QRect, index: _Index) -> QRect:
        """Return the rectangle of the text: between the icon on the left and the count and position on the right."""
        theme = self._appearance.theme
        line = self._model.line(index.row())
        metrics = QFontMetrics(theme.font("caption"))
        right = theme.length("m")
        if where := self._model.location_of(line):
            right += metrics.horizontalAdvance(where) + theme.length("s")
        if line.times > 1:
            right += metrics.horizontalAdvance(str(line.times)) + 2 * theme.length("s") + theme.length("xs")
        left = theme.length("m") + theme.length("icon.ui") + theme.length("s")
        return rect.adjusted(left, theme.length("xs"), -right, -theme.length("xs"))


_FILTERS = {
    "all": frozenset(Severity),
    "warnings": frozenset({Severity.WARNING, Severity.ERROR}),
    "errors": frozenset({Severity.ERROR}),
}
_MAX_HOSTS = 12


class ConsoleView(Translated, QWidget):
    """Console of one page. `location_of` returns the position in the code that a line refers to, as text; empty if unknown."""

    clear_requested = Signal()
    fix_requested = Signal()
    line_chosen = Signal(ConsoleLine)

    def __init__(self, appearance: Appearance, location_of: Callable[[ConsoleLine], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines: Sequence[ConsoleLine] = ()
        self._hosts: Mapping[str, int] = {}
        self._filter = Segments(appearance, "", self)
        self._filter.setObjectName("consoleFilter")
        self._fix = Button(appearance, "", ButtonKind.FILLED, self, icon="wrench", small=True)
        self._fix.setObjectName("fixErrors")
        self._fix.clicked.connect(self.fix_requested)
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyConsole")
        self._copy.clicked.connect(self._copy_all)
        self._clear = IconButton(appearance, "trash-2", self, size=IconButtonSize.ROW)
        self._clear.setObjectName("clearConsole")
        self._clear.clicked.connect(self.clear_requested)
        self._blocked = Notice(appearance, self, NoticeKind.WARNING)
        self._blocked.setObjectName("blockedHosts")
        self._empty = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._empty.setObjectName("consoleEmpty")
        self._model = ConsoleModel(self._severity_name, location_of, self)
        self.list = _List(self)
        self.list.setObjectName("console")
        self.list.setModel(self._model)
        self._rows = ConsoleDelegate(appearance, self._model, self.list)
        self.list.setItemDelegate(self._rows)
        self._follows = True
        """Whether the view scrolls to new lines."""
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.list.verticalScrollBar().rangeChanged.connect(self._follow_end)
        self._measuring = SlicedWork(self)
        self._measuring.progressed.connect(self._apply_heights)
        begin = QTimer(self, interval=0, singleShot=True)
        begin.timeout.connect(lambda: self._measuring.start(self._rows.measure_waiting()))
        self._rows.measuring_needed.connect(begin.start)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.copy_pressed.connect(self._copy_line)
        self._filter.chosen.connect(lambda _key: self._show_lines())
        self._bar = QHBoxLayout()
        self._bar.addWidget(self._filter)
        self._bar.addStretch(1)
        for part in (self._fix, self._copy, self._clear):
            self._bar.addWidget(part)
        self._notices = QVBoxLayout()
        self._notices.addWidget(self._blocked)
        self._notices.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._bar)
        layout.addLayout(self._notices)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._retranslate()
        appearance.bind(self._restyle)

    def show_lines(self, lines: Sequence[ConsoleLine]) -> None:
        """Show the messages of the page."""
        self._lines = lines
        self._show_lines()

    def show_blocked(self, hosts: Mapping[str, int]) -> None:
        """Show the blocked hosts with the number of requests to each."""
        self._hosts = hosts
        self._show_hosts()

    def _show_lines(self) -> None:
        severities = _FILTERS[self._filter.key()]
        shown = [line for line in self._lines if line.severity in severities]
        follows = self._follows
        self._model.show(shown)
        if follows:
            self.list.scrollToBottom()
        self._fix.setVisible(any(line.severity is Severity.ERROR for line in self._lines))
        self._copy.setEnabled(bool(shown))
        self._clear.setEnabled(bool(self._lines))
        self._empty.setVisible(not shown)
        self._empty.set_text(
            self.tr("No messages of this type.") if self._lines else self.tr("The page has written no messages.")
        )

    def _apply_heights(self) -> None:
        """Replace the estimated row heights once all texts are measured."""
        if self._measuring.active:
            return
        self.list.doItemsLayout()

    def _follow_end(self, _minimum: int, maximum: int) -> None:
        """Stay at the end, also when the rows or the view get another height."""
        if self._follows:
            self.list.verticalScrollBar().setValue(maximum)

    def _on_scrolled(self, value: int) -> None:
        """Remember whether the view is scrolled to the end."""
        self._follows = value >= self.list.verticalScrollBar().maximum() - 1

    def _show_hosts(self) -> None:
        self._blocked.setVisible(bool(self._hosts))
        count = sum(self._hosts.values())
        most = sorted(self._hosts.items(), key=lambda item: -item[1])[:_MAX_HOSTS]
        hosts = listed(f"{host or '…'} ({times})" if times > 1 else host or "…" for host, times in most)
        blocked_text = self.tr("%n network request(s) blocked: ", "", count) + hosts + "\n"
        self._blocked.show_text(
            blocked_text + self.tr("Previews have no network access. Ask for a version that works offline.")
        )

    def _choose(self, index: QModelIndex) -> None:
        self.line_chosen.emit(self._model.line(index.row()))

    def _copy_line(self) -> None:
        if (index := self.list.currentIndex()).isValid():
            QGuiApplication.clipboard().setText(self._model.line(index.row()).text)

    def _copy_all(self) -> None:
        severities = _FILTERS[self._filter.key()]
        lines = (line for line in self._lines if line.severity in severities)
        texts = (f"{line.text} (×{line.times})" if line.times > 1 else line.text for line in lines)
        QGuiApplication.clipboard().setText("\n".join(texts))

    def _severity_name(self, severity: Severity) -> str:
        match severity:
            case Severity.INFO:
                return ""
            case Severity.WARNING:
                return self.tr("Warning")
            case Severity.ERROR:
                return self.tr("Error")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("s")
        self._bar.setContentsMargins(theme.length("m"), margin, theme.length("m"), margin)
        self._bar.setSpacing(theme.length("xs"))
        self._notices.setContentsMargins(theme.length("m"), 0, theme.length("m"), margin)
        self.list.setPalette(make_palette(theme, "sunken"))
        self.list.doItemsLayout()

    def _retranslate(self) -> None:
        self._filter.set_segments(
            [("all", self.tr("All")), ("warnings", self.tr("Warnings")), ("errors", self.tr("Errors"))]
        )
        self._filter.setAccessibleName(self.tr("Messages shown"))
        self._fix.setText(self.tr("Ask for a fix"))
        self._copy.set_name(self.tr("Copy console"))
        self._clear.set_name(self.tr("Clear console"))
        self.list.setAccessibleName(self.tr("Console"))
        self._show_lines()
        self._show_hosts()


class _List(ListView):
    """List with rows of different heights. Ctrl+C copies the current line."""

    copy_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
