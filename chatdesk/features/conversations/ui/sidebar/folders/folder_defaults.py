"""Popup beside a folder: instructions for its chats, and the preset and the model of new chats."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_rows import ServerGroup
from chatdesk.features.models.ui.picker.model_popup import ModelPopup
from chatdesk.features.presets.ui.use.preset_popup import Find, PresetPopup
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.forms.instructions_field import InstructionsField
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup


class FolderDefaults(Popup):
    """Changes apply immediately; the button beside a value clears it. `find` returns the presets to choose from."""

    preset_chosen = Signal(str)
    """The key of a preset; "" for none."""
    model_chosen = Signal(object)
    """A `ModelRef`; None for the last used model."""
    instructions_changed = Signal(str)
    library_requested = Signal()
    refresh_requested = Signal()
    servers_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, find: Find) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("folderDefaults")
        self._preset_shown: tuple[str, str, bool] = ("", "", False)
        self._model_shown: tuple[str, ModelRef | None] = ("", None)
        self._title = Label(appearance, "ui", "text", self, strong=True, wrap=True)
        self._preset_label, self._model_label = (Label(appearance, "ui", "textSecondary", self) for _ in range(2))
        self._preset, self._model = ChoiceButton(appearance, self), ChoiceButton(appearance, self)
        self._no_preset, self._no_model = (IconButton(appearance, "x", self, size=IconButtonSize.ROW) for _ in range(2))
        for name, part in (
            *(("folderPreset", self._preset), ("folderModel", self._model)),
            *(("noFolderPreset", self._no_preset), ("noFolderModel", self._no_model)),
        ):
            part.setObjectName(name)
        self._presets = PresetPopup(appearance, self, find)
        self._models = ModelPopup(appearance, self, accepts_files=False)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0, 1, 3)
        rows = (
            (self._preset_label, self._preset, self._no_preset),
            (self._model_label, self._model, self._no_model),
        )
        for number, row in enumerate(rows, 1):
            for column, widget in enumerate(row):
                self._grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignVCenter)
        self._instructions = InstructionsField(appearance, self, object_name="folderInstructions")
        self._instructions.changed.connect(self.instructions_changed)
        self._applies = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._field = QVBoxLayout()
        self._field.addWidget(self._instructions)
        self._field.addWidget(self._applies)
        self.content.addLayout(self._field)
        self.content.addWidget(Rule(appearance, self))
        self.content.addLayout(self._grid)
        self._connect()
        self._retranslate()
        appearance.bind(self._arrange)

    def set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Set the available models."""
        self._models.set_groups(groups)
        self._presets.refresh()

    def show_instructions(self, text: str) -> None:
        """Show the instructions for all chats in the folder."""
        self._instructions.show_text(text)

    def flush(self) -> None:
        """Report instructions that have not been reported yet."""
        self._instructions.flush()

    def show_preset(self, name: str, icon: str, *, is_missing: bool) -> None:
        """Show the preset, "" for none. `is_missing`: the preset is no longer in the library."""
        self._preset_shown = name, icon, is_missing
        text = self.tr("No longer in the library") if is_missing else name or self.tr("None")
        self._preset.show_choice(text, icon or "library", muted=not name)
        self._no_preset.setEnabled(bool(name) or is_missing)

    def show_model(self, name: str, ref: ModelRef | None) -> None:
        """Show the model, None for the last used one."""
        self._model_shown = name, ref
        self._model.show_choice(name or self.tr("Last used"), "cpu", muted=not name)
        self._models.set_current(ref)
        self._no_model.setEnabled(ref is not None)

    def _connect(self) -> None:
        self._preset.clicked.connect(lambda: self._presets.open_for(self._preset))
        self._model.clicked.connect(lambda: self._models.open_for(self._model))
        self._presets.preset_chosen.connect(self.preset_chosen)
        self._models.model_chosen.connect(self.model_chosen)
        self._no_preset.clicked.connect(lambda: self.preset_chosen.emit(""))
        self._no_model.clicked.connect(lambda: self.model_chosen.emit(None))
        self._models.refresh_requested.connect(self.refresh_requested)
        for leaving, requested in (
            (self._presets.library_requested, self.library_requested),
            (self._models.add_server_requested, self.servers_requested),
        ):
            leaving.connect(self.close)
            leaving.connect(requested)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        pad, gap = theme.length("m"), theme.length("s")
        self._field.setContentsMargins(pad, pad, pad, pad)
        self._field.setSpacing(theme.length("xs"))
        self._grid.setContentsMargins(pad, pad, pad, pad)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(gap)
        self.setFixedWidth(theme.length("paletteWidth") * 5 // 8 + 2 * self._margin)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Instructions and defaults of the folder"))
        self._instructions.set_labels(self.tr("Instructions"), self.tr("How should it answer in this folder?"))
        self._applies.set_text(self.tr("Sent in all chats of this folder, before their own instructions."))
        self._title.set_text(self.tr("New chats in this folder start with"))
        self._preset_label.set_text(self.tr("Preset"))
        self._model_label.set_text(self.tr("Model"))
        self._preset.setAccessibleName(self.tr("Preset"))
        self._model.setAccessibleName(self.tr("Model"))
        self._no_preset.set_name(self.tr("No preset"))
        self._no_model.set_name(self.tr("Default model"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            name, icon, is_missing = self._preset_shown
            self.show_preset(name, icon, is_missing=is_missing)
            self.show_model(*self._model_shown)
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._instructions.focus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
