"""The export sheet: what is exported and how on the left, the file as it will be on the right.

The sheet itself does not read or save anything; its opener does.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.conversations.services.files.exported_chat import ChatFormat
from chatdesk.features.conversations.ui.exporting.export_choices import Choices, ExportChoices, ScopeChoice
from chatdesk.features.conversations.ui.exporting.export_preview import ExportPreview
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.lists.scrolling import OverlayScrollBar
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_DELAY = 150
"""Milliseconds without a change of the choices before the preview follows."""
_BAR_DELAY = 1_000
"""Milliseconds of work before its progress is shown."""
_HEIGHT = 640
"""Pixels of the body at 100 %."""
_LEFT = 344
_NARROW = 960
"""Width of the window below which options and preview are shown one at a time."""


class ExportSheet(Sheet):
    """Open it, then show the preview each time `preview_wanted` is emitted. `cancelled`: the running export is not wanted any more."""

    preview_wanted = Signal()
    save_requested = Signal()
    print_requested = Signal()
    cancelled = Signal()

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        formats: Sequence[ChatFormat],
        scopes: Sequence[ScopeChoice],
        choices: Choices,
        chosen: int = 0,
    ) -> None:
        """`chosen` is the index of the scope that is chosen at first."""
        super().__init__(appearance, window, SheetKind.WIDE, flush=True)
        self.setObjectName("exportSheet")
        self._is_working = False
        self._is_about_one = any(len(each.scope.chats) == 1 for each in scopes)
        self._views = Segments(appearance, "", self, stretched=True)
        self._views.setObjectName("exportViews")
        self._views.chosen.connect(self._show_view)
        self.choices = ExportChoices(appearance, formats, scopes, choices, chosen)
        self.choices.changed.connect(self._change)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("exportFailure")
        self._failure.hide()
        self._left = QScrollArea(self)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and scrolls it
        self._left.setWidgetResizable(True)
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._options = QVBoxLayout(inside)
        self._options.addWidget(self._failure)
        self._options.addWidget(self.choices, 1)
        self._promise = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._options.addWidget(self._promise)
        self._left.setWidget(inside)
        OverlayScrollBar(self._left)
        self.choices.installEventFilter(self)
        self._left.viewport().installEventFilter(self)
        self.preview = ExportPreview(appearance, self)
        self.preview.scheme_chosen.connect(lambda _dark: self.preview_wanted.emit())
        self._row = QHBoxLayout()
        self._row.addWidget(self._left)
        self._row.addWidget(self.preview, 1)
        self._row.setSpacing(0)
        self.body.setSpacing(0)
        self._views_row = QHBoxLayout()
        self._views_row.addWidget(self._views)
        self.body.addLayout(self._views_row)
        self.body.addLayout(self._row)
        self._cancel = self.add_button("")
        self._cancel.setObjectName("exportCancel")
        self._cancel.clicked.connect(self.cancel)
        self._print = self.add_button("")
        self._print.setObjectName("exportPrint")
        self._print.clicked.connect(self.print_requested)
        self._save = self.add_button("", ButtonKind.FILLED, icon="download")
        self._save.setObjectName("exportSave")
        self._save.clicked.connect(self.save_requested)
        self._wait = QTimer(self, interval=_DELAY, singleShot=True)
        self._wait.timeout.connect(self.preview_wanted)
        self._bar_wait = QTimer(self, interval=_BAR_DELAY, singleShot=True)
        self._bar_wait.timeout.connect(self._show_bar)
        self._retranslate()

    @property
    def is_dark(self) -> bool:
        """Whether the preview of a web page is wanted as it is at night."""
        return self.preview.is_dark

    def begin_work(self) -> None:
        """Show that the file is being written. Closing the sheet now cancels this."""
        self._is_working = True
        self._failure.hide()
        self.foot.progress.set_fraction(0)
        self._bar_wait.start()
        self._enable()

    def show_share(self, share: float) -> None:
        """Show how much of the work is done."""
        self.foot.progress.set_fraction(share)

    def end_work(self, failure: str = "") -> None:
        """Show that the work has ended, and why it failed."""
        self._is_working = False
        self._bar_wait.stop()
        self.foot.progress.hide()
        self._arrange()
        self._failure.show_text(failure)
        self._failure.setVisible(bool(failure))
        if failure:
            self._views.choose("options")
            self._show_view("options")
            self._left.verticalScrollBar().setValue(0)
        self._enable()

    def cancel(self) -> None:
        """Cancel the work; without any, close the sheet."""
        if self._is_working:
            self.cancelled.emit()
        else:
            super().cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pages of the preview."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if step := steps.get(Qt.Key(event.key())):
            self.preview.turn(step)
            event.accept()
            return
        super().keyPressEvent(event)

    def _change(self) -> None:
        self.start()
        self._show_format()
        self.preview.begin()
        self._wait.start()

    def _show_bar(self) -> None:
        self.foot.sentence.hide()
        self.foot.progress.show()

    def _enable(self) -> None:
        for part in (self.choices, self._save, self._print):
            part.setEnabled(not self._is_working)
        if self._is_working:
            self._cancel.setFocus()

    def _show_format(self) -> None:
        chosen = self.choices.format
        name = QCoreApplication.translate("ChatFormats", chosen.label)
        self._save.setText(self.tr("Save as {format}…").format(format=name))
        self._print.setVisible(chosen.has_pages)
        self.foot.fit()

    def _show_view(self, key: str) -> None:
        is_narrow = not self._views.isHidden()
        self._left.setVisible(not is_narrow or key == "options")
        self.preview.setVisible(not is_narrow or key == "preview")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the choices when the space for them or their own size changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        theme, width = self._appearance.theme, self._left.viewport().width()
        edge = theme.length("xl")
        self.choices.fit(width - 2 * edge)
        # Large labels take the space beside them rather than be cut.
        edge = max(0, min(edge, (width - self.choices.minimumSizeHint().width()) // 2))
        self._options.setContentsMargins(edge, 0, edge, theme.length("m"))

    def _arrange(self) -> None:
        theme = self._appearance.theme
        if hasattr(self, "_save"):
            is_narrow = self.width() < round(_NARROW * theme.scale)
            self._views.setVisible(is_narrow)
            edge = theme.length("xl")
            self._views_row.setContentsMargins(*((edge, 0, edge, theme.length("m")) if is_narrow else (0, 0, 0, 0)))
            self._promise.setVisible(is_narrow)
            self.foot.show_message("" if is_narrow else self._promise.text())
            self._left.viewport().setPalette(make_palette(theme, "raised"))
            for part in (self._left, self.preview):
                part.setMaximumWidth(1 << 16)
            if not is_narrow:
                self._left.setFixedWidth(round(_LEFT * theme.scale))
            else:
                self._left.setMinimumWidth(0)
            self._show_view(self._views.key())
        super()._arrange()
        if hasattr(self, "_save"):
            bar = self._views.sizeHint().height() + theme.length("m") if self._views.isVisibleTo(self) else 0
            height = max(1, min(round(_HEIGHT * theme.scale), self._max_body_height()) - bar)
            for part in (self._left, self.preview):
                part.setFixedHeight(height)
            super()._arrange()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Export chat") if self._is_about_one else self.tr("Export chats"))
        self._views.setAccessibleName(self.tr("View"))
        self._views.set_segments([("options", self.tr("Options")), ("preview", self.tr("Preview"))])
        self._cancel.setText(self.tr("Cancel"))
        self._print.setText(self.tr("Print…"))
        self._promise.set_text(
            self.tr("No API keys and no folders of this computer, except in what you or a model wrote.")
        )
        self._arrange()
        self._show_format()
