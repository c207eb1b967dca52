"""The list that opens below the picker: search, models under their servers, and the way to more of both."""

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.ui.picker.model_list import ModelRow, ServerGroup, StateKind, rows_of
from chatdesk.features.models.ui.picker.model_rows import ModelRowDelegate, ModelRows
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.lists.search_popup import SearchPopup
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize

_MOST_ROWS = 11


class ModelPopup(SearchPopup):
    """The current model is chosen at first and ticked; heads are passed over."""

    model_chosen = Signal(ModelRef)
    refresh_requested = Signal()
    add_server_requested = Signal()
    add_file_requested = Signal()
    doctor_requested = Signal()
    manage_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, *, takes_files: bool) -> None:
        self._rows = ModelRows()
        super().__init__(
            appearance,
            parent,
            self._rows,
            ModelRowDelegate(appearance, self._rows),
            kind="model",
            most_rows=_MOST_ROWS,
        )
        self._list.setUniformItemSizes(True)
        self._has_doctor = takes_files
        self._groups: tuple[ServerGroup, ...] = ()
        self._chosen: ModelRef | None = None
        self._manage = Button(appearance, "", ButtonKind.PLAIN, self, icon="cpu", small=True)
        self._manage.setObjectName("manageModels")
        self._manage.clicked.connect(self._ask_to_manage)
        self._manage.setVisible(takes_files)
        self._refresh = IconButton(appearance, "refresh-cw", self, size=IconButtonSize.ROW)
        self._refresh.setObjectName("refreshModels")
        self._refresh.clicked.connect(self.refresh_requested)
        self._add = Button(appearance, "", ButtonKind.PLAIN, self, icon="plus", small=True)
        self._add.setObjectName("addServerFromPicker")
        self._add.clicked.connect(self._ask_for_server)
        self._add_file = IconButton(appearance, "file-up", self, size=IconButtonSize.ROW)
        self._add_file.setObjectName("addFileFromPicker")
        self._add_file.clicked.connect(self._ask_for_file)
        self._add_file.setVisible(takes_files)
        self._doctor = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self._doctor.setObjectName("doctorFromPicker")
        self._doctor.clicked.connect(self._ask_for_doctor)
        self._doctor.hide()
        self.foot.addWidget(self._manage)
        self.foot.addWidget(self._refresh)
        self.foot.addWidget(self._doctor)
        self.foot.addStretch(1)
        self.foot.addWidget(self._add_file)
        self.foot.addWidget(self._add)
        self._retranslate()
        self._arrange()

    def set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Show these servers; the words searched for and the row chosen stay."""
        if groups == self._groups:
            return  # servers are asked again and again; the list must not jump under the reader's eyes
        self._groups = groups
        self._doctor.setVisible(self._has_doctor and any(group.state_kind is StateKind.ERROR for group in groups))
        self._show_foot()
        if not self.isVisible():
            return  # listed when it opens
        row = self._rows.row(self.current_index()) if self.current_index().isValid() else None
        self._chosen = row.ref if isinstance(row, ModelRow) else None
        self.search_again()
        self._chosen = None

    def set_current(self, ref: ModelRef | None) -> None:
        """Mark the model that is asked now."""
        self._rows.current = ref
        self.redraw()

    def list_rows(self, words: str) -> QModelIndex:
        """List the models whose names hold the words, under their servers."""
        self._rows.show(rows_of(self._groups, words))
        return self._rows.position(self._chosen or self._rows.current)

    def take(self, index: QModelIndex) -> None:
        """Choose a model."""
        row = self._rows.row(index) if index.isValid() else None
        if isinstance(row, ModelRow):
            self.close()
            self.model_chosen.emit(row.ref)

    def next_row(self, row: int, step: int) -> int:
        """Go on to a model, over heads; where there is none that way, stay."""
        target, direction = super().next_row(row, step), 1 if step > 0 else -1
        last = self._rows.rowCount() - 1
        while 0 <= target <= last and not isinstance(self._rows.row(self._rows.index(target)), ModelRow):
            target += direction
        return target if 0 <= target <= last else row

    def nothing_words(self, *, searching: bool) -> str:
        """Say that no model fits, or that there is none."""
        return self.tr("No model with this name.") if searching else self.tr("No models yet.")

    def _ask_to_manage(self) -> None:
        self.close()
        self.manage_requested.emit()

    def _ask_for_file(self) -> None:
        self.close()
        self.add_file_requested.emit()

    def _ask_for_doctor(self) -> None:
        self.close()
        self.doctor_requested.emit()

    def _ask_for_server(self) -> None:
        self.close()
        self.add_server_requested.emit()

    def _show_foot(self) -> None:
        """Leave icons out where there are many words."""
        is_crowded = not self._doctor.isHidden()
        self._manage.set_icon("" if is_crowded else "cpu")
        self._add.set_icon("" if is_crowded else "plus")

    def _retranslate(self) -> None:
        self.set_words(self.tr("Models"), self.tr("Search models"))
        self._manage.setText(self.tr("Manage models…"))
        self._refresh.set_name(self.tr("Refresh"))
        self._doctor.setText(self.tr("Find out why"))
        self._doctor.setToolTip(self.tr("Examine the connection to a server that cannot be used"))
        self._add.setText(self.tr("Add a server…"))
        self._add_file.set_name(self.tr("Open a GGUF file…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
