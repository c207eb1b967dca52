"""Alternative translations of the sentence at the cursor: requested from the model and shown in a popup below the sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.models.ui.picker.page_model import PageModel
from chatdesk.features.translation.domain.sentences import Span
from chatdesk.features.translation.services.translation import Translation
from chatdesk.features.translation.ui.rows_view import RowsView
from chatdesk.kernel.errors.base import ChatdeskError, ModelNotFound
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_lit_row
from chatdesk.ui_kit.style.wrapped_text import WrappedText
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup
from chatdesk.ui_kit.widgets.spinner import Spinner

# Popup with the versions, which are chosen by a click or with the arrow keys.

_WIDTH = 420
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Version(QAbstractButton):
    """Button with one version on as many lines as needed."""

    def __init__(self, appearance: Appearance, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setText(text)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lines(self, width: int) -> WrappedText:
        theme = self._appearance.theme
        return WrappedText(self.text(), theme.font("ui"), theme.line("ui"), width, Qt.AlignmentFlag.AlignLeading)

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        width = round(_WIDTH * theme.scale) - 2 * theme.length("xs")
        return QSize(width, self._lines(width - 2 * theme.length("s")).height + 2 * theme.length("s"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the version, highlighted if it is focused or hovered."""
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        if state.hovered or state.pressed or self.hasFocus():
            draw_lit_row(painter, theme, QRectF(self.rect()), pressed=state.pressed)
        pad = theme.length("s")
        available = QRectF(self.rect().adjusted(pad, pad, -pad, -pad))
        self._lines(int(available.width())).draw(painter, available, theme.color("text"))


class VersionsPopup(Translated, Popup):
    """Popup with versions. `chosen` carries the selected one; `wanted` requests versions, also after a failure."""

    chosen = Signal(str)
    wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("versionsPopup")
        self._area = QRect()
        self._title = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._spinner = Spinner(appearance, "", self)
        self._state = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._again = Button(appearance, "", ButtonKind.PLAIN, self, icon="refresh-cw", small=True)
        self._again.clicked.connect(self.wanted)
        self._waiting = QHBoxLayout()
        self._waiting.addWidget(self._spinner)
        self._waiting.addWidget(self._state, 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._inside = QVBoxLayout()
        self._inside.addWidget(self._title)
        self._inside.addLayout(self._waiting)
        self._inside.addLayout(self._list)
        self._inside.addWidget(self._again)
        self.content.addLayout(self._inside)
        self._versions: list[_Version] = []
        self._retranslate()

    def open_for(self, area: QRect, sentence: str) -> None:
        """Open below a global rectangle, and request versions."""
        theme = self._appearance.theme
        pad = theme.length("xs")
        self._inside.setContentsMargins(pad, theme.length("s"), pad, pad)
        self._inside.setSpacing(pad)
        self._waiting.setContentsMargins(theme.length("s"), pad, theme.length("s"), pad)
        self._title.setContentsMargins(theme.length("s"), 0, theme.length("s"), 0)
        self.setFixedWidth(round(_WIDTH * theme.scale))
        self._area = area
        self._title.set_text(plain_line(sentence))
        self.wait()
        self.wanted.emit()

    def wait(self) -> None:
        """Show that versions are being requested."""
        self._show((), self.tr("Writing alternatives…"), waits=True)

    def show_versions(self, versions: Sequence[str]) -> None:
        """Show the versions."""
        self._show(versions, "")

    def show_error(self, error: ChatdeskError) -> None:
        """Show why there are no versions."""
        self._show((), describe_error(error).sentence)

    def _show(self, versions: Sequence[str], text: str, *, waits: bool = False) -> None:
        for old in self._versions:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._versions = [_Version(self._appearance, version, self) for version in versions]
        for version in self._versions:
            version.clicked.connect(lambda _checked=False, chosen=version: self._apply(chosen.text()))
            self._list.addWidget(version)
            version.show()  # a layout would show it later, and until then it cannot be focused
        self._spinner.setVisible(waits)
        self._state.set_text(text)
        self._state.setVisible(bool(text))
        self._again.setVisible(not waits)
        self.content.activate()
        self.adjustSize()
        self.open_at(self._area)
        (self._versions[0] if self._versions else self._again if not waits else self).setFocus(
            Qt.FocusReason.PopupFocusReason
        )

    def _apply(self, text: str) -> None:
        self.close()
        self.chosen.emit(text)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Alternative translations"))
        self._again.setText(self.tr("More alternatives"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys, choose with Enter."""
        stops: list[QWidget] = [*self._versions, self._again]
        focused = self.focusWidget()
        at = stops.index(focused) if focused in stops else -1
        if event.key() in _STEPS and not self._again.isHidden():
            stops[(at + _STEPS[Qt.Key(event.key())]) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and at >= 0:
            (self._versions[at] if at < len(self._versions) else self._again).click()
        else:
            super().keyPressEvent(event)


class SentenceVersions(QObject):
    """Requests versions and applies the chosen one. Answers for another sentence, or after closing the popup, are ignored."""

    replaced = Signal()
    """A sentence was replaced."""

    def __init__(
        self,
        appearance: Appearance,
        rows: RowsView,
        translation: Translation,
        models: PageModel,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._translation = translation
        self._models = models
        self._tasks = tasks
        self._request = (-1, Span(0, 0))
        self._sentence = ""
        self.popup = VersionsPopup(appearance, parent)
        self.popup.wanted.connect(self._ask)
        self.popup.chosen.connect(self._apply)

    def open(self) -> None:
        """Open the popup below the sentence at the cursor, in the row that had the focus last."""
        self._rows.commit()
        view, row = self._rows.view_of(self._rows.current), self._translation.session.row(self._rows.current)
        span = view.result.sentence() if view else None
        if view is None or row is None or span is None:
            return
        edit = view.result
        area = edit.cursorRect(QTextCursor(edit.textCursor()))
        corner = edit.viewport().mapToGlobal(QPoint(0, area.top()))
        self._request = (row.number, span)
        self._sentence = row.result[span.start : span.end]
        self.popup.open_for(QRect(corner, area.size()), self._sentence)

    def _ask(self) -> None:
        self.popup.wait()
        self._tasks.start(self._find(), "other versions of a sentence")

    async def _find(self) -> None:
        number, span = request = self._request
        try:
            if self._models.chosen is None:
                raise ModelNotFound
            versions = await self._translation.versions(self._models.chosen.ref, number, span)
        except ChatdeskError as error:
            if self._is_current(request):
                self.popup.show_error(error)
            return
        if self._is_current(request):
            self.popup.show_versions(versions)

    def _is_current(self, request: tuple[int, Span]) -> bool:
        return self.popup.isVisible() and request == self._request

    def _apply(self, text: str) -> None:
        number, span = self._request
        row = self._translation.session.row(number)
        if row is None or row.result[span.start : span.end] != self._sentence:
            return  # the row was translated again meanwhile
        self._translation.session.replace_sentence(number, span, text)
        self._rows.focus_row(number, result=True)
        self.replaced.emit()
