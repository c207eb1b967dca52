"""The lines of a message while it is written: even ones, in which a folded line stands like a word."""

from PySide6.QtGui import QTextDocument, QTextFormat, QTextInlineObject

from chatdesk.ui_kit.forms.even_layout import EvenLayout
from chatdesk.ui_kit.forms.folded_line_object import FoldedLineObject
from chatdesk.ui_kit.forms.folded_lines import OBJECT_TYPE
from chatdesk.ui_kit.style.appearance import Appearance


class MessageLayout(EvenLayout):
    """Knows how folded lines are drawn."""

    def __init__(self, document: QTextDocument, appearance: Appearance) -> None:
        super().__init__(document)
        self.registerHandler(OBJECT_TYPE, FoldedLineObject(appearance, self))

    def resizeInlineObject(self, item: QTextInlineObject, position: int, text_format: QTextFormat) -> None:  # noqa: N802 - Qt's name
        """Make what stands in a line as high as its letters, so that the line is as high as any other."""
        super().resizeInlineObject(item, position, text_format)
        item.setAscent(self.ascent)
        item.setDescent(self.descent)
