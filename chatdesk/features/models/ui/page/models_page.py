"""Models page: a header, the model list and the details beside it. A narrow page shows either the list or the details.

The recommendations replace both when they are open.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.models.ui.page.details.model_pane import ModelPane
from chatdesk.features.models.ui.page.details.server_pane import ServerPane
from chatdesk.features.models.ui.page.models_column import ModelsColumn
from chatdesk.ui_kit.shortcuts import CommandId, keys_of_event
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from chatdesk.features.models.ui.guide.recommendations import Recommendations


class ModelsHeader(Translated, PageHeader):
    """Header of the models page: sidebar toggle or back button, title, and buttons for adding models.

    It only reports clicks; the page decides what they do.
    """

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
        self._compact = self._recommends = False
        self._from_list = True
        for part in (self._back, self._toggle):
            self._layout.addWidget(part)
        self._layout.addWidget(self._title, 1)
        self._guide = self._pair("openGuide", "download", self.guide_requested)
        self._file = self._pair("openModelFile", "file-up", self.file_requested)
        self._refresh = self._pair("refreshAllModels", "refresh-cw", self.refresh_requested)
        appearance.bind(self._restyle)
        self._retranslate()
        self.set_compact(compact=False)

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Set the icon of the sidebar toggle."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def set_back(self, *, shown: bool) -> None:
        """Show the back button instead of the sidebar toggle, or the toggle again. The recommendations have both."""
        self._back.setVisible(shown or self._recommends)
        self._toggle.setVisible(not shown or self._recommends)

    def set_compact(self, *, compact: bool) -> None:
        """Show icon buttons instead of buttons with text."""
        self._compact = compact
        self._show_buttons()

    def set_recommends(self, *, recommends: bool, from_list: bool) -> None:
        """Show the header of the recommendations, with a way back to the list or to the chats; or the header of the list."""
        if (recommends, from_list) != (self._recommends, self._from_list):
            self._recommends, self._from_list = recommends, from_list
            self._show_buttons()
            self._retranslate()

    def _show_buttons(self) -> None:
        for whole, small in self._pairs:
            shown = not self._recommends or whole is self._refresh[0]
            whole.setVisible(shown and not self._compact)
            small.setVisible(shown and self._compact)

    @property
    def last(self) -> QWidget:
        """The last button of the header in tab order."""
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
        self._toggle.set_name(self.tr("Show or hide sidebar"), command=CommandId.TOGGLE_SIDEBAR)
        if self._recommends and not self._from_list:
            self._back.set_name(self.tr("Back to chats"), shortcut="Esc")
        else:
            self._back.set_name(self.tr("Back to the list"))
        self._title.set_text(self.tr("DeepSeek: which size?") if self._recommends else self.tr("Models"))
        for (whole, small), text in (
            (self._guide, self.tr("Download model…")),
            (self._file, self.tr("Open a GGUF file…")),
            (self._refresh, self.tr("Refresh")),
        ):
            whole.setText(text)
            small.set_name(text)


_MIN_TWO_COLUMNS = 720
_LIST_SHARE = 0.52
"""Share of the page's width for the list when the details are beside it."""
_MIN_PANE, _MAX_LIST = 340, 620
"""Pixels at 100 %."""
_COMMANDS: dict[str, str] = {CommandId.FIND: "search", CommandId.TOGGLE_SIDEBAR: "sidebar"}
"""Commands whose keys have another meaning while a chat is shown."""
_KEYS = {"Ctrl+R": "refresh", "F5": "refresh", "F2": "rename"}
"""Other keys of the page. Renaming is an action of the list."""


class ModelsPage(Translated, QWidget):
    """The model list with the details pane, or the recommendations. `models_presenter.py` handles their content.

    `seen` is emitted when the page is shown or hidden.
    """

    closed = Signal()
    seen = Signal(bool)

    def __init__(
        self, appearance: Appearance, column: ModelsColumn, model_pane: ModelPane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._detail_shown = False
        self._from_list = True
        """Whether the recommendations were opened from the list, and lead back to it."""
        self._recommendations: Recommendations | None = None
        self.menu_place: QPoint | None = None
        """Global position of the last menu; None before the first one."""
        self.header = ModelsHeader(appearance, self)
        self.column = column
        self.model_pane = model_pane
        self.server_pane = ServerPane(appearance)
        self._empty_label = Label(appearance, "ui", "textTertiary", wrap=True)
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail = QStackedWidget(self)
        for part in (self._empty_label, self.model_pane, self.server_pane):
            self._detail.addWidget(part)
        self._sections = QStackedWidget(self)
        both = QWidget(self._sections)
        columns = QHBoxLayout(both)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(1)
        columns.addWidget(self.column)
        columns.addWidget(self._detail, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # two columns may collapse into one
        layout.addWidget(self.header)
        self._sections.addWidget(both)
        layout.addWidget(self._sections, 1)
        self.setAutoFillBackground(True)
        self.header.back_requested.connect(self._restore_backup)
        self.column.list.opened.connect(self.show_detail)
        appearance.bind(self._arrange)
        self._retranslate()

    def begin(self) -> None:
        """Show the list and give it the keyboard focus, or the search field if the list is hidden."""
        self.show_list()
        self._focus_content()

    def add_recommendations(self, recommendations: "Recommendations") -> None:
        """Add the recommendations. They are created when they are first opened."""
        self._recommendations = recommendations
        self._sections.addWidget(recommendations)
        self.header.refresh_requested.connect(recommendations.refresh)

    def show_recommendations(self, *, from_list: bool) -> None:
        """Show the recommendations. `from_list`: leaving them leads back to the list, otherwise to the chats."""
        if self._recommendations:
            self._from_list = from_list
            self._sections.setCurrentWidget(self._recommendations)
            self._arrange()
            self._recommendations.open()
            self._focus_content()

    def show_model_pane(self) -> None:
        """Show the details of a model."""
        self._detail.setCurrentWidget(self.model_pane)

    def show_server_pane(self) -> None:
        """Show the details of a server."""
        self._detail.setCurrentWidget(self.server_pane)

    def show_no_pane(self) -> None:
        """Show the placeholder for no selection."""
        self._detail.setCurrentWidget(self._empty_label)

    def show_detail(self) -> None:
        """Show the details in place of the list if there is room for one column only."""
        self._detail_shown = True
        self._arrange()
        if self._is_single and (pane := self._detail.currentWidget()):
            pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Show the list again in place of the recommendations or the details."""
        recommended = self._recommends
        self._sections.setCurrentIndex(0)
        self._detail_shown = False
        self._arrange()
        if self._is_single or recommended:
            self._focus_content()

    @property
    def _recommends(self) -> bool:
        return self._sections.currentIndex() > 0

    def _restore_backup(self) -> None:
        """Go one step back; the last step leads to the chats."""
        if (self._recommends and self._from_list) or (not self._recommends and self._is_single and self._detail_shown):
            self.show_list()
        else:
            self.closed.emit()

    @property
    def _is_single(self) -> bool:
        return self.width() < round(_MIN_TWO_COLUMNS * self._appearance.theme.scale)

    def _focus_content(self) -> None:
        if self._recommends and self._recommendations:
            self._recommendations.focus()
        elif self.column.list.isVisibleTo(self):
            self.column.list.focus_list()
        else:
            self.column.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        scale, single = self._appearance.theme.scale, self._is_single
        width = self.width()
        beside = min(round(width * _LIST_SHARE), round(_MAX_LIST * scale), width - round(_MIN_PANE * scale))
        self.column.setVisible(not single or not self._detail_shown)
        self.column.setMinimumWidth(0 if single else beside)
        self.column.setMaximumWidth(width if single else beside)
        self._detail.setVisible(not single or self._detail_shown)
        self.header.set_recommends(recommends=self._recommends, from_list=self._from_list)
        self.header.set_back(shown=single and self._detail_shown)
        self.header.set_compact(compact=single)
        self.update()

    def _retranslate(self) -> None:
        self._empty_label.set_text(self.tr("Select a model to see it here."))

    def _meaning(self, event: QKeyEvent) -> str:
        keys = keys_of_event(event)
        return _COMMANDS.get(self._appearance.shortcuts.owner(keys)) or _KEYS.get(keys, "")

    def minimumSizeHint(self) -> QSize:
        return QSize(*self._appearance.theme.size("windowMin"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch between one and two columns."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard focus, unless only the window was restored: the focus is then where it was."""
        super().showEvent(event)
        self.seen.emit(True)
        if not event.spontaneous():
            self._focus_content()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that are shortcuts elsewhere in the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the shortcuts of the page. Esc goes one step back; the last step leads to the chats."""
        match self._meaning(event):
            case "search":
                self.show_list()
                self.column.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.column.search.edit.selectAll()
            case "refresh":
                self.header.refresh_requested.emit()
            case "sidebar":
                self.header.sidebar_toggled.emit()
            case _ if event.key() == Qt.Key.Key_Escape:
                self._restore_backup()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.column.isVisible() and self.column.geometry().right() < self.width() - 1:
            top = self.header.height()
            start = QPointF(self.column.geometry().right() + 1, top)
            color = self._appearance.theme.color("borderSubtle")
            draw_line(QPainter(self), start, self.height() - top, color, vertical=True)
