"""Choosing which pages, sheets, slides or chapters of a document are sent: as numbers in a field, or in a list with checks."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, numbers_in, selection_of
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.pictures.attachment_facts import document_facts, section_name
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_check_box, draw_text
from chatdesk.ui_kit.style.painting import draw_lit_row
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.counts import listed, token_count
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup

Index = QModelIndex | QPersistentModelIndex
_WIDTH = 360
"""Pixels at 100 %."""
_MAX_ROWS = 8
_BEGINNING = 120
"""Characters of a section's text that are shown in its row."""
_MAX_FIELD = 2_000
_TOKENS = Qt.ItemDataRole.UserRole
_TEXT = Qt.ItemDataRole.UserRole + 1


class _Sections(QAbstractListModel):
    """The sections with their checks."""

    checked = Signal()
    """The user checked or unchecked one."""

    def __init__(self, unit: DocumentUnit, text: DocumentText, parent: QWidget) -> None:
        super().__init__(parent)
        self._unit = unit
        self._text = text
        self._numbers: set[int] = set()

    @property
    def numbers(self) -> Sequence[int]:
        """The checked numbers, from 1."""
        return sorted(self._numbers)

    def check(self, numbers: Sequence[int]) -> None:
        """Check these sections, and uncheck the others."""
        self._numbers = set(numbers)
        if count := self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(count - 1), [Qt.ItemDataRole.CheckStateRole])

    def toggle(self, row: int) -> None:
        """Check a section, or uncheck it."""
        self._numbers ^= {row + 1}
        self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.CheckStateRole])
        self.checked.emit()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return len(self._text.sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        section = self._text.sections[index.row()]
        match role:
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if index.row() + 1 in self._numbers else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DisplayRole:
                return section_name(self._unit, index.row() + 1, section.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return listed((self.data(index), token_count(self.data(index, _TOKENS))))  # type: ignore[arg-type]
            case int(role) if role == _TEXT:
                return plain_line(section.text[: 2 * _BEGINNING].strip())[:_BEGINNING]
            case int(role) if role == _TOKENS:
                return estimate_tokens(section.text)
        return None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


class _Row(QStyledItemDelegate):
    """Paints a row: check box, name, beginning of the text, tokens."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(theme.length("xs"), 0, -theme.length("xs"), 0)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, box)
        gap, size = theme.length("s"), theme.length("icon.ui")
        inner = box.adjusted(gap, 0, -gap, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        left = inner.right() - size if mirrored else inner.left()
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box_rect = QRectF(left, inner.center().y() - size / 2, size, size)
        draw_check_box(painter, theme, box_rect, ControlState(checked=checked), partly=False)
        inner = inner.adjusted(0, 0, -(size + gap), 0) if mirrored else inner.adjusted(size + gap, 0, 0, 0)
        start, end = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("caption"))
        tokens = QLocale().toString(index.data(_TOKENS))
        draw_text(painter, inner, tokens, theme.color("textTertiary"), end | middle)
        used = painter.fontMetrics().horizontalAdvance(tokens) + gap
        inner = inner.adjusted(used, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -used, 0)
        painter.setFont(theme.font("ui"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, int(inner.width()))
        draw_text(painter, inner, name, theme.color("text" if checked else "textSecondary"), start | middle)
        used = metrics.horizontalAdvance(name) + gap
        inner = inner.adjusted(0, 0, -used, 0) if mirrored else inner.adjusted(used, 0, 0, 0)
        painter.setFont(theme.font("caption"))
        text = painter.fontMetrics().elidedText(index.data(_TEXT), Qt.TextElideMode.ElideRight, int(inner.width()))
        if inner.width() > 2 * size:
            draw_text(painter, inner, text, theme.color("textTertiary"), start | middle)
        painter.restore()


class _List(ListView):
    """The list: Space and clicks check a row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._sections.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self._sections.toggle(index.row())

    @property
    def _sections(self) -> _Sections:
        model = self.model()
        assert isinstance(model, _Sections)  # noqa: S101 - the only model it gets
        return model


class SectionChooser(Translated, Popup):
    """The popup. `chosen` carries a selection such as `1-4,7` after each change; empty for all sections."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, document: DocumentPart, text: DocumentText, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("sectionChooser")
        self._document = document
        self._count = len(text.sections)
        self._field = TextField(appearance, "", self)
        self._field.edit.setMaxLength(_MAX_FIELD)
        self._field.edit.setObjectName("sectionNumbers")
        self._sections = _Sections(document.unit, text, self)
        self._list = _List(self)
        self._list.setObjectName("sectionList")
        self._list.setModel(self._sections)
        self._list.setItemDelegate(_Row(appearance, self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._facts = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._facts.setObjectName("sectionFacts")
        self._all = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._done = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._field)
        for widget in (self._facts, self._all, self._done):
            self._foot.addWidget(widget, 1 if widget is self._facts else 0)
        self.content.addLayout(self._head)
        self.content.addWidget(self._list)
        self.content.addWidget(Rule(appearance, self))
        self.content.addLayout(self._foot)
        numbers = numbers_in(document.selected, self._count)
        self._sections.check(numbers)
        self._field.edit.setText(self._written(numbers))
        self._field.edit.textEdited.connect(self._read_field)
        self._field.submitted.connect(self.close)
        self._sections.checked.connect(self._read_list)
        self._all.clicked.connect(self._choose_all)
        self._done.clicked.connect(self.close)
        appearance.bind(self._arrange)
        self._retranslate()

    def show_facts(self, document: DocumentPart) -> None:
        """Show what is sent now."""
        self._document = document
        self._facts.set_text(document_facts(document))

    def open_below(self, anchor: QWidget, *, align_end: bool = False) -> None:
        """Show it with the focus in the field, and the first chosen section in view."""
        super().open_below(anchor, align_end=align_end)
        self._field.edit.selectAll()
        self._field.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        if numbers := self._sections.numbers:
            self._list.scrollTo(self._sections.index(numbers[0] - 1), QAbstractItemView.ScrollHint.PositionAtTop)

    def _written(self, numbers: Sequence[int]) -> str:
        return selection_of(numbers).replace(",", ", ")

    def _read_field(self, typed: str) -> None:
        """Apply the typed numbers. Text without a usable number changes nothing, and says so."""
        plain, after = typed.translate(_PLAIN), self._count + 1
        # The number after the last one makes every text usable, so that a text without a number yields nothing instead of everything.
        numbers = numbers_in(f"{plain},{after}" if plain.strip() else "", after)[:-1]
        self._field.set_error("" if numbers else self._advice())
        if numbers:
            self._sections.check(numbers)
            self._announce()

    def _read_list(self) -> None:
        numbers = self._sections.numbers
        if not numbers:
            self._field.edit.setText("")
            self._field.set_error(self._advice())
            return
        self._field.set_error("")
        self._field.edit.setText(self._written(numbers))
        self._announce()

    def _choose_all(self) -> None:
        self._sections.check(range(1, self._count + 1))
        self._read_list()

    def _announce(self) -> None:
        numbers = self._sections.numbers
        self.chosen.emit("" if len(numbers) == self._count else selection_of(numbers))

    def _advice(self) -> str:
        count = QLocale().toString(self._count)
        return self.tr("Enter numbers from 1 to {count}, such as 1-4, 7.").format(count=count)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedWidth(round(_WIDTH * theme.scale) + 2 * self._margin)
        pad = theme.length("s")
        self._head.setContentsMargins(pad, pad, pad, pad)
        self._foot.setContentsMargins(theme.length("m"), pad, pad, pad)
        self._foot.setSpacing(pad)
        self._list.setFixedHeight(min(self._count, _MAX_ROWS) * theme.length("rowMenu") + theme.length("s"))
        self._list.setPalette(make_palette(theme, "raised"))

    def _retranslate(self) -> None:
        text = {
            DocumentUnit.PAGE: self.tr("Pages to send"),
            DocumentUnit.SHEET: self.tr("Sheets to send"),
            DocumentUnit.SLIDE: self.tr("Slides to send"),
            DocumentUnit.FILE: self.tr("Files to send"),
        }
        name = text.get(self._document.unit, self.tr("Chapters to send"))
        self.setAccessibleName(name)
        self._field.set_name(name)
        self._list.setAccessibleName(name)
        self._field.edit.setPlaceholderText(self.tr("All"))
        self._all.setText(self.tr("All"))
        self._done.setText(self.tr("Done"))
        self.show_facts(self._document)

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts from reacting to typed text."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        return super().event(event)


_PLAIN = str.maketrans(
    {
        "\N{FULLWIDTH COMMA}": ",",
        "\N{IDEOGRAPHIC COMMA}": ",",
        ";": ",",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{FULLWIDTH TILDE}": "-",
        "~": "-",
    }
)
"""Separators of lists and ranges in other scripts."""
