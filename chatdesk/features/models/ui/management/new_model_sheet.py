"""Sheet that asks for the name and settings of a new model on a server, and shows the progress of its creation."""

import re
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_names import NameProblem, read_model_name
from chatdesk.features.models.domain.parameter_state import Inherited
from chatdesk.features.models.services.model_management import CreationProgress, CreationStage
from chatdesk.features.models.ui.judgement_texts import problem_text
from chatdesk.features.models.ui.parameters.parameter_field import ParameterField
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField, TextLimit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_INVALID_CHARACTERS = re.compile(r"[^a-z0-9_.\-]+")
_MAX_NAME_LENGTH = 60
_SUPPORTED_PARAMETERS = ("temperature", "top_p", "top_k", "min_p", "repeat_penalty", "seed", "stop", "num_ctx")
"""Parameters that an Ollama model file can contain under the same name (docs/modelfile.mdx of Ollama)."""


@dataclass(frozen=True, slots=True)
class NewModel:
    """The user's input. `system` and `parameters` are set only for a variant of another model."""

    name: str
    system: str = ""
    parameters: Parameters = Parameters()

    def as_options(self) -> dict[str, object]:
        """Return the parameters in the server's format, without unset ones."""
        values = {name: getattr(self.parameters, name) for name in _SUPPORTED_PARAMETERS}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value is not None
        }


def name_problem(text: str) -> NameProblem | None:
    """Return why a text cannot be the name of a new model; None if it can. Addresses and commands that contain a name are no names."""
    named = read_model_name(text)
    return named.problem or (None if named.name == text.strip() else NameProblem.ODD_SIGNS)


def proposed_name(source: str, ending: str) -> str:
    """Return a name derived from a model or a file, without user, host and tag, and with an ending that distinguishes it."""
    stem = source.rpartition("/")[2].partition(":")[0].lower().removesuffix(".gguf")
    plain = _INVALID_CHARACTERS.sub("-", stem).strip("-._")[:_MAX_NAME_LENGTH] or "model"
    return f"{plain}-{ending}" if ending else plain


_PARAMETERS = ("temperature", "top_p", "num_ctx", "stop")
_MAX_PROMPT_LENGTH = 100_000


class NewModelKind(StrEnum):
    """How the new model is created."""

    COPY = "copy"
    VARIANT = "variant"
    """Based on another model, with its own system prompt and parameters."""
    FILE = "file"


class NewModelSheet(Sheet):
    """Sheet for a new model. After `open_form`, it emits `wanted` when the user confirms.

    The caller then calls `show_progress`, and `show_failure` or `leave` at the end. Dismissing the sheet cancels the creation.
    """

    wanted = Signal(object)
    """The `NewModel`."""

    def __init__(self, appearance: Appearance, window: QWidget, kind: NewModelKind, source: str, name: str) -> None:
        """`source` is the displayed name of the source model or file; `name` the proposed name."""
        super().__init__(appearance, window, SheetKind.FORM if kind is NewModelKind.VARIANT else SheetKind.REPORT)
        self._model_kind = kind
        self._source = source
        self._inputs: dict[str, object] = {}
        self.setObjectName("newModelSheet")
        self._about = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._name_label = Label(appearance, "ui", "text", self)
        self._name = TextField(appearance, "", self, text=name)
        self._name.edit.setObjectName("newModelName")
        self._name.changed.connect(self._check)
        self._form = QWidget(self)
        self._system_label = Label(appearance, "ui", "text", self._form)
        self._system = LinesEdit(appearance, self._form, lines=5, font="ui")
        self._system.edit.setObjectName("newModelSystem")
        self._limit = TextLimit(self._system.edit, _MAX_PROMPT_LENGTH)
        self._system_note = Label(appearance, "caption", "danger", self._form, wrap=True)
        self._system_note.setObjectName("newModelSystemNote")
        self._system_note.hide()
        self._limit.reached.connect(self._system_note.setVisible)
        self._fields = [ParameterField(appearance, parameter, self._form) for parameter in _PARAMETERS]
        for field in self._fields:
            field.changed.connect(self._inputs.__setitem__)
        self._work = WorkRow(appearance, self)
        self._work.cancelled.connect(self.cancel)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("newModelFailure")
        self._cancel_button = self.add_button("")
        self._cancel_button.clicked.connect(self.cancel)
        self._make = self.add_button("", ButtonKind.FILLED)
        self._make.setObjectName("makeModel")
        self._make.clicked.connect(self._ask)
        self._fill_body()
        self._retranslate()
        self._show_working(working=False)
        self._failure.hide()
        self._check()

    def open_form(self) -> None:
        """Open the sheet with the proposed name selected."""
        self._name.edit.selectAll()
        self.open(self._name.edit)

    def show_progress(self, progress: CreationProgress) -> None:
        """Show the current stage and share of the creation."""
        texts = {
            CreationStage.READING: self.tr("Reading the file…"),
            CreationStage.SENDING: self.tr("Uploading…"),
            CreationStage.CREATING: self.tr("Creating the model…"),
        }
        self._work.show_work(texts[progress.stage])
        self._work.set_share(progress.share or 0.0)

    def show_failure(self, text: str) -> None:
        """Show why the creation failed. The input is kept."""
        self._show_working(working=False)
        self._failure.show_text(text)
        self._failure.show()

    def _ask(self) -> None:
        if not self._make.isEnabled():
            return
        for field in self._fields:
            field.flush()
        values = {name: value for name, value in self._inputs.items() if value is not None}
        self._failure.hide()
        self._show_working(working=True)
        self._work.show_work(self.tr("Creating the model…"))
        parameters = Parameters(**values)  # type: ignore[arg-type]
        self.wanted.emit(NewModel(self._name.text().strip(), self._system.text(), parameters))

    def _check(self) -> None:
        problem = name_problem(self._name.text())
        self._make.setEnabled(problem is None)
        self._name.set_error(problem_text(problem) if problem else "")

    def _show_working(self, *, working: bool) -> None:
        self._work.setVisible(working)
        for part in (self._name, self._form):
            part.setEnabled(not working)
        self._make.setVisible(not working)
        self._cancel_button.setVisible(not working)
        self.foot.fit()
        if working:
            self.start()

    def _fill_body(self) -> None:
        theme = self._appearance.theme
        gap, small = theme.length("m"), theme.length("xs")
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(small)
        form.addWidget(self._system_label)
        form.addWidget(self._system)
        form.addWidget(self._system_note)
        grid = QGridLayout()
        grid.setContentsMargins(0, gap, 0, 0)
        grid.setSpacing(gap)
        for number, field in enumerate(self._fields):
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        form.addLayout(grid)
        self._form.setVisible(self._model_kind is NewModelKind.VARIANT)
        named = QVBoxLayout()
        named.setSpacing(small)
        named.addWidget(self._name_label)
        named.addWidget(self._name)
        self.body.setSpacing(gap)
        self.body.addWidget(self._about)
        self.body.addLayout(named)
        for part in (self._form, self._failure, self._work):
            self.body.addWidget(part)

    def _retranslate(self) -> None:
        titles = {
            NewModelKind.COPY: self.tr("Copy model"),
            NewModelKind.VARIANT: self.tr("Create variant"),
            NewModelKind.FILE: self.tr("Create model from file"),
        }
        descriptions = {
            NewModelKind.COPY: self.tr("Copies {source}. The weights are shared, so a copy takes almost no space."),
            NewModelKind.VARIANT: self.tr(
                "Based on {source}, with instructions and settings that apply wherever the model is used."
            ),
            NewModelKind.FILE: self.tr("Uploads {source} to the server and adds it to the server's models."),
        }
        super()._retranslate()
        self.set_heading(titles[self._model_kind])
        self._about.set_text(descriptions[self._model_kind].format(source=self._source))
        self._name_label.set_text(self.tr("Name"))
        self._name.set_name(self.tr("Name"))
        self._system_label.set_text(self.tr("System prompt"))
        self._system.edit.setAccessibleName(self.tr("System prompt"))
        text = self.tr("Maximum {count} characters.").format(count=self.locale().toString(_MAX_PROMPT_LENGTH))
        self._system_note.set_text(text)
        for field in self._fields:
            field.show_value(None, Inherited(), sent=True, server="", preset="")
        self._cancel_button.setText(self.tr("Cancel"))
        self._make.setText(self.tr("Copy") if self._model_kind is NewModelKind.COPY else self.tr("Create"))
        self.foot.fit()
