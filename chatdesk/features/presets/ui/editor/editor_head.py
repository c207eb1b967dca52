"""The head of the preset that is looked at: icon, name, whose it is, what it is good for, and what can be done with it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.icon_picker import IconPicker
from chatdesk.features.presets.ui.editor.inline_edit import InlineEdit
from chatdesk.features.presets.ui.editor.preset_words import preset_icon
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.tag import Tag

_NARROW = 460
"""px at 100 %, below which the button for a chat is an icon."""


class EditorHead(QWidget):
    """`changed` when name, description or icon are; `apply` gives them to a preset."""

    changed = Signal()
    use_requested = Signal()
    versions_requested = Signal()
    trial_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preset: Preset | None = None
        self._chosen_icon = ""
        self._icon = IconPicker(appearance, self)
        self._icon.setObjectName("presetIcon")
        self._icon.chosen.connect(self._choose_icon)
        self._name = InlineEdit(appearance, "heading3", "text", self)
        self._name.setObjectName("presetName")
        self._name.setMaxLength(200)
        self._name.textEdited.connect(self.changed)
        self._tag = Tag(appearance, "", parent=self)
        self._tag.setObjectName("presetOrigin")
        self._use = Button(appearance, "", parent=self, icon="message-square")
        self._use.setObjectName("usePreset")
        self._use.clicked.connect(self.use_requested)
        self._use_small = IconButton(appearance, "message-square", self)
        self._use_small.clicked.connect(self.use_requested)
        self._trial = IconButton(appearance, "flask-conical", self)
        self._trial.setObjectName("tryPreset")
        self._trial.clicked.connect(self.trial_requested)
        self._versions = IconButton(appearance, "history", self)
        self._versions.setObjectName("presetVersions")
        self._versions.clicked.connect(self.versions_requested)
        self._more = IconButton(appearance, "ellipsis", self)
        self._more.setObjectName("presetMore")
        self._more.clicked.connect(
            lambda: self.menu_requested.emit(self._more.mapToGlobal(QPoint(0, self._more.height())))
        )
        self._description = InlineEdit(appearance, "ui", "textSecondary", self)
        self._description.setObjectName("presetDescription")
        self._description.setMaxLength(1_000)
        self._description.textEdited.connect(self.changed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._icon)
        self._row.addWidget(self._name, 1)
        for part in (self._use, self._use_small, self._trial, self._versions, self._more):
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._row)
        self._second = QHBoxLayout()
        self._second.addWidget(self._description, 1)
        self._second.addWidget(self._tag)
        self._layout.addLayout(self._second)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_preset(self, preset: Preset) -> None:
        """Show a preset, silently."""
        self._preset = preset
        self._chosen_icon = preset.icon
        self._icon.show_icon(preset_icon(self._appearance.theme, preset.icon, preset.category))
        self._name.show_text(preset.name)
        self._description.show_text(preset.description)
        self._versions.setVisible(preset.origin is PresetOrigin.OWN)
        self._retranslate()

    def apply(self, preset: Preset) -> Preset:
        """Return the preset with what stands here."""
        name = " ".join(self._name.text().split())
        return replace(
            preset, name=name, description=" ".join(self._description.text().split()), icon=self._chosen_icon
        )

    def rename(self) -> None:
        """Let the name be written."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.selectAll()

    def _choose_icon(self, icon: str) -> None:
        self._chosen_icon = icon
        self._icon.show_icon(icon)
        self.changed.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, inside = theme.length("xl"), theme.length("s")
        # The words of the lines stand where those below them begin.
        self._layout.setContentsMargins(side - inside, theme.length("l"), side - inside, theme.length("s"))
        self._row.setContentsMargins(inside, 0, inside, 0)
        self._second.setContentsMargins(0, 0, inside, 0)
        self._layout.setSpacing(theme.length("xs"))
        self._row.setSpacing(theme.length("s"))
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < round(_NARROW * self._appearance.theme.scale)
        self._use.setVisible(not narrow)
        self._use_small.setVisible(narrow)

    def _retranslate(self) -> None:
        self._icon.set_name(self.tr("Choose an icon"))
        self._name.setAccessibleName(self.tr("Name"))
        self._name.setPlaceholderText(self.tr("Name"))
        self._description.setAccessibleName(self.tr("Description"))
        self._description.setPlaceholderText(self.tr("What it is good for"))
        self._use.setText(self.tr("New chat"))
        self._use_small.set_name(self.tr("New chat"))
        self._trial.set_name(self.tr("Try it on a sample"))
        self._versions.set_name(self.tr("Versions"))
        self._more.set_name(self.tr("More"))
        if self._preset:
            built_in = self._preset.origin is PresetOrigin.BUILT_IN
            words = (
                self.tr("Built-in") if built_in else self.tr("My copy") if self._preset.replaces else self.tr("My own")
            )
            self._tag.set_text(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the name."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
