"""*On this computer*: the machine, the list of models, and beside it what runs them, or the details of the selected row.

A narrow page stacks them; the details then replace the rest.
"""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.models.ui.engine.runners import Runners
from chatdesk.features.models.ui.page.details.model_pane import ModelPane
from chatdesk.features.models.ui.page.details.server_pane import ServerPane
from chatdesk.features.models.ui.page.machine_strip import MachineStrip
from chatdesk.features.models.ui.page.models_column import ModelsColumn
from chatdesk.ui_kit.forms.section_page import ScrollingColumn
from chatdesk.ui_kit.lists.scrolling import BoundedScroll
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card

STACKED_BELOW = 900
"""Width in px at 100 % below which the columns of a tab are stacked."""
COLUMN_GAP = 28
_SIDE_WIDTH = 408
_UNLIMITED = 1 << 20


class HereTab(Translated, ScrollingColumn):
    """The tab. `models_presenter.py` handles its content; `runners` is what runs the models."""

    detail_closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        column: ModelsColumn,
        model_pane: ModelPane,
        runners: Runners,
        parent: QWidget | None = None,
    ) -> None:
        """Accept ready-made parts, because creating all of them at once would block the window."""
        super().__init__(appearance, parent, width="providersColumn")
        self.setObjectName("modelsHere")
        self._detail_shown = False
        self.menu_position: QPoint | None = None
        """Global position of the last menu; None before the first one."""
        self.strip = MachineStrip(appearance)
        self.models = column
        self.model_pane = model_pane
        self.server_pane = ServerPane(appearance)
        self.runners = runners
        self._area = BoundedScroll(self._offset_of_runners)
        """Scrolls what runs the models beside the list. On a stacked page it is part of the column, which scrolls as a whole."""
        self._back = Button(appearance, "", ButtonKind.PLAIN, icon="arrow-left", small=True)
        self._back.setObjectName("modelsBack")
        self._detail = Card(appearance)
        inside = QVBoxLayout(self._detail)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addStretch(1)
        self._detail_head = head
        inside.addLayout(head)
        for pane in (model_pane, self.server_pane):
            inside.addWidget(pane, 1)
            pane.hide()
        self._detail.hide()
        self._detail.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._side = QVBoxLayout()
        self._side.addWidget(self._area)
        self._side.addWidget(self._detail, 1)
        self._side.addStretch(0)
        self._columns.addWidget(column, 1)
        self._columns.addLayout(self._side)
        self.column.addWidget(self.strip)
        self.column.addLayout(self._columns, 1)
        self._back.clicked.connect(self.show_list)
        column.list.opened.connect(self.show_detail)
        column.list.resized.connect(self._area.fit)
        self.verticalScrollBar().rangeChanged.connect(self._keep_focus_visible)
        self._retranslate()
        appearance.bind(self._arrange_columns)

    # What is shown beside the list.

    def show_model_pane(self) -> None:
        """Prepare the details of a model to be shown."""
        self.server_pane.hide()
        self.model_pane.show()

    def show_server_pane(self) -> None:
        """Prepare the details of a server to be shown."""
        self.model_pane.hide()
        self.server_pane.show()

    def show_no_pane(self) -> None:
        """Show what runs the models, because nothing is selected."""
        self.model_pane.hide()
        self.server_pane.hide()
        self._show_detail(shown=False)

    def show_detail(self) -> None:
        """Show the details of the selected row in place of what runs the models, and of the list if there is space for one column only."""
        self._show_detail(shown=True)
        if self._is_stacked:
            pane = self.server_pane if self.server_pane.isVisibleTo(self._detail) else self.model_pane
            pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Close the details, and focus the list."""
        self._show_detail(shown=False)
        self.focus_content()

    def leave(self) -> bool:
        """Close the details. Returns False if they are not open."""
        shown = self._detail_shown
        if shown:
            self.show_list()
        return shown

    def focus_content(self) -> None:
        """Focus the list, or the search field if the list is hidden."""
        if self.models.list.isVisibleTo(self):
            self.models.list.focus_list()
        else:
            self.models.focus_search()

    def search(self) -> None:
        """Let the user search in the list."""
        self._show_detail(shown=False)
        self.models.focus_search()

    @property
    def detail_shown(self) -> bool:
        """Whether the details of a row are open."""
        return self._detail_shown

    def _show_detail(self, *, shown: bool) -> None:
        if shown != self._detail_shown:
            self._detail_shown = shown
            self.models.list.mark_current(marked=shown)
            self._arrange_columns()
            self.verticalScrollBar().setValue(0)
            if not shown:
                self.detail_closed.emit()

    def show_engine(self, setting: str = "") -> None:
        """Show the options, the files and the log of the built-in engine, and focus a setting."""
        self._show_detail(shown=False)
        engine = self.runners.engine
        engine.unfold()
        control = self.findChild(QWidget, setting) if setting else None
        if control:
            control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._area.ensureWidgetVisible(control)
        else:
            engine.focus()
        self._keep_focus_visible()

    def _keep_focus_visible(self) -> None:
        """Scroll to the options of the engine while one of them has the focus: what is above them is loaded later."""
        focused: QWidget | None = self.window().focusWidget()
        if focused and self.runners.isAncestorOf(focused):
            self.show_widget(focused)

    # Layout.

    @property
    def _is_stacked(self) -> bool:
        return self.width() < round(STACKED_BELOW * self._appearance.theme.scale)

    def _offset_of_runners(self) -> int:
        top = self._area.mapTo(self._content, QPoint()).y()
        return max(
            self.viewport().height() - top - self._layout.contentsMargins().bottom(), self.viewport().height() // 3
        )

    def _arrange_columns(self) -> None:
        theme, stacked = self._appearance.theme, self._is_stacked
        gap = round(COLUMN_GAP * theme.scale)
        alone = stacked and self._detail_shown
        for part in (self.strip, self.models):
            part.setVisible(not alone)
        if stacked and self.runners.parentWidget() is not self._content:
            self._side.insertWidget(0, self.runners)
        elif not stacked and self._area.content.indexOf(self.runners) < 0:
            self._area.content.addWidget(self.runners)
        self._area.setVisible(not stacked and not self._detail_shown)
        self.runners.setVisible(not self._detail_shown)
        self._detail.setVisible(self._detail_shown)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(gap)
        width = _UNLIMITED if stacked else round(_SIDE_WIDTH * theme.scale)
        for side in (self._area, self._detail):
            side.setMinimumWidth(0 if stacked else width)
            side.setMaximumWidth(width)
        self.models.set_stacked(stacked=stacked)
        self.column.setSpacing(theme.length("xl"))
        pad = theme.length("s")
        self._detail_head.setContentsMargins(pad, pad, pad, 0)
        self._area.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_columns()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("On this computer"))
        self._back.setText(self.tr("Back"))
