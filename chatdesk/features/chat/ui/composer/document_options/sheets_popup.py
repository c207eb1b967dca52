"""The popup in which the user chooses the sheets of a workbook that are sent, and their cells."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.kernel.documents.cells import parse_range
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text.counts import counted, token_count
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup

_WIDTH, _SIZES, _TOKENS = 360, 100, 60
"""Widths of the popup and of its columns, in pixels at 100 %."""
_MAX_ROWS = 8
"""More rows scroll."""


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A sheet that can be sent. `cells` are those that its text has, such as `A1:I214`; empty if there are none."""

    name: str
    cells: str
    tokens: int
    is_hidden: bool = False
    formulas: int = 0


class _Check(QCheckBox):
    """A check box that emits a signal when it gets the focus."""

    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class _SheetRow(QWidget):
    """A row: check box, name, size, tokens."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._is_current = False
        self.check = _Check(self)
        self.check.setAccessibleName(name)
        self._name = Label(appearance, "ui", "text", self, text=name, elide=True)
        self._size = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._tokens = Label(appearance, "ui", "textSecondary", self)
        self._tokens.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.check)
        self._row.addWidget(self._name, 1)
        self._row.addWidget(self._size)
        self._row.addWidget(self._tokens)
        appearance.bind(self._arrange)

    def show_size(self, size: str, tokens: str, *, fits: bool) -> None:
        """Show the size and the tokens, which are marked if they alone do not fit the model."""
        self._size.set_text(size)
        self._tokens.set_text(tokens)
        self._tokens.set_color("textSecondary" if fits else "warning")
        self.check.setAccessibleDescription(f"{size}, {tokens}")

    def set_current(self, *, current: bool) -> None:
        """Set whether the cells of this sheet are shown."""
        self._is_current = current
        self.update()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("rowMenu"))
        self._row.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._row.setSpacing(theme.length("s"))
        self._size.setFixedWidth(round(_SIZES * theme.scale))
        self._tokens.setFixedWidth(round(_TOKENS * theme.scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle the sheet."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.check.setFocus(Qt.FocusReason.MouseFocusReason)
            self.check.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._is_current:
            theme = self._appearance.theme
            draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.small"), theme.color("sunken"))


class SheetsPopup(Translated, Popup):
    """The popup. It applies nothing itself: read `selected` when it is finished.

    Space toggles a sheet, and the cells shown are those of the focused one.
    """

    cells_chosen = Signal(str, str)
    """The user typed other cells: the name of the sheet, and cells such as `A1:I214`; empty for all."""
    finished = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, free_tokens: int | None) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("sheetsPopup")
        self._free_tokens = free_tokens
        """Tokens that the model can read, if that is known."""
        self._sheets: tuple[SheetChoice, ...] = ()
        self._rows: list[_SheetRow] = []
        self._current = 0
        self.is_view_requested = False
        """Whether the user closed it to look at the sheets."""
        self._title = Label(appearance, "caption", "textSecondary", self, strong=True, elide=True)
        self._size_title = Label(appearance, "caption", "textSecondary", self)
        self._tokens_title = Label(appearance, "caption", "textSecondary", self)
        self._tokens_title.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._list = QWidget()
        self._list_layout = QVBoxLayout(self._list)
        self._list_layout.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._list)
        self._scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self._cells_label = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._cells = TextField(appearance, "", self, mono=True)
        self._cells.edit.setObjectName("sheetCells")
        self._cells.edit.editingFinished.connect(self._choose_cells)
        self._note = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._note.setObjectName("sheetsNote")
        self._sum = Label(appearance, "ui", "text", self, strong=True, elide=True)
        self._sum.setObjectName("sheetsSum")
        self._look = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._look.clicked.connect(self._request_view)
        self._done = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._done.setObjectName("sheetsDone")
        self._done.clicked.connect(self.close)
        self._head, self._field, self._foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._body = QVBoxLayout()
        self._build()
        self._retranslate()
        appearance.bind(self._arrange)

    def show_sheets(self, sheets: Sequence[SheetChoice], selected: Sequence[int]) -> None:
        """Show the sheets; `selected` are the numbers of those that are sent, from 1."""
        self._sheets = tuple(sheets)
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        for index, sheet in enumerate(sheets):
            row = _SheetRow(self._appearance, plain_line(sheet.name), self._list)
            row.check.setChecked(index + 1 in selected)
            row.check.clicked.connect(partial(self._toggle, index))
            row.check.focused.connect(partial(self._show_cells, index))
            self._list_layout.addWidget(row)
            self._rows.append(row)
        self._show_state()
        self._show_cells(next(iter(selected), 1) - 1)
        self._arrange()

    def update_sheets(self, sheets: Sequence[SheetChoice]) -> None:
        """Show other sizes of the same sheets."""
        self._sheets = tuple(sheets)
        self._show_state()
        self._show_cells(self._current)

    def show_error(self, sentence: str) -> None:
        """Show why the cells could not be read."""
        self._cells.set_error(sentence)

    def selected(self) -> tuple[int, ...]:
        """Return the numbers of the selected sheets."""
        return tuple(number for number, row in enumerate(self._rows, 1) if row.check.isChecked())

    def focus_first(self) -> None:
        """Focus the first selected sheet."""
        if self._rows:
            self._rows[self._current].check.setFocus(Qt.FocusReason.PopupFocusReason)

    def _build(self) -> None:
        for label, stretch in ((self._title, 1), (self._size_title, 0), (self._tokens_title, 0)):
            self._head.addWidget(label, stretch)
        self._field.addWidget(self._cells_label, 1)
        self._field.addWidget(self._cells, 2)
        self._foot.addWidget(self._sum, 1)
        self._foot.addWidget(self._look)
        self._foot.addWidget(self._done)
        self.content.addLayout(self._head)
        self.content.addWidget(self._scroll)
        self.content.addWidget(Rule(self._appearance, self))
        self._body.addLayout(self._field)
        self._body.addWidget(self._note)
        self._body.addLayout(self._foot)
        self.content.addLayout(self._body)

    def _toggle(self, index: int) -> None:
        """Keep one sheet: a document of which nothing is sent would have to be removed instead."""
        if not self.selected():
            self._rows[index].check.setChecked(True)
            self._note.set_text(
                self.tr("At least one sheet must be sent. Remove the file from the message to leave out all.")
            )
            self._note.show()
            self._fit()
            return
        self._show_state()

    def _show_state(self) -> None:
        for row, sheet in zip(self._rows, self._sheets, strict=True):
            tokens = QLocale().toString(sheet.tokens)
            row.show_size(
                self._size(sheet), tokens, fits=self._free_tokens is None or sheet.tokens <= self._free_tokens
            )
        chosen = [self._sheets[number - 1] for number in self.selected()]
        self._sum.set_text(token_count(sum(sheet.tokens for sheet in chosen)))
        formulas = sum(sheet.formulas for sheet in chosen)
        self._note.set_text(counted(self._formulas, formulas) if formulas else "")
        self._note.setVisible(bool(formulas))
        self._fit()

    def _size(self, sheet: SheetChoice) -> str:
        cells = parse_range(sheet.cells)
        if not sheet.tokens or cells is None:
            size = self.tr("empty")
        else:
            size = f"{QLocale().toString(cells.rows)} × {QLocale().toString(cells.columns)}"
        return self.tr("{size}, hidden").format(size=size) if sheet.is_hidden else size

    def _formulas(self, count: int) -> str:
        return self.tr("%n formula(s) without a result: the formula is sent.", "", count)

    def _show_cells(self, index: int) -> None:
        self._current = index
        for number, row in enumerate(self._rows):
            row.set_current(current=number == index)
        if self._sheets:
            sheet = self._sheets[index]
            self._cells_label.set_text(self.tr("Cells of {sheet}").format(sheet=plain_line(sheet.name)))
            self._cells.set_name(self._cells_label.text())
            self._cells.set_error("")
            self._cells.set_text(sheet.cells)

    def _choose_cells(self) -> None:
        if not self._sheets:
            return
        sheet, text = self._sheets[self._current], self._cells.text().strip()
        if text.upper() == sheet.cells:
            self._cells.set_error("")
        elif text and parse_range(text) is None:
            self._cells.set_error(self.tr("Write cells such as A1:C20, B:D or 5:20."))
            self._fit()
        else:
            self._cells.set_error("")
            self.cells_chosen.emit(sheet.name, text)

    def _request_view(self) -> None:
        self.is_view_requested = True
        self.close()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        edge, gap, side = theme.length("l"), theme.length("s"), theme.length("xs")
        self._head.setContentsMargins(edge, theme.length("m"), edge, theme.length("xs"))
        self._head.setSpacing(gap)
        self._size_title.setFixedWidth(round(_SIZES * theme.scale))
        self._tokens_title.setFixedWidth(round(_TOKENS * theme.scale))
        self._list_layout.setContentsMargins(side, 0, side, 0)
        row = theme.length("rowMenu")
        self._scroll.setFixedHeight(min(max(1, len(self._rows)), _MAX_ROWS) * row + gap)
        self._body.setContentsMargins(edge, theme.length("m"), theme.length("s"), theme.length("s"))
        self._body.setSpacing(theme.length("m"))
        self._field.setSpacing(theme.length("m"))
        self._field.setContentsMargins(0, 0, theme.length("s"), 0)
        self._foot.setSpacing(theme.length("s"))
        self.setFixedWidth(round(_WIDTH * theme.scale) + 2 * self._margin)
        self._fit()

    def _fit(self) -> None:
        """Grow upwards when a note appears, because the popup is above its chip."""
        if self.isVisible():
            bottom = self.geometry().bottom()
            self.content.activate()
            height = self.content.sizeHint().height()
            self.setGeometry(self.x(), bottom + 1 - height, self.width(), height)

    def hideEvent(self, event: QHideEvent) -> None:
        """Apply typed cells before the choice ends."""
        self._choose_cells()
        super().hideEvent(event)
        self.finished.emit()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Sheets to send"))
        self._title.set_text(self.tr("Sheets to send"))
        self._size_title.set_text(self.tr("Rows × columns"))
        self._tokens_title.set_text(self.tr("Tokens"))
        self._cells.set_placeholder(self.tr("All"))
        self._look.setText(self.tr("View"))
        self._done.setText(self.tr("Done"))
        self._show_state()
        self._show_cells(self._current)
