"""The row above the list of models: the sidebar's toggle or the way back, its name, and the ways to more models."""

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader


class ModelsHeader(PageHeader):
    """Tells what was pressed; the page knows what follows from it."""

    sidebar_toggled = Signal()
    back_requested = Signal()
    guide_requested = Signal()
    file_requested = Signal()
    refresh_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("modelsSidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("modelsBack")
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._pairs: list[tuple[Button, IconButton]] = []
        self._layout = QHBoxLayout(self)
        for part in (self._back, self._toggle):
            self._layout.addWidget(part)
        self._layout.addWidget(self._title, 1)
        self._guide = self._pair("openGuide", "download", self.guide_requested)
        self._file = self._pair("openModelFile", "file-up", self.file_requested)
        self._refresh = self._pair("refreshAllModels", "refresh-cw", self.refresh_requested)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.set_compact(compact=False)

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show what the toggle will do."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def set_back(self, *, shown: bool) -> None:
        """Show the way back in the place of the sidebar's toggle, or that again."""
        self._back.setVisible(shown)
        self._toggle.setVisible(not shown)

    def set_compact(self, *, compact: bool) -> None:
        """Show icons in place of buttons with words."""
        for whole, small in self._pairs:
            whole.setVisible(not compact)
            small.setVisible(compact)

    @property
    def last(self) -> QWidget:
        """What the keyboard reaches last in the row."""
        return self._pairs[-1][1]

    def _pair(self, name: str, icon: str, act: SignalInstance) -> tuple[Button, IconButton]:
        whole, small = Button(self._appearance, "", parent=self, icon=icon), IconButton(self._appearance, icon, self)
        whole.setObjectName(name)
        small.setObjectName(f"{name}Small")
        for button in (whole, small):
            button.clicked.connect(act)
            self._layout.addWidget(button)
        self._pairs.append((whole, small))
        return whole, small

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._toggle.set_name(self.tr("Show or hide the sidebar"), shortcut="Ctrl+B")
        self._back.set_name(self.tr("Back to the list"))
        self._title.set_text(self.tr("Models"))
        for (whole, small), words in (
            (self._guide, self.tr("Get a model…")),
            (self._file, self.tr("Open a GGUF file…")),
            (self._refresh, self.tr("Refresh")),
        ):
            whole.setText(words)
            small.set_name(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
