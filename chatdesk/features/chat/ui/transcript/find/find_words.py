"""The words of finding, in the language of the moment."""

from PySide6.QtCore import QLocale, QObject


class FindWords(QObject):
    """`retranslate` takes over a new language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words of the language that is set now."""
        self.find = self.tr("Find in this chat")
        self.match_case = self.tr("Match case")
        self.summary_text = self.tr("Whole words")
        self.previous_hit = self.tr("Previous")
        self.next_hit = self.tr("Next")
        self.close = self.tr("Close and stay here")

    def count(self, number: int, total: int, *, searching: bool) -> str:
        """Return which of how many: `3 of 17`, and so far `3 of 17…`."""
        if not total:
            return self.tr("Searching…") if searching else self.tr("No results")
        shown = self.tr("{number} of {total}").format(
            number=QLocale().toString(number), total=QLocale().toString(total)
        )
        return f"{shown}…" if searching else shown
