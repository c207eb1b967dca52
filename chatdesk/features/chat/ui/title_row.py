"""The row above the transcript: sidebar toggle, the chat's title, the model picker, the toggles of chat settings and outline."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label


class TitleRow(QWidget):
    """48 px high, a line under it. The title is plain text, elided at the right."""

    sidebar_toggled = Signal()
    outline_toggled = Signal()
    settings_toggled = Signal()
    preset_pressed = Signal()
    preset_removed = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("sidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._title.setObjectName("chatTitle")
        self._given_title = ""
        self._outline = IconButton(appearance, "outline", self)
        self._outline.setObjectName("outlineToggle")
        self._outline.setCheckable(True)
        self._outline.clicked.connect(self.outline_toggled)
        self._settings = IconButton(appearance, "sliders-horizontal", self)
        self._settings.setObjectName("chatSettingsToggle")
        self._settings.setCheckable(True)
        self._settings.clicked.connect(self.settings_toggled)
        self.preset_chip = Chip(appearance, "", "library", self, accent=True, pressable=True)
        self.preset_chip.setObjectName("presetChip")
        self.preset_chip.pressed.connect(self.preset_pressed)
        self.preset_chip.removed.connect(self.preset_removed)
        self.preset_chip.hide()
        self._preset = ""
        layout = QHBoxLayout(self)
        layout.addWidget(self._toggle)
        layout.addWidget(self._title, 1)
        layout.addWidget(self.preset_chip)
        layout.addWidget(picker)
        layout.addWidget(self._settings)
        layout.addWidget(self._outline)
        self._layout = layout
        appearance.changed.connect(self._arrange)
        self._arrange()
        self._retranslate()

    def set_title(self, title: str) -> None:
        """Show the chat's title; an empty one is a new chat."""
        self._given_title = title
        self._retranslate()

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset that the chat is held with; none for an empty name."""
        self._preset = name
        self.preset_chip.set_icon(icon or "library")
        self.preset_chip.setVisible(bool(name))
        self._retranslate()

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show what the toggle will do."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")
        self._retranslate()

    def set_outline_open(self, is_open: bool) -> None:
        """Show whether the outline is."""
        self._outline.setChecked(is_open)

    def set_settings_open(self, is_open: bool) -> None:
        """Show whether the chat's settings are."""
        self._settings.setChecked(is_open)

    def set_outline_available(self, *, available: bool) -> None:
        """Show the outline's button if there is anything to outline."""
        self._outline.setVisible(available)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("m"))
        self.update()

    def _retranslate(self) -> None:
        self._title.set_text(self._given_title or self.tr("New chat"))
        self.preset_chip.set_text(self._preset, self.tr("Remove the preset {name}").format(name=self._preset))
        self.preset_chip.set_press_name(self.tr("Preset: {name}").format(name=self._preset))
        self._toggle.set_name(self.tr("Show or hide the sidebar"), shortcut="Ctrl+B")
        self._settings.set_name(self.tr("Show or hide the chat settings"), shortcut="Ctrl+.")
        self._outline.set_name(self.tr("Show or hide the outline"), shortcut="Ctrl+Shift+L")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line under the row."""
        painter = QPainter(self)
        painter.setPen(self._appearance.theme.color("borderSubtle"))
        y = self.height() - 0.5
        painter.drawLine(0, int(y), self.width(), int(y))
