"""The start page of a new chat: a heading, the composer, the connection state, next steps and suggestions."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.question_cards import QuestionCards
from chatdesk.features.chat.ui.composer.suggestions import (
    Suggestion,
    SuggestionCard,
    SuggestionGroup,
    default_suggestions,
)
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.reading_column import reading_column
from chatdesk.ui_kit.text.safe_text import bounded_text, plain_line
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

Step = tuple[str, str, str]
"""The id, label and icon of a next step."""
_MAX_GREETING_LENGTH = 2_000
"""Characters of a greeting shown before the chat begins; the chat contains all of it."""


class StartPage(QScrollArea):
    """The start page. It contains the only composer of the window while the chat is empty, and scrolls in small windows."""

    suggestion_chosen = Signal(str)
    """Carries the key of a preset."""
    text_chosen = Signal(str)
    """Carries a message to begin with."""
    question_chosen = Signal(str)
    """Carries a question proposed by an application."""
    step_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("startPage")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._question = Label(appearance, "display", "text", self._page)
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preset_name = ""
        self._opening = ("", "")
        """The name and opening of an application, shown if no preset has a greeting."""
        self._greeting_text = ""
        self._has_begun = False
        self._greeting = Label(appearance, "reading", "textSecondary", self._page, wrap=True)
        self._greeting.setObjectName("greeting")
        self._greeting.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._greeting.hide()
        self._connection = _ConnectionLine(appearance, self._page)
        self._composer_row = QHBoxLayout()
        self._steps_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._steps: tuple[Step, ...] = ()
        self._step_buttons: list[Button] = []
        self._offer_row = QVBoxLayout()
        self._questions = QuestionCards(appearance, self._page)
        self._questions.chosen.connect(self.question_chosen)
        self._columns = QGridLayout()
        self._groups: tuple[SuggestionGroup, ...] = ()
        self._ability = Ability.LARGE
        self._column_heads: list[_ColumnHead] = []
        self._cards: list[SuggestionCard] = []
        self._column = QVBoxLayout()
        self._column.addStretch(2)
        parts = (self._question, self._greeting, self._composer_row, self._connection, self._steps_row)
        for part in (*parts, self._offer_row, self._questions, self._columns):
            if isinstance(part, QWidget):
                self._column.addWidget(part)
            else:
                self._column.addLayout(part)
        self._column.addStretch(3)
        self._page_layout = QHBoxLayout(self._page)
        self._page_layout.addLayout(self._column)
        self.setWidget(self._page)
        self.set_suggestions(default_suggestions())
        self._retranslate()
        appearance.bind(self._arrange)

    def place_composer(self, composer: QWidget) -> None:
        """Place the composer in the centre."""
        self._composer_row.addWidget(composer)

    def place_offer(self, offer: QWidget) -> None:
        """Place the offer of a first model below the state of the connection."""
        self._offer_row.addWidget(offer)

    def set_connection_line(self, kind: StateKind, text: str) -> None:
        """Show the connection state and the answering model in one line."""
        self._connection.show_state(kind, text)

    def set_greeting(self, name: str, text: str, *, has_begun: bool) -> None:
        """Show the greeting of a character, with its name as the heading. With `has_begun`, suggestions are hidden."""
        self._preset_name = name
        self._has_begun = has_begun
        self._greeting_text = text
        self._retranslate()
        self._show_suggestions()
        self._arrange()

    def set_opening(self, name: str, text: str) -> None:
        """Show the opening of an application, unless a preset has a greeting."""
        self._opening = (name, text)
        self._retranslate()
        self._arrange()

    def set_questions(self, questions: tuple[str, ...]) -> None:
        """Show questions proposed by an application instead of the presets."""
        self._questions.show_questions(questions)
        self._show_suggestions()
        self._arrange()

    def set_steps(self, steps: tuple[Step, ...]) -> None:
        """Show next steps as buttons."""
        if steps == self._steps:
            return
        self._steps = steps
        while item := self._steps_row.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._step_buttons.clear()
        self._steps_row.addStretch(1)
        for step, text, icon in steps:
            button = Button(self._appearance, text, ButtonKind.OUTLINED, self._page, icon=icon)
            button.setObjectName(f"step_{step}")
            button.clicked.connect(lambda _checked=False, step=step: self.step_requested.emit(step))
            self._step_buttons.append(button)
            self._steps_row.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._steps_row.addStretch(1)
        self._arrange()

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...], ability: Ability = Ability.LARGE) -> None:
        """Show suggestions for a first message, which need a model of this ability."""
        self._ability = ability
        if groups == self._groups:
            return
        self._groups = groups
        for widget in (*self._column_heads, *self._cards):
            widget.hide()
            widget.deleteLater()
        self._column_heads, self._cards = [], []
        for group in groups:
            self._column_heads.append(_ColumnHead(self._appearance, group.title, group.icon, self._page))
            for suggestion in group.suggestions:
                card = SuggestionCard(self._appearance, self._page)
                card.set_labels(suggestion.title, suggestion.hint)
                card.clicked.connect(lambda _checked=False, each=suggestion: self._choose(each))
                self._cards.append(card)
        self._show_suggestions()
        self._arrange()

    def _choose(self, suggestion: Suggestion) -> None:
        if suggestion.text:
            self.text_chosen.emit(suggestion.text)
        else:
            self.suggestion_chosen.emit(suggestion.key)

    def reserve_bottom(self, height: int) -> None:
        """Keep this many px free at the bottom for an overlay."""
        if self.viewportMargins().bottom() != height:
            self.setViewportMargins(0, 0, 0, height)

    def _show_suggestions(self) -> None:
        """Show the suggestions unless a preset is chosen or an application proposes questions."""
        for widget in (*self._column_heads, *self._cards):
            widget.setVisible(not self._has_begun and not self._questions.questions)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, width = reading_column(self.viewport().width(), theme)
        self._page_layout.setContentsMargins(side, theme.length("xxl"), side, theme.length("xxl"))
        self._column.setSpacing(theme.length("xl"))
        self._steps_row.setSpacing(theme.length("s"))
        self._columns.setHorizontalSpacing(theme.length("l"))
        self._columns.setVerticalSpacing(theme.length("s"))
        self._arrange_suggestions(beside=width >= theme.length("readingColumn"))
        self._arrange_steps(width)

    def _arrange_steps(self, available_width: int) -> None:
        """Arrange the steps in a row, or in a column if they do not fit."""
        fits = (
            sum(button.sizeHint().width() + self._steps_row.spacing() for button in self._step_buttons)
            <= available_width
        )
        self._steps_row.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def _arrange_suggestions(self, *, beside: bool) -> None:
        """Arrange the groups as columns side by side, or as rows below each other; a single group is a row."""
        beside = beside and len(self._groups) > 1
        while self._columns.takeAt(0):
            pass
        across = len(self._groups) if beside else max(len(group.suggestions) for group in self._groups)
        for column in range(max(across, self._columns.columnCount())):  # the layout remembers columns it once had
            self._columns.setColumnStretch(column, 1 if column < across else 0)
        cards = iter(self._cards)
        for number, (head, group) in enumerate(zip(self._column_heads, self._groups, strict=True)):
            row, column = (0, number) if beside else (2 * number, 0)
            self._columns.addWidget(head, row, column)
            for index in range(len(group.suggestions)):
                self._columns.addWidget(next(cards), *((1 + index, column) if beside else (row + 1, index)))

    def _retranslate(self) -> None:
        name, opening = self._opening
        if self._preset_name or self._greeting_text or self._has_begun:
            name, opening = self._preset_name, self._greeting_text
        self._greeting.set_text(bounded_text(opening, _MAX_GREETING_LENGTH))
        self._greeting.setVisible(bool(opening))
        self._question.set_text(plain_line(name) or self.tr("What are you working on?"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            # Until the library has been read in that language.
            self.set_suggestions(default_suggestions(self._ability), self._ability)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred."""
        super().resizeEvent(event)
        self._arrange()


class _ColumnHead(QWidget):
    """The icon and title above a column of cards."""

    def __init__(self, appearance: Appearance, title: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._title = Label(appearance, "ui", "textSecondary", self, text=title, strong=True)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._title)
        appearance.bind(self._arrange)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(
            theme.length("m") + theme.length("icon.ui") + theme.length("s"), theme.length("s"), 0, 0
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        size, top = theme.length("icon.ui"), theme.length("s")
        rect = QRectF(theme.length("m"), top, size, self.height() - top)
        draw_icon(QPainter(self), theme, self._icon, theme.color("textSecondary"), rect, size)


class _ConnectionLine(QWidget):
    """A centred line with a dot in the colour of the state and its text."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._kind = StateKind.BUSY
        self._greeting_text = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._greeting_text.setObjectName("connectionLine")
        self._greeting_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._greeting_text)
        appearance.bind(self._arrange)

    def show_state(self, kind: StateKind, text: str) -> None:
        self._kind = kind
        self._greeting_text.set_text(text)
        self._greeting_text.setAccessibleName(text)
        self.update()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, text_indent = theme.length("xxl"), 2 * theme.length("s")
        self._layout.setContentsMargins(side + text_indent, 0, side, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        dot, gap = theme.length("s"), theme.length("s")
        metrics = self._greeting_text.fontMetrics()
        bounds = metrics.boundingRect(
            self._greeting_text.contentsRect(),
            int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
            self._greeting_text.text(),
        )
        left = self._greeting_text.x() + bounds.left() - dot - gap
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(left, self._greeting_text.y() + bounds.top() + (metrics.height() - dot) / 2, dot, dot)
        draw_box(painter, rect, dot / 2, fill=theme.color(self._kind.color))
