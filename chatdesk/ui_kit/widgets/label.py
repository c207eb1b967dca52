"""A label that shows plain text only, because text from a model or server must not become markup."""

import re

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.wrapped_text import WrappedText

_MAX_LENGTH = 8_000
_WORD = 16
"""Characters of a word that is not broken where that can be avoided. A longer one would make its window or sheet wider."""
_BREAK = "\N{ZERO WIDTH SPACE}"
_UNBROKEN = r"\S{20}(?=\S)"


class Label(QLabel):
    """Text in a role's font and a token's colour.

    With `elide`, it is a single line that is elided if there is little space, with the full text as tooltip. Otherwise it takes the space
    it needs, with `wrap` on several lines. A `selectable` label has Qt's line height, and Qt breaks lines only between words: a path or
    hash without spaces gets invisible break opportunities, which are not copied.
    """

    def __init__(
        self,
        appearance: Appearance,
        role: str,
        color: str,
        parent: QWidget | None = None,
        *,
        text: str = "",
        strong: bool | None = None,
        wrap: bool = False,
        selectable: bool = False,
        elide: bool = False,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._role = role
        self._color = color
        self._strong = strong
        self._elide = elide
        self._wrapped = wrap and not selectable
        self._breaks = wrap and selectable
        self._layout_cache: tuple[tuple[object, ...], WrappedText] | None = None
        """The layout and the values it depends on. It is needed at every layout step and every painting."""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # in a viewport, it would be another one
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        appearance.bind(self._restyle)

    def set_text(self, text: str) -> None:
        """Change the text. Of an unreasonably long one, only the beginning is shown, because all of it would be laid out."""
        shown = text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"
        self.setText(re.sub(_UNBROKEN, lambda run: run.group() + _BREAK, shown) if self._breaks else shown)
        self._update_tooltip()

    def text(self) -> str:
        """Return the text without the added break opportunities."""
        return super().text().replace(_BREAK, "") if self._breaks else super().text()

    def set_color(self, token: str) -> None:
        """Change the colour."""
        if token != self._color:
            self._color = token
            self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font(self._role, strong=self._strong))
        palette = QPalette()  # only values set here override those of the parent
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._color))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, theme.color("textDisabled"))
        self.setPalette(palette)
        self.setMinimumHeight(theme.line(self._role))
        self._update_tooltip()

    def _update_tooltip(self) -> None:
        if self._elide:
            self.setToolTip(self.text() if self._shown() != self.text() else "")

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _lines(self, width: int) -> WrappedText:
        theme = self._appearance.theme
        alignment = self.style().visualAlignment(self.layoutDirection(), self.alignment())
        wanted = (self.text(), self.font(), theme.line(self._role), width, alignment)
        if self._layout_cache is None or self._layout_cache[0] != wanted:
            self._layout_cache = wanted, WrappedText(*wanted)
        return self._layout_cache[1]

    def sizeHint(self) -> QSize:
        """Return Qt's width, and the height of the wrapped lines."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(hint.width())) if self._wrapped else hint

    def minimumSizeHint(self) -> QSize:
        """Return no width if the text may be elided, and if it is wrapped not that of a word that is broken if necessary."""
        hint = super().minimumSizeHint()
        if self._wrapped:
            return QSize(min(hint.width(), _WORD * self.fontMetrics().averageCharWidth()), hint.height())
        return QSize(0, hint.height()) if self._elide else hint

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text for a width."""
        if not self._wrapped:
            return super().heightForWidth(width)
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        return lines.height + margins.top() + margins.bottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy without the added break opportunities."""
        if self._breaks and event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show a context menu that copies without the added break opportunities."""
        if not self._breaks:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(QCoreApplication.translate("Label", "Copy"), self._copy)
        copy.setEnabled(self.hasSelectedText())
        everything = len(super().text())
        menu.addAction(QCoreApplication.translate("Label", "Select All"), lambda: self.setSelection(0, everything))
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        if text := self.selectedText().replace(_BREAK, ""):
            QGuiApplication.clipboard().setText(text)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._update_tooltip()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, elided if necessary."""
        if not self._elide and not self._wrapped:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        if self._wrapped:
            rect = self.contentsRect()
            group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
            color = self.palette().color(group, QPalette.ColorRole.WindowText)
            self._lines(rect.width()).draw(painter, QRectF(rect), color)
            return
        alignment = self.style().visualAlignment(self.layoutDirection(), self.alignment())
        flags = alignment | Qt.TextFlag.TextSingleLine
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(flags),
            self.palette(),
            self.isEnabled(),
            self._shown(),
            self.foregroundRole(),
        )
