"""Preview panel: header, security line, views of the page and keyboard line. The presenter decides what it shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.previews.domain.preview_item import PreviewItem
from chatdesk.features.previews.ui.panel.code_view import CodeView
from chatdesk.features.previews.ui.panel.console_view import ConsoleView
from chatdesk.features.previews.ui.panel.host_area import PreviewHostArea
from chatdesk.features.previews.ui.panel.host_stack import PreviewHostStack
from chatdesk.features.previews.ui.panel.keyboard_line import KeyboardLine
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.page_tabs import PageTab, PageTabs
from chatdesk.features.previews.ui.panel.panel_header import PanelHeader, PreviewAction, View
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, PreviewEvents, PreviewHosts, Severity
from chatdesk.features.previews.ui.versions.version_list import VersionRow
from chatdesk.features.previews.ui.versions.versions_view import VersionsView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.splitter import Splitter


class ShieldLine(Translated, QWidget):
    """Line above the page, outside its reach: the page is generated and has no network; how many requests were blocked.

    `details_requested`: the user wants to see the blocked hosts.
    """

    details_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._count = 0
        self._shield = IconLabel(appearance, "shield-check", "textSecondary", self)
        self._label = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._warning = IconLabel(appearance, "triangle-alert", "warning", self)
        self._blocked = Label(appearance, "ui", "warning", self)
        self._blocked.setObjectName("blockedRequests")
        self._details = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._details.setObjectName("blockedDetails")
        self._details.clicked.connect(self.details_requested)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._shield)
        self._layout.addWidget(self._label, 1)
        for part in (self._warning, self._blocked, self._details):
            self._layout.addWidget(part)
        appearance.bind(self._restyle)
        self.show_blocked({})

    def show_blocked(self, hosts: Mapping[str, int]) -> None:
        """Show how many requests were blocked."""
        self._count = sum(hosts.values())
        for part in (self._warning, self._blocked, self._details):
            part.setVisible(bool(self._count))
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("codeHeader"))
        self._layout.setContentsMargins(theme.length("l"), 0, theme.length("xs"), 0)
        self._layout.setSpacing(theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._label.set_text(self.tr("Generated content, no network"))
        roomy = self.width() >= 1.35 * self._appearance.theme.length("previewMin")
        if roomy:
            self._blocked.set_text(self.tr("%n network request(s) blocked", "", self._count))
        else:
            self._blocked.set_text(self.tr("%n blocked", "", self._count))
        self._details.setText(self.tr("Details"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = self._appearance.theme.color("borderSubtle")
        draw_line(QPainter(self), QPointF(0, self.height() - 1), self.width(), color)


class PreviewPanel(Translated, QWidget):
    """The panel of one window. `location_of` returns the text for the position in the code that a console line refers to."""

    tab_chosen = Signal(str)
    tab_closed = Signal(str)
    version_chosen = Signal(int)
    compare_requested = Signal(int, int)
    """A version and the one to compare it with. The receiver calls `versions.show_differences`."""
    restore_requested = Signal(int)
    code_run = Signal(tuple)
    """The files (`CodeFile`) as the user edited them."""
    action_requested = Signal(PreviewAction)
    fix_requested = Signal()
    line_chosen = Signal(ConsoleLine)
    left = Signal()
    """The user pressed Esc in the page: the keyboard focus returns to the chat."""

    def __init__(
        self,
        appearance: Appearance,
        preview_hosts: PreviewHosts,
        location_of: Callable[[ConsoleLine], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("previewPanel")
        self._appearance = appearance
        self._view = View.PREVIEW
        self._page_has_keyboard = False
        self._is_still = False
        self._full_screen = False
        self._own_window = False
        self._unseen = self._covered = False
        self._tab = ""
        self._tabs: tuple[PageTab, ...] = ()
        self.tabs = PageTabs(appearance, self)
        self.header = PanelHeader(appearance, self)
        self._shield = ShieldLine(appearance, self)
        self.preview_hosts = PreviewHostStack(appearance, preview_hosts, self)
        self.code = CodeView(appearance, self)
        self.console = ConsoleView(appearance, location_of, self)
        self.versions = VersionsView(appearance, self)
        self._keyboard = KeyboardLine(appearance, self)
        self._views = Splitter(Qt.Orientation.Horizontal, self)
        self._page_views = Splitter(Qt.Orientation.Vertical, self)
        for view in (self.preview_hosts, self.console):
            self._page_views.addWidget(view)
        for part in (self.code, self._page_views, self.versions):
            self._views.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.header)
        layout.addWidget(self._shield)
        layout.addWidget(self._views, 1)
        layout.addWidget(self._keyboard)
        self.setAutoFillBackground(True)
        self._connect()
        appearance.bind(self._restyle)
        self.show_view(View.PREVIEW)

    @property
    def host_area(self) -> PreviewHostArea:
        """The host area of the page in front."""
        return self.preview_hosts.current

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self._view

    @property
    def is_own_window(self) -> bool:
        """Whether the panel is in a separate window."""
        return self._own_window

    @property
    def is_full_screen(self) -> bool:
        """Whether the page is shown in full screen."""
        return self._full_screen

    def show_view(self, view: View) -> None:
        """Show one of the views."""
        self._view = view
        self.header.show_view(view)
        self.code.setVisible(view in {View.CODE, View.SPLIT})
        # The page stays visible above its console: a hidden page is frozen and writes nothing.
        self._page_views.setVisible(self._shows_page)
        self.versions.setVisible(view is View.VERSIONS)
        self.console.setVisible(view is View.CONSOLE)
        half = self._page_views.height() // 2
        self._page_views.setSizes([half, half])
        self._freeze_unseen()

    def show_tabs(self, tabs: Sequence[PageTab], current: str) -> None:
        """Show these tabs and the page of the current one. The other pages are frozen."""
        self._tabs, self._tab = tuple(tabs), current
        self.preview_hosts.bring_to_front(current)
        self._freeze_unseen()
        self._update_tabs()

    def show_item(self, item: PreviewItem, versions: Sequence[VersionRow], index: int) -> None:
        """Show the code of a version and its position among all versions."""
        self.header.show_versions(len(versions), index)
        self.versions.show_versions(versions, index)
        if self._view is View.VERSIONS and len(versions) < 2:
            self.show_view(View.PREVIEW)
        self.code.show_item(item)
        self._is_still = item.is_still
        self._show_keyboard()
        self.setAccessibleName(self.tr("Preview of “{title}”").format(title=item.title))

    def reload(self) -> None:
        """Restart the page. It keeps the keyboard focus if it has it."""
        had_keyboard = self._page_has_keyboard
        self.host_area.reload()
        if had_keyboard:
            self.host_area.focus_page()

    def go_to_code(self, name: str, line: int) -> None:
        """Show a line of the code and focus the code view."""
        if self._view is not View.SPLIT:
            self.show_view(View.CODE)
        self.code.go_to(name, line)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_full_screen(self, *, full: bool) -> None:
        """Hide the header and the tabs in full screen, or show them again."""
        self._full_screen = full
        self.header.setVisible(not full)
        self.tabs.conceal(concealed=full)
        self.header.show_full_screen(full=full)
        if full:
            self.show_view(View.PREVIEW)
        self._show_keyboard()
        self.host_area.focus_page()

    def set_own_window(self, *, own: bool) -> None:
        """Show whether the panel is in a separate window."""
        self._own_window = own
        self.header.show_own_window(own=own)
        self._show_keyboard()

    def set_unseen(self, *, unseen: bool) -> None:
        """Freeze the page while the window around the panel is minimized."""
        self._unseen = unseen
        self._freeze_unseen()

    def set_covered(self, *, covered: bool) -> None:
        """Hide the page while something translucent covers the panel: the native window of the page would be black behind it."""
        if covered is not self._covered:
            self._covered = covered
            self._page_views.setVisible(self._shows_page)
            self._freeze_unseen()

    @property
    def _shows_page(self) -> bool:
        return self._view not in {View.CODE, View.VERSIONS} and not self._covered

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.tab_chosen)
        self.tabs.close_requested.connect(self.tab_closed)
        self.versions.compare_requested.connect(self.compare_requested)
        self.versions.restore_requested.connect(self.restore_requested)
        self.versions.show_requested.connect(self._show_version)
        self.header.view_chosen.connect(self.show_view)
        self.header.versions.chosen.connect(self.version_chosen)
        self.header.action_requested.connect(self._perform)
        self._shield.details_requested.connect(lambda: self.show_view(View.CONSOLE))
        self.code.run_requested.connect(self.code_run)
        self.console.clear_requested.connect(self._clear_console)
        self.console.fix_requested.connect(self.fix_requested)
        self.console.line_chosen.connect(self.line_chosen)
        self.preview_hosts.created.connect(self._connect_events)
        self.preview_hosts.unloaded_changed.connect(self._update_tabs)
        self.preview_hosts.state_changed.connect(self._show_keyboard)
        self.preview_hosts.state_changed.connect(self._freeze_unseen)
        self.preview_hosts.console_changed.connect(self._show_console)
        self.preview_hosts.blocked_changed.connect(self._show_blocked)
        self.preview_hosts.state_action_chosen.connect(self._on_state_action)

    def _clear_console(self) -> None:
        self.host_area.clear_console()

    def _update_tabs(self) -> None:
        tabs = [replace(tab, unloaded=self.preview_hosts.is_unloaded(tab.key)) for tab in self._tabs]
        self.tabs.show_tabs(tabs, self._tab)

    def _show_version(self, index: int) -> None:
        self.show_view(View.PREVIEW)
        self.version_chosen.emit(index)

    def _freeze_unseen(self) -> None:
        """Pause the page while it is invisible, and resume it otherwise."""
        seen = self.isVisible() and not self._unseen and self._shows_page
        self.host_area.set_paused(paused=not seen)

    def _connect_events(self, events: PreviewEvents) -> None:
        events.escape_pressed.connect(self._on_escape)
        events.focus_changed.connect(self._on_page_focus_changed)

    def _perform(self, action: PreviewAction) -> None:
        if action is PreviewAction.RELOAD:
            self.reload()
        else:
            self.action_requested.emit(action)

    def _on_state_action(self, action_name: str) -> None:
        match action_name:
            case "restart":
                self.host_area.reload()
            case "code":
                self.show_view(View.CODE)
            case "save":
                self.action_requested.emit(PreviewAction.SAVE)
            case "outside":
                self.action_requested.emit(PreviewAction.OPEN_OUTSIDE)

    def _on_escape(self) -> None:
        if self._full_screen:
            self.action_requested.emit(PreviewAction.FULL_SCREEN)
        else:
            self.left.emit()

    def _on_page_focus_changed(self, page_has_it: bool) -> None:
        self._page_has_keyboard = page_has_it
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        runs = self.host_area.state is PageState.RUNNING
        self._keyboard.setVisible(not (self._is_still and runs) or self._full_screen)
        self._keyboard.show_state(
            self.host_area.state,
            has_keyboard=self._page_has_keyboard,
            full_screen=self._full_screen,
            own_window=self._own_window,
        )

    def _show_console(self) -> None:
        lines = self.host_area.console
        self.console.show_lines(lines)
        warnings = sum(line.times for line in lines if line.severity is Severity.WARNING)
        self.header.show_counts(self.host_area.errors, warnings)

    def _show_blocked(self) -> None:
        hosts = self.host_area.blocked
        self._shield.show_blocked(hosts)
        self.console.show_blocked(hosts)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "sidebar"))
        self.setMinimumWidth(theme.length("previewMin") * 4 // 5)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc leave full screen, or close the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.action_requested.emit(PreviewAction.FULL_SCREEN if self._full_screen else PreviewAction.CLOSE)
        else:
            event.accept()  # keys typed here must not reach the message input

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freeze_unseen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._freeze_unseen()

    def _retranslate(self) -> None:
        self._show_keyboard()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._appearance.theme.color("borderSubtle"))
        x = self.width() - 1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        painter.drawLine(x, 0, x, self.height())
