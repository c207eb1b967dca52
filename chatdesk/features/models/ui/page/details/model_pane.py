"""Details pane of one model: facts, fit to this machine, actions, user settings, and its authors' texts."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_fit import Fit, Verdict
from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.ui.judgement_texts import fit_icon, need_text, speed_text
from chatdesk.features.models.ui.page.actions import PageAction
from chatdesk.features.models.ui.page.details.fact_grid import FactGrid
from chatdesk.features.models.ui.page.details.own_settings import OwnSettings
from chatdesk.features.models.ui.page.details.speed_section import SpeedSection
from chatdesk.features.models.ui.page.row_texts import ability_text, memory_tag, size_text
from chatdesk.features.models.ui.picker.model_texts import memory_text
from chatdesk.kernel.models.model import Model, ModelDetails, ModelRef
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import bounded_text, plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.disclosure import Disclosure
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

# Texts of the details: facts about a model and its fit to this machine. Pure functions without widgets.

translate = QCoreApplication.translate
"""Alias under which the translation tools find the texts."""
_DIGEST = 12
"""Number of characters of a digest, as in Ollama's own list."""


def facts_of(entry: ModelEntry, details: ModelDetails) -> tuple[tuple[str, str], ...]:
    """Return the known facts about a model as pairs of label and text. Unknown facts are left out."""
    model = entry.model
    families = details.families or ((model.family,) if model.family else ())
    facts = (
        (translate("ModelsPage", "Provider"), entry.server),
        (translate("ModelsPage", "Model ID"), model.ref.model_id if model.ref.model_id != entry.name else ""),
        (translate("ModelsPage", "Size"), size_text(model.size_bytes)),
        (translate("ModelsPage", "Parameters"), model.parameters or ""),
        (translate("ModelsPage", "Quantisation"), model.quantization or ""),
        (translate("ModelsPage", "Context"), _context(model)),
        (translate("ModelsPage", "Capabilities"), ability_text(model)),
        (translate("ModelsPage", "Family"), listed(families)),
        (translate("ModelsPage", "Based on"), details.made_from),
        (translate("ModelsPage", "Memory"), memory_text(model)),
        (translate("ModelsPage", "Last changed"), _changed(model)),
        (translate("ModelsPage", "Digest"), (model.digest or "").removeprefix("sha256:")[:_DIGEST]),
        (translate("ModelsPage", "File"), details.path),
    )
    return tuple((name, plain_line(text)) for name, text in facts if text)


def verdict_of(fit: Fit) -> str:
    """Return a short text on whether a model fits this machine."""
    match fit.verdict:
        case Verdict.GRAPHICS:
            text = translate("ModelsPage", "Fits on the GPU")
        case Verdict.PARTLY:
            share = QLocale().toString(round(fit.on_graphics * 100))
            text = translate("ModelsPage", "Runs {share}% on GPU, the rest on CPU").format(share=share)
        case Verdict.PROCESSOR:
            text = translate("ModelsPage", "Runs on CPU")
        case Verdict.TOO_LARGE:
            text = translate("ModelsPage", "Too large for this computer")
        case Verdict.UNKNOWN:
            text = translate("ModelsPage", "Unknown whether it fits this computer")
    return f"{text} · {translate('ModelsPage', 'close other programs first')}" if fit.needs_free_memory else text


def _context(model: Model) -> str:
    locale = QLocale()
    if not model.context_length:
        return ""
    maximum = translate("ModelsPage", "up to {tokens} tokens").format(tokens=locale.toString(model.context_length))
    if not model.own_context:
        return maximum
    own = translate("ModelsPage", "model file: {tokens}").format(tokens=locale.toString(model.own_context))
    return f"{maximum} · {own}"


def _changed(model: Model) -> str:
    if model.modified_at is None:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(round(model.modified_at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


_MAX_SHOWN = 20_000
"""Maximum number of characters shown. Copy copies the whole text."""
_MIN_LINES, _MAX_LINES = 2, 12


class TextSection(Translated, Disclosure):
    """Collapsed section with a long text of a model's authors (template, licence). The text widget is created when it is first opened."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self._name = name
        self._heading = ""
        self._text = ""
        self._shown: str | None = None
        self._edit: LinesEdit | None = None
        self._copy: Button | None = None
        self.opened.connect(self._fill)

    def show_text(self, label: str, text: str) -> None:
        """Set the heading and the text. The section is hidden if the text is empty."""
        self._heading, self._text = label, text
        self.set_labels(label)
        self.setVisible(bool(text))
        self._fill()

    def _fill(self) -> None:
        if not self.is_open:
            return
        edit = self._edit = self._edit or self._made()
        edit.edit.setAccessibleName(self._heading)
        if self._text != self._shown:
            self._shown = self._text
            edit.set_lines(min(_MAX_LINES, max(_MIN_LINES, self._text[:_MAX_SHOWN].count("\n") + 1)))
            edit.set_text(bounded_text(self._text, _MAX_SHOWN))

    def _made(self) -> LinesEdit:
        edit = LinesEdit(self._appearance, self)
        edit.edit.setReadOnly(True)
        edit.edit.setObjectName(f"{self._name}Text")
        self._copy = Button(self._appearance, "", ButtonKind.PLAIN, self, icon="copy", small=True)
        self._copy.setObjectName(f"{self._name}Copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._copy)
        self.content.addWidget(edit)
        self.content.addLayout(line)
        self._retranslate()
        return edit

    def _retranslate(self) -> None:
        if self._copy:
            self._copy.setText(self.tr("Copy"))


class ModelPane(QScrollArea):
    """Scrollable details of one model. The user's settings (`own`) follow the facts; the authors' texts follow below, collapsed."""

    menu_requested = Signal(str, QPoint)
    """The key of the model and the global position of the menu."""
    measure_requested = Signal(ModelRef)
    """The model whose speed is to be measured."""

    def __init__(
        self,
        appearance: Appearance,
        facts: FactGrid,
        speed: SpeedSection,
        own: OwnSettings,
        parent: QWidget | None = None,
    ) -> None:
        """Accept ready-made parts, because creating all of them at once would block the window."""
        super().__init__(parent)
        self._appearance = appearance
        self._entry: ModelEntry | None = None
        self._details = ModelDetails()
        self._content = QWidget()
        self._title = Label(appearance, "title", "text", self._content, wrap=True)
        self._title.setObjectName("modelTitle")
        self._menu = IconButton(appearance, "ellipsis", self._content)
        self._menu.setObjectName("modelMenu")
        self._menu.clicked.connect(self._ask_for_menu)
        self._tags = WrappingRow(appearance, self._content)
        self._in_memory = Tag(appearance, "", TagKind.SUCCESS, self._tags)
        self._default = Tag(appearance, "", TagKind.ACCENT, self._tags)
        self._hidden = Tag(appearance, "", TagKind.NEUTRAL, self._tags)
        for tag in (self._in_memory, self._default, self._hidden):
            self._tags.add(tag)
        self._buttons = WrappingRow(appearance, self._content)
        self._made: dict[str, Button] = {}
        self._shown_actions: dict[str, PageAction] = {}
        self._verdict_icon = IconLabel(appearance, "circle-question-mark", "textSecondary", self._content)
        self._verdict = Label(appearance, "ui", "text", self._content, wrap=True, strong=True)
        self._verdict.setObjectName("modelVerdict")
        self._need = Label(appearance, "caption", "textTertiary", self._content, wrap=True)
        self._need.setObjectName("modelSum")
        self.facts = facts
        self.speed = speed
        self.speed.measure_requested.connect(self._ask_to_measure)
        self.own = own
        self._trouble = Label(appearance, "caption", "textTertiary", self._content, wrap=True)
        self._trouble.setObjectName("detailsTrouble")
        self._texts = {
            name: TextSection(appearance, f"text.{name}", self._content)
            for name in ("parameters", "system", "template", "licence")
        }
        self.setFocusProxy(self._menu)
        self._lay_out()
        appearance.bind(self._restyle)
        self._retranslate()

    def rename(self) -> None:
        """Start editing the model's nickname."""
        self.ensureWidgetVisible(self.own)
        self.own.focus_nickname()

    @property
    def key(self) -> str:
        """The key of the displayed model; empty for none."""
        return self._entry.key if self._entry else ""

    def show_model(
        self,
        entry: ModelEntry,
        fit: Fit | None,
        speed: float | None,
        context: int,
        actions: Sequence[PageAction],
        *,
        is_default: bool,
    ) -> None:
        """Show a model and how it fits this machine with `context` tokens. The authors' texts of the previous model are cleared.

        `speed` is the expected speed in tokens per second; None if unknown.
        """
        if entry.key != self.key:
            self._details = ModelDetails()
            self._trouble.set_text("")
            self.verticalScrollBar().setValue(0)
        self._entry = entry
        self.speed.setVisible(entry.model.can_chat)
        self._title.set_text(plain_line(entry.name))
        self._in_memory.set_text(memory_tag(entry.model))
        self._in_memory.setVisible(bool(memory_tag(entry.model)))
        self._default.setVisible(is_default)
        self._hidden.setVisible(entry.preference.hidden)
        self._tags.setVisible(bool(memory_tag(entry.model)) or is_default or entry.preference.hidden)
        self._tags.arrange()
        self._show_buttons(actions)
        for part in (self._verdict_icon, self._verdict, self._need):
            part.setVisible(fit is not None)
        if fit:
            self._verdict_icon.set_icon(*fit_icon(fit, speed))
            self._verdict.set_text(" · ".join(filter(None, (verdict_of(fit), speed_text(speed) if fit.runs else ""))))
            self._need.set_text(need_text(fit.need, context))
        self._show_details()

    def show_details(self, key: str, details: ModelDetails) -> None:
        """Show what a server reports about a model, if that model is still displayed."""
        if key == self.key:
            self._details = details
            self._trouble.set_text("")
            self._show_details()

    def show_problem(self, key: str, text: str) -> None:
        """Show why a server reports no details of a model."""
        if key == self.key:
            self._trouble.set_text(text)

    def _show_details(self) -> None:
        if self._entry is None:
            return
        self.facts.show_facts(facts_of(self._entry, self._details))
        texts = {
            "parameters": (self.tr("Set in the model file"), self._details.parameters),
            "system": (self.tr("Built-in system prompt"), self._details.system_prompt),
            "template": (self.tr("Template"), self._details.template),
            "licence": (self.tr("Licence"), self._details.licence),
        }
        for name, (label, text) in texts.items():
            self._texts[name].show_text(label, text)

    def _show_buttons(self, actions: Sequence[PageAction]) -> None:
        """Show buttons for the actions. Existing buttons are reused, so that they keep the keyboard focus."""
        self._shown_actions = {action.key: action for action in actions if action.button}
        for key, button in self._made.items():
            button.setVisible(key in self._shown_actions)
        first = True
        for key, action in self._shown_actions.items():
            button = self._made.get(key) or self._add_button(key)
            button.set_kind(ButtonKind.FILLED if first and action.enabled else ButtonKind.OUTLINED)
            button.set_icon(action.icon)
            button.setText(action.label)
            button.setEnabled(action.enabled)
            first = False
        self._buttons.setVisible(bool(self._shown_actions))
        self._buttons.arrange()

    def _do(self, key: str) -> None:
        self._shown_actions[key].act()

    def _add_button(self, key: str) -> Button:
        button = self._made[key] = Button(self._appearance, "", ButtonKind.OUTLINED, self._buttons)
        button.setObjectName(f"action.{key}")
        button.clicked.connect(lambda: self._do(key))
        button.show()
        self._buttons.add(button)
        return button

    def _ask_for_menu(self) -> None:
        self.menu_requested.emit(self.key, self._menu.mapToGlobal(QPoint(0, self._menu.height())))

    def _ask_to_measure(self) -> None:
        if self._entry:
            self.measure_requested.emit(self._entry.model.ref)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._menu, 0, Qt.AlignmentFlag.AlignTop)
        self._verdict_line = QHBoxLayout()
        self._verdict_line.addWidget(self._verdict_icon)
        self._verdict_line.addWidget(self._verdict, 1)
        self._column = QVBoxLayout(self._content)
        self._column.addLayout(self._head)
        self._column.addWidget(self._tags)
        self._column.addWidget(self._buttons)
        self._column.addLayout(self._verdict_line)
        self._column.addWidget(self._need)
        self._column.addWidget(self.facts)
        self._column.addWidget(self.speed)
        self._column.addWidget(self.own)
        self._column.addWidget(self._trouble)
        for section in self._texts.values():
            section.hide()
            self._column.addWidget(section)
        self._column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(self._content)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xxl")
        self._column.setContentsMargins(side, theme.length("xl"), side, side)
        self._column.setSpacing(theme.length("m"))
        self._head.setSpacing(theme.length("s"))
        self._verdict_line.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._menu.set_name(self.tr("Actions for this model"))
        self._default.set_text(self.tr("Default for new chats"))
        self._hidden.set_text(self.tr("Hidden in the model picker"))
        self.setAccessibleName(self.tr("Details of the model"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_details()
        super().changeEvent(event)
