"""The strip that says how many of many files have been read."""

from PySide6.QtCore import QLocale

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.translations import Translated


class ReadingStrip(Translated, Notice):
    """Shows the progress of many files: most of their chips have to be scrolled into view. Its button stops the reading."""

    def __init__(self, page: ChatView) -> None:
        super().__init__(page.appearance, page)
        self._read = self._count = 0
        self.setObjectName("readingStrip")
        self.hide()
        page.composer.set_strip(self, StripRank.HINT)

    def show_progress(self, read: int, count: int) -> None:
        """Show that so many files of all have been read."""
        self._read, self._count = read, count
        self._retranslate()
        self.show()

    def _retranslate(self) -> None:
        read, count = QLocale().toString(self._read), QLocale().toString(self._count)
        self.show_text(self.tr("Reading files, {read} of {count}").format(read=read, count=count), self.tr("Stop"))
