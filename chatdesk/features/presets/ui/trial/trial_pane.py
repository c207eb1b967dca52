"""Trial pane of the library: a sample, and one answer or two side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class TrialColumn(Translated, QWidget):
    """One answer of a trial with its model and version. `run_requested` and `stop_requested` come from the same button.

    Choices are kept while they are available.
    """

    run_requested = Signal()
    stop_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._running = False
        self._model_chosen = False
        self._model = self._box("trialModel")
        self._model.activated.connect(self._note_choice)
        self._version = self._box("trialVersion")
        self._run = Button(appearance, "", parent=self, icon="play", small=True)
        self._run.setObjectName("runTrial")
        self._run.clicked.connect(self._on_clicked)
        self._state = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._state.setObjectName("trialState")
        self._answer_card = Card(appearance, self, fill="sunken", radius="radius.control")
        self._answer = QPlainTextEdit(self._answer_card)
        self._answer.setObjectName("trialAnswer")
        self._answer.setReadOnly(True)
        self._answer.setUndoRedoEnabled(False)
        self._answer.setFrameShape(QFrame.Shape.NoFrame)
        self._answer.setTabChangesFocus(True)
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.addWidget(self._model, 1)
        self._choices.addWidget(self._version, 1)
        self._action_row = QHBoxLayout()
        self._action_row.addWidget(self._state, 1)
        self._action_row.addWidget(self._run)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._choices)
        self._layout.addLayout(self._action_row)
        card_layout = QVBoxLayout(self._answer_card)
        card_layout.setContentsMargins(1, 1, 1, 1)
        card_layout.addWidget(self._answer)
        self._layout.addWidget(self._answer_card, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def model(self) -> ModelRef | None:
        """The selected model; None if there is none."""
        chosen = self._model.currentData()
        return chosen if isinstance(chosen, ModelRef) else None

    @property
    def version(self) -> int:
        """The number of the version to try; 0 for the current text."""
        return int(self._version.currentData() or 0)

    def offer_models(self, models: Sequence[tuple[ModelRef, str]], preferred: ModelRef | None) -> None:
        """Set the available models with their names. `preferred` is selected until the user chooses one."""
        chosen = self.model if self._model_chosen else None
        _refill(self._model, models, chosen or preferred)
        self._run.setEnabled(bool(models) or self._running)

    def offer_versions(self, versions: Sequence[tuple[int, str]]) -> None:
        """Set the available versions; a single one is not shown."""
        _refill(self._version, versions, self.version)
        self._version.setVisible(len(versions) > 1)

    def _note_choice(self) -> None:
        self._model_chosen = True

    def show_running(self, *, running: bool) -> None:
        """Update the button for the running state."""
        self._running = running
        self._retranslate()

    def show_state(self, text: str, *, failed: bool = False) -> None:
        """Show the state of the trial."""
        self._state.set_text(text)
        self._state.set_color("danger" if failed else "textTertiary")

    def show_answer(self, text: str) -> None:
        """Show the answer so far; text is appended, and the view follows the end."""
        shown = self._answer.toPlainText()
        bar = self._answer.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 1
        if shown and text.startswith(shown):
            end = QTextCursor(self._answer.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            end.insertText(text[len(shown) :])
        elif text != shown:
            self._answer.setPlainText(text)
        if at_end:
            bar.setValue(bar.maximum())

    def _on_clicked(self) -> None:
        (self.stop_requested if self._running else self.run_requested).emit()

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setSpacing(theme.length("s"))
        self._choices.setSpacing(theme.length("s"))
        self._answer.setFont(theme.font("ui"))
        palette = make_palette(theme, "sunken")
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self._answer.setPalette(palette)
        self._answer.document().setDocumentMargin(theme.length("m"))

    def _retranslate(self) -> None:
        self._model.setAccessibleName(self.tr("Model"))
        self._version.setAccessibleName(self.tr("Version"))
        self._answer.setAccessibleName(self.tr("Answer"))
        self._run.setText(self.tr("Stop") if self._running else self.tr("Run"))
        self._run.set_icon("square" if self._running else "play")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the boxes vertically if their texts would be truncated."""
        super().resizeEvent(event)
        stacked = self.width() < self._appearance.theme.length("previewMin")
        self._choices.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)


def _refill(box: QComboBox, choices: Sequence[tuple[object, str]], preferred: object) -> None:
    """Refill a box, and select the preferred choice; the first one if it is not available."""
    keys = [key for key, _label in choices]
    box.clear()
    for key, text in choices:
        box.addItem(text, key)
    box.setCurrentIndex(keys.index(preferred) if preferred in keys else min(0, len(keys) - 1))


_SAMPLE_LINES = 3


class TrialPane(Translated, QWidget):
    """`columns` contains both answers; the second one is visible during a comparison. `closed`: close button or Esc."""

    closed = Signal()
    comparing_changed = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = Label(appearance, "label", "text", self)
        self._compare = IconButton(appearance, "columns-2", self, size=IconButtonSize.ROW)
        self._compare.setObjectName("compareTrials")
        self._compare.setCheckable(True)
        self._compare.toggled.connect(self._choose_comparing)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeTrial")
        self._close.clicked.connect(self.closed)
        self.sample = PromptField(appearance, self)
        self.sample.edit.setObjectName("trialSample")
        self.columns = (TrialColumn(appearance, self), TrialColumn(appearance, self))
        self.columns[1].hide()
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._compare)
        self._head.addWidget(self._close)
        self._answers = QHBoxLayout()
        for column in self.columns:
            self._answers.addWidget(column, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.sample)
        self._layout.addLayout(self._answers, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def comparing(self) -> bool:
        """Whether two answers are compared."""
        return self._compare.isChecked()

    def _choose_comparing(self, checked: bool) -> None:
        self.columns[1].setVisible(checked)
        self.comparing_changed.emit(checked)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._layout.setContentsMargins(side, theme.length("s") + 1, side, theme.length("l"))
        self._layout.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("xs"))
        self._answers.setSpacing(theme.length("m"))
        self.sample.setFixedHeight(_SAMPLE_LINES * theme.line("reasoning") + 2 * theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Try with sample"))
        self._compare.set_name(self.tr("Compare two models or versions"))
        self._close.set_name(self.tr("Close"))
        self.sample.edit.setAccessibleName(self.tr("Sample"))
        self.sample.edit.set_hint(self.tr("Example text for the composer"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the borders to the editor at the top and on the left."""
        painter, color = QPainter(self), self._appearance.theme.color("borderSubtle")
        draw_line(painter, QPointF(0, 0), self.width(), color)
        draw_line(painter, QPointF(0, 0), self.height(), color, vertical=True)
