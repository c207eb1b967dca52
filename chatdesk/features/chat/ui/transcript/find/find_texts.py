"""The texts of the find function in the current language."""

from PySide6.QtCore import QLocale, QObject


class FindTexts(QObject):
    """The texts as attributes; `retranslate` applies a new language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Apply the current language."""
        self.find = self.tr("Find in this chat")
        self.match_case = self.tr("Match case")
        self.whole_words = self.tr("Whole words")
        self.previous_hit = self.tr("Previous")
        self.next_hit = self.tr("Next")
        self.close = self.tr("Close and stay here")

    def count(self, number: int, total: int, *, searching: bool) -> str:
        """Return the number of the current hit: `3 of 17`, or `3 of 17…` while searching."""
        if not total:
            return self.tr("Searching…") if searching else self.tr("No results")
        shown = self.tr("{number} of {total}").format(
            number=QLocale().toString(number), total=QLocale().toString(total)
        )
        return f"{shown}…" if searching else shown
