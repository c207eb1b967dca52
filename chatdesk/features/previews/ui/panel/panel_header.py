"""Header of the preview panel: view selector, version stepper and buttons for the page."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.previews.ui.versions.version_stepper import VersionStepper
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.segments import Segments


class View(StrEnum):
    """A view of the panel."""

    PREVIEW = "preview"
    CODE = "code"
    CONSOLE = "console"
    SPLIT = "split"
    """Code and page side by side."""
    VERSIONS = "versions"
    """Offered only while it is shown."""


class PreviewAction(StrEnum):
    """An action on the page or the panel."""

    RELOAD = "reload"
    SAVE = "save"
    OPEN_OUTSIDE = "open_outside"
    OWN_WINDOW = "own_window"
    FULL_SCREEN = "full_screen"
    FORGET = "forget"
    """Delete the data that the page stored in its runs. In the menu only."""
    MORE = "more"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class _ButtonStyle:
    icon: str
    essential: bool
    """Whether the button is shown at any panel width. The other actions are also in the menu."""


_BUTTON_STYLES = {
    PreviewAction.RELOAD: _ButtonStyle("rotate-cw", essential=True),
    PreviewAction.SAVE: _ButtonStyle("download", essential=False),
    PreviewAction.OPEN_OUTSIDE: _ButtonStyle("external-link", essential=False),
    PreviewAction.OWN_WINDOW: _ButtonStyle("picture-in-picture-2", essential=False),
    PreviewAction.FULL_SCREEN: _ButtonStyle("maximize", essential=False),
    PreviewAction.MORE: _ButtonStyle("ellipsis", essential=True),
    PreviewAction.CLOSE: _ButtonStyle("x", essential=True),
}
_OPTIONAL_BY_PRIORITY = (
    PreviewAction.FULL_SCREEN,
    PreviewAction.OWN_WINDOW,
    PreviewAction.SAVE,
    PreviewAction.OPEN_OUTSIDE,
)
"""The non-essential buttons in order of priority: the first ones stay visible in a narrow panel."""
_SPLIT_WIDTH = 1.7
"""Minimum width for the split view, as a multiple of `previewMin`: in a narrower panel each half shows too little."""
_COMMANDS = {PreviewAction.RELOAD: CommandId.RELOAD_PREVIEW, PreviewAction.FULL_SCREEN: CommandId.FULL_SCREEN}


class PanelHeader(Translated, QWidget):
    """Header of 48 px with a bottom border. In a narrow panel, non-essential actions are only in the menu."""

    view_chosen = Signal(View)
    action_requested = Signal(PreviewAction)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._can_split = False
        self._lists_versions = False
        self._in_window = False
        self._full_screen = False
        self.views = Segments(appearance, "", self)
        self.views.setObjectName("previewViews")
        self.views.chosen.connect(lambda key: self.view_chosen.emit(View(key)))
        self.versions = VersionStepper(appearance, self)
        self.versions.list_requested.connect(lambda: self.view_chosen.emit(View.VERSIONS))
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self.views)
        self._layout.addStretch(1)
        self._layout.addWidget(self.versions)
        self._buttons: dict[PreviewAction, IconButton] = {}
        for action, style in _BUTTON_STYLES.items():
            button = IconButton(appearance, style.icon, self)
            button.setObjectName(f"preview.{action}")
            button.clicked.connect(lambda _checked=False, action=action: self.action_requested.emit(action))
            self._layout.addWidget(button)
            self._buttons[action] = button
        self._retranslate()
        appearance.bind(self._restyle)

    def button(self, action: PreviewAction) -> IconButton:
        """Return the button of an action."""
        return self._buttons[action]

    def show_view(self, view: View) -> None:
        """Select a view in the view selector."""
        if self._lists_versions is not (view is View.VERSIONS):
            self._lists_versions = view is View.VERSIONS
            self._retranslate()
        self.views.choose(view)
        self._fit()

    def show_versions(self, count: int, index: int) -> None:
        """Show the number of versions and the index of the current one."""
        self.versions.show_versions(count, index)
        self._fit()

    def show_counts(self, errors: int, warnings: int) -> None:
        """Show the number of errors on the console, or of warnings if there are no errors."""
        if errors:
            self.views.set_badge(View.CONSOLE, str(min(errors, 999)), "danger")
        else:
            self.views.set_badge(View.CONSOLE, str(min(warnings, 999)) if warnings else "", "warning")

    def show_own_window(self, *, own: bool) -> None:
        """Show whether the panel is in a separate window, whose frame has a close button of its own."""
        self._in_window = own
        self._buttons[PreviewAction.OWN_WINDOW].set_icon("panel-right" if own else "picture-in-picture-2")
        self._retranslate()
        self._fit()

    def show_full_screen(self, *, full: bool) -> None:
        """Show whether the page is in full screen."""
        self._full_screen = full
        self._buttons[PreviewAction.FULL_SCREEN].set_icon("minimize" if full else "maximize")
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("xs"))
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Show the buttons that fit: the essential ones first, then the others by priority."""
        theme = self._appearance.theme
        can_split = self.width() >= _SPLIT_WIDTH * theme.length("previewMin")
        if can_split is not self._can_split:
            self._can_split = can_split
            was = self.views.key()
            self._retranslate()
            if was == View.SPLIT and not can_split:
                self.view_chosen.emit(View.PREVIEW)
        self.versions.setVisible(self.versions.has_choice and not self._lists_versions)
        essential = [
            action for action, style in _BUTTON_STYLES.items() if style.essential and not self._is_redundant(action)
        ]
        button = theme.length("hit") + theme.length("xs")
        available = self.width() - 2 * theme.length("m") - self.views.sizeHint().width() - len(essential) * button
        if not self.versions.isHidden():
            available -= self.versions.sizeHint().width() + theme.length("xs")
        kept = set(essential) | set(_OPTIONAL_BY_PRIORITY[: max(0, available // button)])
        for action, shown in self._buttons.items():
            shown.setVisible(action in kept)

    def _is_redundant(self, action: PreviewAction) -> bool:
        return action is PreviewAction.CLOSE and self._in_window

    def _retranslate(self) -> None:
        segments = [
            (View.PREVIEW, self.tr("Preview")),
            (View.CODE, self.tr("Code")),
            (View.CONSOLE, self.tr("Console")),
        ]
        if self._can_split:
            segments.append((View.SPLIT, self.tr("Split")))
        if self._lists_versions:
            segments.append((View.VERSIONS, self.tr("Versions")))
        self.views.set_segments([(str(key), text) for key, text in segments])
        self.views.setAccessibleName(self.tr("View"))
        names = {
            PreviewAction.RELOAD: self.tr("Restart page"),
            PreviewAction.SAVE: self.tr("Save as…"),
            PreviewAction.OPEN_OUTSIDE: self.tr("Open in the browser…"),
            PreviewAction.OWN_WINDOW: self.tr("Back to side panel")
            if self._in_window
            else self.tr("Open in separate window"),
            PreviewAction.FULL_SCREEN: self.tr("Exit full screen") if self._full_screen else self.tr("Full screen"),
            PreviewAction.MORE: self.tr("Size, zoom and more"),
            PreviewAction.CLOSE: self.tr("Close preview"),
        }
        for action, button in self._buttons.items():
            keys = "Esc" if action is PreviewAction.CLOSE else ""
            button.set_name(names[action], keys, command=_COMMANDS.get(action, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._appearance.theme.color("borderSubtle"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
