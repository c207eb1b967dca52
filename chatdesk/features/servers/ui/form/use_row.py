"""Last step of the server form: the model to begin with, and buttons for saving and for using it now."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.domain.provider_rows import suggested_model
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.server import Vendor
from chatdesk.ui_kit.forms.rows import StackingRow
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.lists.search_popup import Index, SearchPopup, SearchRowDelegate
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label

_MAX_ROWS = 9


class UseRow(Translated, QWidget):
    """The row. Without models, only saving is possible."""

    save_requested = Signal()
    cancelled = Signal()
    use_requested = Signal(ModelRef)

    def __init__(self, appearance: Appearance, vendor: Vendor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._vendor = vendor
        self._models: tuple[Model, ...] = ()
        self._model: Model | None = None
        self._choice = ChoiceButton(appearance)
        self._choice.setObjectName("firstModel")
        self._choice.clicked.connect(self._open_list)
        self._cancel = Button(appearance, "", ButtonKind.PLAIN)
        self._cancel.setObjectName("cancelServer")
        self._cancel.clicked.connect(self.cancelled)
        self._save = Button(appearance, "", ButtonKind.OUTLINED)
        self._save.setObjectName("saveServer")
        self._save.clicked.connect(self.save_requested)
        self._use = Button(appearance, "", ButtonKind.FILLED, icon="message-square")
        self._use.setObjectName("useServer")
        self._use.clicked.connect(self._ask_to_use)
        self._hint = Label(appearance, "caption", "textTertiary", wrap=True)
        buttons = QWidget(self)
        self._buttons = QHBoxLayout(buttons)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.addStretch(1)
        for button in (self._cancel, self._save, self._use):
            self._buttons.addWidget(button)
        self._row = StackingRow(appearance, self._choice, buttons, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._row)
        self._layout.addWidget(self._hint)
        appearance.bind(self._restyle)
        self.set_models(())
        self.set_changed(is_changed=False, is_new=True)

    @property
    def save_button(self) -> QWidget:
        """The button that saves without using the provider."""
        return self._save

    @property
    def has_models(self) -> bool:
        """Whether there is a model to use."""
        return self._model is not None

    def set_models(self, models: Iterable[Model], last: str = "") -> None:
        """Set the models to choose from; `last` is the ID of the one used last, if any. A model that the user chose here stays chosen."""
        self._models = tuple(model for model in models if model.can_chat)
        chosen = self._model.ref.model_id if self._model else last
        self._model = suggested_model(self._models, self._vendor, chosen)
        self._retranslate()

    def set_changed(self, *, is_changed: bool, is_new: bool) -> None:
        """Set whether there is something to save, and whether the server was never saved."""
        self._save.setVisible(is_changed)
        self._cancel.setVisible(is_changed and not is_new)
        self._row.updateGeometry()

    def focus(self) -> None:
        """Focus the button that uses the model, or the one that saves."""
        (self._use if self._use.isEnabled() else self._save).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_list(self) -> None:
        popup = _ModelPopup(self._appearance, self._models, self)
        popup.chosen.connect(self._choose)
        popup.open_for(self._choice)

    def _choose(self, model: Model) -> None:
        self._model = model
        self._retranslate()
        self._use.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_to_use(self) -> None:
        if self._model:
            self.use_requested.emit(self._model.ref)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setSpacing(theme.length("xs"))
        self._buttons.setSpacing(theme.length("s"))
        self._choice.setMaximumWidth(theme.length("sidebarOverlay"))

    def _retranslate(self) -> None:
        name = self._model.name if self._model else self.tr("Test the connection first")
        self._choice.show_choice(name, "cpu", muted=self._model is None)
        self._choice.setAccessibleName(self.tr("Model"))
        self._choice.setEnabled(len(self._models) > 1)
        self._use.setEnabled(self._model is not None)
        self._cancel.setText(self.tr("Cancel"))
        self._save.setText(self.tr("Save"))
        self._use.setText(self.tr("Use it now"))
        self._hint.set_text(self.tr("Opens the chat you came from, with this model and what you had typed."))


class _ModelPopup(Translated, SearchPopup):
    """List of a server's models with a search field. It is created each time it is opened."""

    chosen = Signal(object)
    """The `Model`."""

    def __init__(self, appearance: Appearance, models: tuple[Model, ...], parent: QWidget) -> None:
        self._all = models
        self._rows = _ModelRows()
        delegate = _ModelDelegate(appearance, self._rows)
        super().__init__(appearance, parent, self._rows, delegate, kind="firstModel", most_rows=_MAX_ROWS)
        self._list.setUniformItemSizes(True)  # there may be 10,000
        self.closed.connect(self.deleteLater)
        self._retranslate()

    def list_rows(self, text: str) -> QModelIndex:
        """List the models whose name contains all words."""
        listed = list(self._all)
        for word in text.casefold().split():
            listed = [model for model in listed if word in model.name.casefold()]
        self._rows.show(listed)
        return self._rows.index(0) if self._rows.rowCount() else QModelIndex()

    def choose_index(self, index: QModelIndex) -> None:
        """Choose a model."""
        if index.isValid():
            model = self._rows.model(index)
            self.close()
            self.chosen.emit(model)

    def empty_text(self, *, searching: bool) -> str:  # noqa: ARG002 - the unfiltered list is never empty
        """Return the text for no matching model."""
        return self.tr("No results")

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Models"), self.tr("Search models"))


class _ModelRows(CountedRows):
    def __init__(self) -> None:
        super().__init__()
        self._models: list[Model] = []

    def show(self, models: list[Model]) -> None:
        self._models = models
        self.set_count(len(models))

    def model(self, index: Index) -> Model:
        return self._models[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return plain_line(self._models[index.row()].name)
        return None


class _ModelDelegate(SearchRowDelegate):
    def __init__(self, appearance: Appearance, rows: _ModelRows) -> None:
        super().__init__(appearance)
        self._rows = rows

    def icon(self, index: Index) -> str:  # noqa: ARG002 - all rows have the same icon
        return "cpu"

    def words(self, index: Index) -> tuple[str, str]:
        model = self._rows.model(index)
        return plain_line(model.name), "" if model.name == model.ref.model_id else plain_line(model.ref.model_id)
