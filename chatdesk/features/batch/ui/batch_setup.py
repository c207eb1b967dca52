"""What a run does: the preset and its values, the columns of a table, and the drop area for files. Only widgets and signals."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.batch.domain.batch import ColumnMapping, Table
from chatdesk.features.presets.ui.editor.preset_texts import preset_icon
from chatdesk.features.presets.ui.use.preset_popup import Find, PresetPopup
from chatdesk.features.presets.ui.use.variable_form import VariableForm
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class BatchSetup(Translated, QWidget):
    """The form above the list of inputs. For a table it has a row for the text and for each variable, to choose their columns."""

    preset_chosen = Signal(str)
    changed = Signal()
    """A value or a column was changed."""

    def __init__(self, appearance: Appearance, find_presets: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._find_presets = find_presets
        self._popup: PresetPopup | None = None
        self._preset: AppliedPreset | None = None
        self._table: Table | None = None
        self._mapping = ColumnMapping()
        self._choice = ChoiceButton(appearance)
        self._choice.setObjectName("batchPreset")
        self._choice.clicked.connect(self._open_presets)
        self._preset_row = FormRow(appearance, self._choice, self)
        self._columns_heading = Label(appearance, "caption", "textTertiary", self)
        self._text_column = self._column_box("batchTextColumn")
        self._text_row = FormRow(appearance, self._text_column, self)
        self._column_rows: list[tuple[Variable, QComboBox, FormRow]] = []
        self._form = VariableForm(appearance, self)
        self._form.changed.connect(self.changed)
        self._layout = QVBoxLayout(self)
        for part in (self._preset_row, self._columns_heading, self._text_row, self._form):
            self._layout.addWidget(part)
        appearance.bind(self._restyle)
        self._retranslate()
        self.show_preset(None)

    @property
    def mapping(self) -> ColumnMapping:
        """The chosen columns of the table."""
        return self._mapping

    @property
    def preset(self) -> AppliedPreset | None:
        """The preset with the entered values."""
        return self._preset.with_values(self._form.values()) if self._preset else None

    @property
    def missing(self) -> tuple[Variable, ...]:
        """Variables that have neither a column nor a valid value."""
        preset = self.preset
        return tuple(each for each in preset.missing if each.name not in self._mapping.values) if preset else ()

    def show_missing(self) -> None:
        """Mark the missing variables and focus the first one."""
        self._form.show_missing(self.missing)

    def show_preset(self, preset: AppliedPreset | None) -> None:
        """Show a preset with its values."""
        self._preset = preset
        self._show_choice()
        self._make_column_rows()
        self._show_form()

    def show_table(self, table: Table | None, mapping: ColumnMapping) -> None:
        """Show the columns of a table; None if the inputs are no table."""
        self._table, self._mapping = table, mapping
        self._make_column_rows()
        self._show_form()

    def focus_first(self) -> None:
        """Focus the choice of the preset."""
        self._choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _column_box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(self._choose_columns)
        return box

    def _make_column_rows(self) -> None:
        for _variable, _box, row in self._column_rows:
            row.hide()
            row.deleteLater()
        self._column_rows = []
        if self._table and self._preset:
            for variable in self._preset.variables:
                box = self._column_box(f"column_{variable.name}")
                row = FormRow(self._appearance, box, self)
                self._layout.insertWidget(self._layout.indexOf(self._form), row)
                self._column_rows.append((variable, box, row))
        shown = self._table is not None
        self._columns_heading.setVisible(shown)
        self._text_row.setVisible(shown)
        self._fill_columns()

    def _fill_columns(self) -> None:
        """Fill the boxes with the columns; the first entry is what happens without one."""
        columns = [
            plain_line(name) or self._numbered(at) for at, name in enumerate(self._table.columns if self._table else ())
        ]
        self._text_row.set_labels(self.tr("Text"))
        self._text_column.setAccessibleName(self.tr("Column for the text"))
        self._text_column.clear()
        self._text_column.addItems([self.tr("All other columns"), *columns])
        self._text_column.setCurrentIndex(0 if self._mapping.text is None else self._mapping.text + 1)
        for variable, box, row in self._column_rows:
            title = plain_line(variable.title)
            row.set_labels(title)
            box.setAccessibleName(self.tr("Column for {name}").format(name=title))
            box.clear()
            box.addItems([self.tr("One value for all rows"), *columns])
            column = self._mapping.values.get(variable.name)
            box.setCurrentIndex(0 if column is None else column + 1)

    def _numbered(self, column: int) -> str:
        return self.tr("Column {number}").format(number=column + 1)

    def _choose_columns(self) -> None:
        text = self._text_column.currentIndex() - 1
        values = {
            variable.name: box.currentIndex() - 1 for variable, box, _row in self._column_rows if box.currentIndex() > 0
        }
        self._mapping = ColumnMapping(None if text < 0 else text, values)
        self._show_form()
        self.changed.emit()

    def _show_form(self) -> None:
        """Show the fields of the variables that no column fills in, with the values entered so far."""
        preset = self._preset
        variables = [each for each in preset.variables if each.name not in self._mapping.values] if preset else []
        if preset:
            self._preset = preset = preset.with_values(self._form.values() if self._form.variables else {})
            self._form.show_variables(variables, preset.values)
        self._form.setVisible(bool(variables))

    def _open_presets(self) -> None:
        if self._popup is None:
            self._popup = PresetPopup(self._appearance, self, self._find_presets)
            self._popup.preset_chosen.connect(self.preset_chosen)
        self._popup.open_for(self._choice)

    def _show_choice(self) -> None:
        preset = self._preset
        icon = preset_icon(self._appearance.theme, preset.icon) if preset else "library"
        self._choice.show_choice(
            plain_line(preset.name) if preset else self.tr("Choose a preset"), icon, muted=preset is None
        )

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._preset_row.set_labels(self.tr("Preset"))
        self._choice.setAccessibleName(self.tr("Preset"))
        self._columns_heading.set_text(self.tr("Columns of the table"))
        self._show_choice()
        self._fill_columns()


class BatchDropTarget(Translated, QWidget):
    """A dashed frame that says what can be dropped here, with buttons for choosing it. The page accepts the drops."""

    files_requested = Signal()
    table_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._awaiting = False
        self._icon = IconLabel(appearance, "download", "textSecondary", self)
        self._hint = Label(appearance, "ui", "text", self, wrap=True)
        self._formats = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._files = self._button("chooseBatchFiles", "file-text", self.files_requested.emit)
        self._table = self._button("chooseBatchTable", "table", self.table_requested.emit)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        for button in (self._files, self._table):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._hint, self._formats):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._hint)
        self._column.addLayout(self._buttons)
        self._column.addWidget(self._formats)
        self._column.addStretch(1)
        appearance.bind(self._restyle)
        self._retranslate()

    def set_awaiting(self, *, awaiting: bool) -> None:
        """Show whether a file is held over the page."""
        self._awaiting = awaiting
        self.update()

    def focus_first(self) -> None:
        """Focus the first button."""
        self._files.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, name: str, icon: str, act: Callable[[], object]) -> Button:
        button = Button(self._appearance, "", ButtonKind.OUTLINED, self, icon=icon)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = theme.length("l")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.length("m"))
        self._buttons.setSpacing(theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._hint.set_text(self.tr("Drop files, a folder or a table here"))
        self._formats.set_text(self.tr("PDF, office documents, text, code, CSV, TSV"))
        self._files.setText(self.tr("Choose files…"))
        self._table.setText(self.tr("Choose a table…"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        radius, rect = theme.length("card"), QRectF(self.rect())
        if self._awaiting:
            width = theme.stroke("focus")
            draw_box(painter, rect, radius, theme.color("accentSoft"), theme.color("accent"), width)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("borderControl"), 1.5 * theme.stroke("border"))
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def titles_of(preset: AppliedPreset | None) -> Mapping[str, str]:
    """Return the titles of a preset's variables by name."""
    return {each.name: each.title for each in preset.variables} if preset else {}
