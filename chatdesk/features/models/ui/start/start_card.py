"""Card on the start page of someone without a model of their own: the best model for this machine, and folded below it other ways."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.models.ui.catalogue.get_action import GetAction
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.pulls import Pull
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.text.download_texts import progress_text
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card, Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel, IconTile
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

_FACT_GAP = 28


@dataclass(frozen=True, slots=True)
class StartOffer:
    """What the card offers. Without a `name` no model fits, and it offers an API key instead."""

    name: str = ""
    icon: str = "lightbulb"
    sentence: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """Captions and values."""
    pull: Pull | None = None
    installed: bool = False
    problem: str = ""
    """Why it cannot be downloaded now; empty if it can."""
    fix: str = ""
    """The step that helps against the problem: "source" or "folder"."""
    fix_label: str = ""
    machine: str = ""
    """The machine that it was chosen for."""
    source: str = ""
    """Where it comes from."""


@dataclass(frozen=True, slots=True)
class StartChoice:
    """Another way to a model: a row below the card."""

    key: str
    icon: str
    name: str
    facts: str
    label: str
    """Of its button."""


class StartCard(Translated, QWidget):
    """The card with a line below it. `choice_made` carries the key of another way, or "key"."""

    get_requested = Signal()
    chat_requested = Signal()
    pause_requested = Signal()
    cancel_requested = Signal()
    fix_requested = Signal(str)
    choice_made = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startOffer")
        self._appearance = appearance
        self._offer = StartOffer()
        self._choices: tuple[StartChoice, ...] = ()
        self._box = Card(appearance, self)
        self._tile: IconTile | None = None
        self._name = Label(appearance, "label", "text", self._box, elide=True)
        self._name.setObjectName("startModel")
        self._tag = Tag(appearance, "", TagKind.SUCCESS, self._box)
        self._sentence = Label(appearance, "ui", "textSecondary", self._box, wrap=True)
        self._action = GetAction(appearance, self._box)
        self._action.get_requested.connect(self.get_requested)
        self._action.chat_requested.connect(self.chat_requested)
        self._key = Button(appearance, "", ButtonKind.FILLED, self._box, icon="key-round")
        self._key.setObjectName("startKey")
        self._key.clicked.connect(lambda: self.choice_made.emit("key"))
        self._facts = WrappingRow(appearance, self._box)
        self._problem = Label(appearance, "ui", "danger", self._box, wrap=True)
        self._problem.setObjectName("startProblem")
        self._fix = Button(appearance, "", ButtonKind.OUTLINED, self._box, small=True)
        self._fix.setObjectName("startFix")
        self._fix.clicked.connect(lambda: self.fix_requested.emit(self._offer.fix))
        self._bars = QWidget(self._box)
        self._bar = ProgressBar(appearance, "", self._bars)
        self._progress = Label(appearance, "caption", "textSecondary", self._bars, elide=True)
        self._progress.setObjectName("startProgress")
        self._pause = IconButton(appearance, "pause", self._box, size=IconButtonSize.ROW)
        self._pause.setObjectName("pauseStart")
        self._pause.clicked.connect(self.pause_requested)
        self._cancel = IconButton(appearance, "x", self._box, size=IconButtonSize.ROW)
        self._cancel.setObjectName("cancelStart")
        self._cancel.clicked.connect(self.cancel_requested)
        self._foot = _Foot(appearance, self._box)
        self._foot.toggled.connect(self._unfold)
        self._rows = QWidget(self._box)
        self._rows.hide()
        self._machine_icon = IconLabel(appearance, "memory-stick", "textTertiary", self, size="icon.small")
        self._machine = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._source_icon = IconLabel(appearance, "shield-check", "textTertiary", self, size="icon.small")
        self._source = Label(appearance, "caption", "textTertiary", self)
        self._lay_out()
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def first(self) -> QWidget:
        """The first control in the tab order."""
        return self._action

    def show_offer(self, offer: StartOffer) -> None:
        """Show the model, its download, or why it cannot be downloaded."""
        before, self._offer = self._offer, offer
        if self._tile is None or before.icon != offer.icon:
            self._replace_tile(offer.icon)
        self._name.set_text(offer.name or self.tr("No model fits this computer"))
        self._sentence.set_text(offer.sentence)
        self._tag.setVisible(bool(offer.name))
        self._key.setVisible(not offer.name)
        self._action.setVisible(bool(offer.name))
        self._action.show_state(
            offer.name, offer.pull, installed=offer.installed, offered=True, enabled=not offer.problem, is_best=True
        )
        pull = offer.pull if offer.pull and not offer.installed else None
        is_active = pull is not None and pull.is_active
        self._show_progress(pull)
        self._pause.setVisible(is_active)
        self._cancel.setVisible(pull is not None)
        failure = (
            sentence_and_consequence(describe_error(pull.error)) if pull and pull.has_failed and pull.error else ""
        )
        self._problem.set_text(failure or offer.problem)
        self._problem.setVisible(bool(self._problem.text()))
        self._fix.setText(offer.fix_label)
        self._fix.setVisible(bool(offer.fix))
        if before.facts != offer.facts:
            self._show_facts(offer.facts)
        self._facts.setVisible(bool(offer.facts) and pull is None and not offer.problem)
        for part, text in ((self._machine, offer.machine), (self._source, offer.source)):
            part.set_text(text)
        self._machine_icon.setVisible(bool(offer.machine))
        self._source_icon.setVisible(bool(offer.source))

    def show_choices(self, choices: Sequence[StartChoice]) -> None:
        """Show other ways to a model in the folded rows."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        layout = self._rows.layout()
        while layout and (item := layout.takeAt(0)):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for choice in self._choices:
            row = _ChoiceRow(self._appearance, choice, self._rows)
            row.chosen.connect(self.choice_made)
            self._rows_layout.addWidget(Rule(self._appearance, self._rows))
            self._rows_layout.addWidget(row)
        self._foot.set_labels(self.tr("Other choices"), self.tr(", ").join(choice.name for choice in self._choices))

    def _show_progress(self, pull: Pull | None) -> None:
        self._bars.setVisible(pull is not None and not pull.has_failed)
        if pull:
            self._bar.set_fraction(pull.progress.fraction)
            self._bar.set_color("accent" if pull.is_active else "borderControl")
            self._bar.setAccessibleName(self._offer.name)
            self._progress.set_text(progress_text(pull))

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        self._facts.clear()
        for caption, value in facts:
            fact = _Fact(self._appearance, caption, value)
            self._facts.add(fact)
            fact.show()
        self._facts.arrange()

    def _replace_tile(self, icon: str) -> None:
        if self._tile:
            self._head.removeWidget(self._tile)
            self._tile.hide()
            self._tile.deleteLater()
        self._tile = IconTile(self._appearance, icon, self._box, color="accentText", ground="accentSoft", large=True)
        self._head.insertWidget(0, self._tile, 0, Qt.AlignmentFlag.AlignTop)
        self._tile.show()

    def _unfold(self, unfolded: bool) -> None:
        self._rows.setVisible(unfolded)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        title, text = QHBoxLayout(), QVBoxLayout()
        title.addWidget(self._name)
        title.addWidget(self._tag)
        title.addStretch(1)
        text.setSpacing(0)
        text.addLayout(title)
        text.addWidget(self._sentence)
        self._head.addLayout(text, 1)
        for button in (self._action, self._key):
            self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        progress = QHBoxLayout()
        bar = QVBoxLayout(self._bars)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self._bar)
        bar.addWidget(self._progress)
        for part in (self._bars, self._problem):
            progress.addWidget(part, 1)
        for end in (self._fix, self._pause, self._cancel):
            progress.addWidget(end)
        self._body = QVBoxLayout()
        self._body.addLayout(progress)
        self._body.addWidget(self._facts)
        self._rows_layout = QVBoxLayout(self._rows)
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self._rows_layout.setSpacing(0)
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(self._head)
        inside.addLayout(self._body)
        inside.addWidget(self._foot)
        inside.addWidget(self._rows)
        self._note = QHBoxLayout()
        self._note.addWidget(self._machine_icon)
        self._note.addWidget(self._machine, 1)
        self._note.addWidget(self._source_icon)
        self._note.addWidget(self._source)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._box)
        self._column.addLayout(self._note)
        self._lines = (title, progress)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad, small = theme.length("l"), theme.length("s")
        tile = theme.length("hit") + theme.length("s")
        self._head.setContentsMargins(pad, pad, pad, small)
        self._head.setSpacing(pad)
        self._body.setContentsMargins(2 * pad + tile, 0, pad, pad)
        self._body.setSpacing(small)
        for line in self._lines:
            line.setSpacing(small)
        self._column.setSpacing(small)
        self._note.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._tag.set_text(self.tr("Best for this computer"))
        self._key.setText(self.tr("Add a key…"))
        self._pause.set_name(self.tr("Pause download"))
        self._cancel.set_name(self.tr("Cancel download"))


class _Fact(QWidget):
    """A caption over a value."""

    def __init__(self, appearance: Appearance, caption: str, value: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, round(_FACT_GAP * appearance.theme.scale) - appearance.theme.length("s"), 0)
        column.setSpacing(0)
        column.addWidget(Label(appearance, "caption", "textTertiary", text=caption))
        column.addWidget(Label(appearance, "ui", "text", text=value, strong=True))
        self.setAccessibleName(f"{caption}: {value}")


class _ChoiceRow(QWidget):
    """A row with an icon, a name, facts, and a button."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, choice: StartChoice, parent: QWidget) -> None:
        super().__init__(parent)
        theme = appearance.theme
        button = Button(appearance, choice.label, ButtonKind.OUTLINED, self, small=True)
        button.setObjectName(f"startChoice.{choice.key}")
        button.setAccessibleName(f"{choice.label}: {choice.name}")
        button.clicked.connect(lambda: self.chosen.emit(choice.key))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("l"), theme.length("s"))
        row.setSpacing(theme.length("m"))
        row.addWidget(IconLabel(appearance, choice.icon, "textSecondary", self))
        row.addWidget(Label(appearance, "ui", "text", self, text=choice.name))
        row.addWidget(Label(appearance, "caption", "textTertiary", self, text=choice.facts, elide=True), 1)
        row.addWidget(button)


class _Foot(QAbstractButton):
    """The foot of the card: the whole of it unfolds the other choices."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._line = ""
        self.setObjectName("startChoices")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.update)
        appearance.changed.connect(self.updateGeometry)

    def set_labels(self, text: str, line: str) -> None:
        """Set the text, and what is folded."""
        self._line = line
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(line)
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, inside the card, and its radius."""
        theme = self._appearance.theme
        reach = theme.stroke("focus") + theme.stroke("focusOffset")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), theme.length("radius.control")

    def sizeHint(self) -> QSize:
        return QSize(0, self._appearance.theme.length("buttonSmall") + self._appearance.theme.length("l"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        rect, pad, size = QRectF(self.rect()), theme.length("l"), theme.length("icon.ui")
        radius = theme.length("radius.card")
        draw_box(painter, rect, radius, theme.color("sunken"))
        painter.fillRect(QRectF(0, 0, rect.width(), radius), theme.color("sunken"))
        if self.isChecked():
            painter.fillRect(QRectF(0, rect.height() - radius, rect.width(), radius), theme.color("sunken"))
        draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))
        if overlay := overlay_color(theme, ControlState.of_button(self)):
            painter.fillRect(rect, overlay)
        icon = "chevron-down" if self.isChecked() else "chevron-right"
        draw_icon(painter, theme, icon, theme.color("textSecondary"), QRectF(pad, 0, size, rect.height()), size)
        text = rect.adjusted(2 * pad + size - theme.length("s"), 0, -pad, 0)
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("ui"))
        chosen = painter.fontMetrics().horizontalAdvance(self.text()) + theme.length("m")
        draw_text(painter, text, self.text(), theme.color("text"), start)
        painter.setFont(theme.font("caption"))
        line = text.adjusted(chosen, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, int(line.width()))
        draw_text(painter, line, shown, theme.color("textTertiary"), start)
