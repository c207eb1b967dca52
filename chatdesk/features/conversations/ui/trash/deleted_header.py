"""The row above what was deleted: the sidebar's toggle or the way back, a name, and what is done with all of it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader


class DeletedHeader(PageHeader):
    """Shows what is done with all while the list is shown, and the way back to it while a chat is read."""

    sidebar_toggled = Signal()
    back_requested = Signal()
    delete_all_requested = Signal()
    restore_all_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._reads, self._compact, self._some = "", False, False
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("deletedSidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("deletedBack")
        self._back.clicked.connect(self.back_requested)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._delete = Button(appearance, "", ButtonKind.PLAIN, self, ink="danger")
        self._delete.setObjectName("deleteAllNow")
        self._delete.clicked.connect(self.delete_all_requested)
        self._restore = Button(appearance, "", ButtonKind.OUTLINED, self, icon="archive-restore")
        self._restore.setObjectName("restoreAll")
        self._restore.clicked.connect(self.restore_all_requested)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._back)
        self._layout.addWidget(self._toggle)
        self._layout.addWidget(self._title, 1)
        self._layout.addWidget(self._delete)
        self._layout.addWidget(self._restore)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._show()

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show what the toggle will do."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def set_read(self, title: str) -> None:
        """Name the chat that is read; none: the list is shown."""
        self._reads = title
        self._show()

    def set_some(self, *, some: bool) -> None:
        """Offer to do something with all there is, if there is something."""
        self._some = some
        self._show()

    def set_compact(self, *, compact: bool) -> None:
        """Show icons in place of words."""
        if compact != self._compact:
            self._compact = compact
            self._show()

    def _show(self) -> None:
        self._back.setVisible(bool(self._reads))
        self._toggle.setVisible(not self._reads)
        self._title.set_text(self._reads or self.tr("Recently deleted"))
        self._toggle.set_name(self.tr("Show or hide the sidebar"), shortcut="Ctrl+B")
        self._back.set_name(self.tr("Back to the list"))
        words = ((self._delete, self.tr("Delete all now…"), "trash-2"), (self._restore, self.tr("Restore all"), ""))
        for button, name, icon in words:
            button.setVisible(self._some and not self._reads)
            button.setText("" if self._compact else name)
            button.setAccessibleName(name)
            button.setToolTip(name if self._compact else "")
            button.set_icon((icon if self._compact else "") if button is self._delete else "archive-restore")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("s"))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
