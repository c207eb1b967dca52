"""*Get more*: the machine, models to download, and beside them the downloads. A narrow page stacks them."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.page.here_tab import COLUMN_GAP, STACKED_BELOW
from chatdesk.features.models.ui.page.machine_strip import MachineStrip
from chatdesk.ui_kit.forms.section_page import ScrollingColumn
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated

_SIDE_WIDTH = 284
_UNLIMITED = 1 << 20


class GetMoreTab(Translated, ScrollingColumn):
    """The tab. `offers` are the models that can be downloaded, `downloads` those that are being downloaded; both scroll with the tab."""

    def __init__(
        self, appearance: Appearance, offers: QWidget, downloads: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent, width="providersColumn")
        self.setObjectName("modelsGetMore")
        self.strip = MachineStrip(appearance)
        self._offers = offers
        self._downloads = downloads
        self._downloads_first = False
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._start, self._end = QVBoxLayout(), QVBoxLayout()
        for column, part in ((self._start, offers), (self._end, downloads)):
            column.addWidget(part)
            column.addStretch(1)
        self._columns.addLayout(self._start, 1)
        self._columns.addLayout(self._end)
        self.column.addWidget(self.strip)
        self.column.addLayout(self._columns, 1)
        self._retranslate()
        appearance.bind(self._arrange_columns)

    def set_downloads_first(self, *, first: bool) -> None:
        """Set whether a stacked page shows the downloads above the offers, because one is running."""
        if first != self._downloads_first:
            self._downloads_first = first
            self._arrange_columns()

    def show_downloads(self) -> None:
        """Scroll to the downloads."""
        self.show_widget(self._downloads)

    def _arrange_columns(self) -> None:
        theme = self._appearance.theme
        stacked = self.width() < round(STACKED_BELOW * theme.scale)
        if stacked:
            first = self._downloads_first
            direction = QBoxLayout.Direction.BottomToTop if first else QBoxLayout.Direction.TopToBottom
        else:
            direction = QBoxLayout.Direction.LeftToRight
        self.column.setSpacing(theme.length("xl"))
        self._columns.setDirection(direction)
        self._columns.setSpacing(round(COLUMN_GAP * theme.scale))
        width = _UNLIMITED if stacked else round(_SIDE_WIDTH * theme.scale)
        self._downloads.setMinimumWidth(0 if stacked else width)
        self._downloads.setMaximumWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_columns()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Get more"))
