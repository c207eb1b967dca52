"""Cards with questions proposed by an application, as a first message or a follow-up. Pressing one asks it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line

MAX_CARDS = 6
"""The maximum number of cards: more would push the transcript away."""


class QuestionCards(QWidget):
    """A column of question cards, hidden without questions. The texts are untrusted and shown as single plain lines."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._questions: tuple[str, ...] = ()
        self._cards: list[SuggestionCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        appearance.bind(self._restyle)
        self.hide()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions being shown."""
        return self._questions

    def show_questions(self, questions: Sequence[str]) -> None:
        """Show these questions; none hides the cards."""
        shown = tuple(questions)[:MAX_CARDS]
        if shown == self._questions:
            return
        self._questions = shown
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        for number, question in enumerate(shown):
            card = SuggestionCard(self._appearance, self)
            card.setObjectName(f"question_{number}")
            card.set_labels(plain_line(question), "")
            card.clicked.connect(lambda _checked=False, question=question: self.chosen.emit(question))
            self._column.addWidget(card)
            self._cards.append(card)
        for before, after in zip(self._cards, self._cards[1:], strict=False):
            self.setTabOrder(before, after)
        self.setVisible(bool(shown))

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("s"))
