"""Words that are only read. Never anything but plain text: what a model or server writes must not become markup."""

import re

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.wrapped_text import WrappedText

_LONGEST = 8_000
_BREAK = "\N{ZERO WIDTH SPACE}"
_UNBROKEN = re.compile(r"\S{20}(?=\S)")


class Label(QLabel):
    """Text in a role's font and a token's colour.

    With `elide` it is one line that is cut at its end where room is short, and then has the whole text as tooltip; else it takes the
    room it needs, with `wrap` downwards. The lines of a `selectable` one are as high as Qt makes them, and Qt breaks them between words
    only: a path or a hash without a space is given invisible places to break, which are left out of what is copied.
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
        self._laid: tuple[tuple[object, ...], WrappedText] | None = None
        """Its lines with what they were made of: asked for at every step of laying out and at every painting."""
        self.setTextFormat(Qt.TextFormat.PlainText)
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
        """Show other words; of a text that no label is meant for, its beginning: all of it would be laid out."""
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        self.setText(_UNBROKEN.sub(lambda run: run.group() + _BREAK, shown) if self._breaks else shown)
        self._update_tooltip()

    def text(self) -> str:
        """Return the words without the places to break."""
        return super().text().replace(_BREAK, "") if self._breaks else super().text()

    def set_color(self, token: str) -> None:
        """Show them in another colour."""
        if token != self._color:
            self._color = token
            self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font(self._role, strong=self._strong))
        palette = QPalette()  # only what is set here is the label's own
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
        if self._laid is None or self._laid[0] != wanted:
            self._laid = wanted, WrappedText(*wanted)
        return self._laid[1]

    def sizeHint(self) -> QSize:
        """Return Qt's width, and the height of our lines."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(hint.width())) if self._wrapped else hint

    def minimumSizeHint(self) -> QSize:
        """Return no width if the text may be cut."""
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def heightForWidth(self, width: int) -> int:
        """Return how high the text is on lines of a width."""
        if not self._wrapped:
            return super().heightForWidth(width)
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        return lines.height + margins.top() + margins.bottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy without the places to break."""
        if self._breaks and event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy, likewise."""
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
        if words := self.selectedText().replace(_BREAK, ""):
            QGuiApplication.clipboard().setText(words)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._update_tooltip()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, cut if need be."""
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
