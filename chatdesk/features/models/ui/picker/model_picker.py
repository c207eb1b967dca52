"""Button that shows the current model and the state of its server, and opens the list of models."""

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.features.models.domain.model_rows import ServerGroup, StateKind
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground, draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.features.models.ui.picker.model_popup import ModelPopup

_POPUP = "chatdesk.features.models.ui.picker.model_popup"
_ROUNDING = 1
"""Pixels that prevent a name from being elided because of rounding."""

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class ModelPicker(QAbstractButton):
    """Model picker: a dot in the state's colour, the model's name, and in a muted colour its server, or the state if it cannot answer.

    If there is too little space, the muted text is hidden first, then the name is elided.
    """

    opened = Signal()
    """The list is about to open."""
    model_chosen = Signal(ModelRef)
    refresh_requested = Signal()
    add_server_requested = Signal()
    add_file_requested = Signal()
    """Only if it `accepts_files`, that is, in the main window."""
    fix_requested = Signal(str)
    """The same; carries the ID of a server that cannot be used."""
    more_requested = Signal(str)
    """The same; carries the name of a model that was typed and is not in the list, or nothing."""
    search_cancelled = Signal(str)
    """Escape was pressed after `open_popup` with a text; carries that text and what was typed after it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, accepts_files: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._accepts_files = accepts_files
        self._kind, self._state, self._model, self._server = StateKind.BUSY, "", "", ""
        self._groups: tuple[ServerGroup, ...] = ()
        self._ref: ModelRef | None = None
        self._popup: ModelPopup | None = None
        self._is_compact = False
        self.setObjectName("modelPicker")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._pressed)
        appearance.changed.connect(self._restyle)
        self._retranslate()

    def set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Set the servers and models of the list."""
        self._groups = groups
        if self._popup:
            self._popup.set_groups(groups)

    def set_current(self, kind: StateKind, state: str, model: str, server: str, ref: ModelRef | None = None) -> None:
        """Show the current model: the state of its server as colour and text, and both names. `ref` gets the check mark in the list."""
        self._kind, self._state, self._model, self._server = kind, state, plain_line(model), plain_line(server)
        self._ref = ref
        if self._popup:
            self._popup.set_current(ref)
        self._retranslate()
        self._restyle()

    def set_compact(self, *, compact: bool) -> None:
        """Set whether only the model is named, because there is little space."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._restyle()

    async def prepare(self) -> None:
        """Create the list before it is first opened; its module is imported in a thread."""
        if self._popup is None:
            await asyncio.to_thread(import_module, _POPUP)
        if self._popup is None:
            self._popup = self._make_popup()

    def open_popup(self, typed: str = "") -> None:
        """Open the list. `typed` is the initial search text, which is returned if no model is chosen."""
        if self._popup is None:
            self._popup = self._make_popup()
        self.opened.emit()
        self._popup.open_for(self, typed, align_end=True)

    def _pressed(self) -> None:
        self.open_popup()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle for the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _make_popup(self) -> "ModelPopup":
        from chatdesk.features.models.ui.picker.model_popup import (  # noqa: PLC0415 - start-up time: made when opened
            ModelPopup,
        )

        popup = ModelPopup(self._appearance, self, accepts_files=self._accepts_files)
        popup.model_chosen.connect(self.model_chosen)
        popup.dismissed.connect(self.search_cancelled)
        popup.refresh_requested.connect(self.refresh_requested)
        popup.add_server_requested.connect(self.add_server_requested)
        popup.add_file_requested.connect(self.add_file_requested)
        popup.more_requested.connect(self.more_requested)
        popup.fix_requested.connect(self.fix_requested)
        popup.set_groups(self._groups)
        popup.set_current(self._ref)
        return popup

    def _text(self) -> str:
        return self._model or self.tr("Choose a model")

    def _muted_text(self) -> str:
        trouble = self._kind in {StateKind.WARNING, StateKind.ERROR}
        return self._state if trouble and self._model and self._state else self._server

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Model"))
        description = ", ".join(text for text in (self._text(), self._server, self._state) if text)
        self.setAccessibleDescription(description)
        self.setToolTip(description)

    def _widths(self) -> tuple[int, int, int]:
        """Return the widths of the parts around the text, of the model's name, and of the muted text."""
        theme = self._appearance.theme
        around = 2 * theme.length("m") + theme.length("s") * 3 + theme.length("icon.ui")
        metrics = QFontMetrics(theme.font("ui"))
        model, muted = metrics.horizontalAdvance(self._text()), metrics.horizontalAdvance(self._muted_text())
        return around, model + _ROUNDING, muted + theme.length("s") if muted else 0

    def sizeHint(self) -> QSize:
        """Return the size for the complete text, limited so that space remains for the chat's title.

        Muted text that does not fit leaves no gap, and in a narrow window there is none.
        """
        theme = self._appearance.theme
        around, model, muted = self._widths()
        longest = theme.length("sidebarMin" if self._is_compact else "sidebarOverlay")
        whole = around + model + (0 if self._is_compact else muted)
        return QSize(min(whole if whole <= longest else around + model, longest), theme.length("button"))

    def minimumSizeHint(self) -> QSize:
        """Return the size for a short name; longer ones are elided."""
        return QSize(self._widths()[0] + self._appearance.theme.length("section"), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        draw_button_ground(painter, theme, rect, ButtonKind.OUTLINED, state, radius)
        pad, gap, size = theme.length("m"), theme.length("s"), theme.length("icon.ui")
        around, model_width, muted_width = self._widths()
        dot = QRectF(pad, (rect.height() - gap) / 2, gap, gap)
        draw_box(painter, dot, gap / 2, fill=theme.color(self._kind.color))
        text_rect = rect.adjusted(pad + 2 * gap, 0, -(pad + size), 0)
        chevron = QRectF(rect.right() - pad - size, 0, size, rect.height())
        draw_icon(painter, theme, "chevron-down", theme.color("textSecondary"), chevron, size)
        available = int(rect.width()) - around
        painter.setFont(theme.font("ui"))
        name = painter.fontMetrics().elidedText(self._text(), Qt.TextElideMode.ElideMiddle, max(available, 0))
        draw_text(painter, text_rect, name, theme.color("text"), _LEFT)
        if muted_width and model_width + muted_width <= available:
            rest = text_rect.adjusted(model_width + gap, 0, 0, 0)
            draw_text(painter, rest, self._muted_text(), theme.color("textTertiary"), _LEFT)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._restyle()
        super().changeEvent(event)
