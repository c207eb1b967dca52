"""Form for the other settings of a preset: its category in the library, and the settings of its chats. All are optional."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.preset_texts import category_name
from chatdesk.features.presets.ui.library.library_texts import output_name, send_name, thinking_name
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.languages import LANGUAGES
from chatdesk.kernel.models.parameters import PARAMETER_NAMES, from_record, stop_line
from chatdesk.kernel.presets.preset import CATEGORIES, OutputKind, Preset, SendAs
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.parameter_numbers import parameter_in, written
from chatdesk.ui_kit.text.parameter_texts import range_text
from chatdesk.ui_kit.translations import Translated

_LANGUAGES = {"": "", **{language.code: language.name for language in LANGUAGES}}
_NUMBERS = ("temperature", "top_p", "top_k", "min_p", "repeat_penalty", "max_tokens", "seed", "num_ctx")
_TEXTS = ("stop", "keep_alive", "format")
_LINES = ("tags", "models", *_NUMBERS, *_TEXTS)
_BOXES = ("category", "language", "thinking", "output", "send_as")
_ORDER = ("category", "tags", "language", "models", *_NUMBERS, *_TEXTS)
ABOUT = ("category", "tags", "language")
"""Rows about the library; all others are about chats."""


class PresetFacts(Translated, QWidget):
    """`apply` transfers the entered settings to a preset."""

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines = {name: QLineEdit(self) for name in _LINES}
        self._boxes = {name: QComboBox(self) for name in _BOXES}
        self._boxes["category"].setEditable(True)
        self._boxes["language"].setEditable(True)
        self._fill()
        fields: dict[str, QWidget] = {**self._lines, **self._boxes}
        self._rows = {name: FormRow(appearance, fields[name], self) for name in (*_ORDER, *_BOXES[2:])}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for row in self._rows.values():
            self._layout.addWidget(row)
        for name, field in fields.items():
            field.setObjectName(f"preset.{name}")
        for line in self._lines.values():
            line.textEdited.connect(self.changed)
        for box in self._boxes.values():
            box.activated.connect(self.changed)
            if editor := box.lineEdit():
                editor.textEdited.connect(self.changed)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_preset(self, preset: Preset) -> None:
        """Show the settings of a preset without emitting `changed`."""
        for name in PARAMETER_NAMES:
            self._rows[name].set_problem("")
        self._set_line("tags", _joined(preset.tags))
        self._set_line("models", _joined(preset.models))
        for name in _NUMBERS:
            self._set_line(name, written(getattr(preset.parameters, name)))
        self._set_line("stop", stop_line(preset.parameters.stop or ()))
        self._set_line("keep_alive", preset.parameters.keep_alive or "")
        self._set_line("format", preset.parameters.format or "")
        self._set_box("category", preset.category, category_name(preset.category))
        self._set_box("language", preset.language, _LANGUAGES.get(preset.language, preset.language))
        for name in _BOXES[2:]:
            self._set_box(name, getattr(preset, name), "")

    def apply(self, preset: Preset) -> Preset:
        """Return the preset with the entered settings."""
        typed = {name: parameter_in(name, self._lines[name].text()) for name in PARAMETER_NAMES}
        for name, value in typed.items():
            wrong = value is None and bool(self._lines[name].text().strip())
            self._rows[name].set_problem(range_text(name) if wrong else "")
        return replace(
            preset,
            category=self._written("category"),
            language=self._written("language"),
            tags=_split(self._lines["tags"].text()),
            models=_split(self._lines["models"].text()),
            parameters=from_record(typed),
            thinking=Thinking(self._boxes["thinking"].currentData()),
            output=OutputKind(self._boxes["output"].currentData()),
            send_as=SendAs(self._boxes["send_as"].currentData()),
        )

    @property
    def is_valid(self) -> bool:
        """Whether all parameters are valid; an invalid one shows its error."""
        return not any(self._rows[name].problem for name in PARAMETER_NAMES)

    def _written(self, name: str) -> str:
        """Return the value of an editable box: that of one of its items, or the typed text."""
        box = self._boxes[name]
        text = " ".join(box.currentText().split())
        index = box.findText(text)
        return str(box.itemData(index)) if index >= 0 else text

    def _set_line(self, name: str, text: str) -> None:
        line = self._lines[name]
        same = _split(line.text()) == _split(text) if name in {"tags", "models"} else line.text() == text
        if not same:
            line.setText(text)
            line.setCursorPosition(0)

    def _set_box(self, name: str, value: str, text: str) -> None:
        box = self._boxes[name]
        index = box.findData(value)
        if index >= 0:
            box.setCurrentIndex(index)
        elif box.currentText() != text:
            box.setCurrentIndex(-1)
            box.setEditText(text)

    def _fill(self) -> None:
        for category in ("", *CATEGORIES):
            self._boxes["category"].addItem("", category)
        for language, label in _LANGUAGES.items():
            self._boxes["language"].addItem(label, language)
        for name, kinds in (("thinking", Thinking), ("output", OutputKind), ("send_as", SendAs)):
            for kind in kinds:
                self._boxes[name].addItem("", kind)

    def _restyle(self) -> None:
        self._layout.setSpacing(self._appearance.theme.length("s"))

    def _retranslate(self) -> None:
        labels = {
            "category": (self.tr("Category"), ""),
            "tags": (self.tr("Tags"), self.tr("Separated by commas.")),
            "language": (self.tr("Language"), self.tr("Language of the prompt. Leave empty if it does not matter.")),
            "models": (
                self.tr("Models"),
                self.tr("Recommended models, best first. Use * as a wildcard: qwen3*"),
            ),
            "temperature": (
                self.tr("Temperature"),
                self.tr("Lower values are more factual, higher values more creative. Leave empty to use the default."),
            ),
            "top_p": (self.tr("Top-p"), ""),
            "top_k": (self.tr("Top-k"), ""),
            "min_p": (self.tr("Min-p"), ""),
            "repeat_penalty": (
                self.tr("Repetition penalty"),
                self.tr("Values above 1 reduce repetition. 1 means no penalty."),
            ),
            "max_tokens": (self.tr("Max. answer length (tokens)"), self.tr("Maximum number of tokens in an answer.")),
            "seed": (self.tr("Seed"), ""),
            "num_ctx": (self.tr("Context"), self.tr("Context window in tokens. Ollama only.")),
            "stop": (
                self.tr("Stop sequences"),
                self.tr("Texts that end the answer, separated by commas. Use \\n for a new line."),
            ),
            "keep_alive": (
                self.tr("Keep loaded"),
                self.tr("How long after an answer: 10m, 1h30m, 0, or -1 (indefinitely). Ollama only."),
            ),
            "format": (self.tr("Format"), self.tr("json or a JSON schema.")),
            "thinking": (self.tr("Reasoning"), ""),
            "output": (self.tr("Answer"), ""),
            "send_as": (self.tr("Send prompt as"), ""),
        }
        for name, (label, hint) in labels.items():
            self._rows[name].set_labels(label, hint)
            (self._lines.get(name) or self._boxes[name]).setAccessibleName(label)
        self._set_item_texts("category", [category_name(category) for category in ("", *CATEGORIES)])
        self._set_item_texts("thinking", [thinking_name(kind) for kind in Thinking])
        self._set_item_texts("output", [output_name(kind) for kind in OutputKind])
        self._set_item_texts("send_as", [send_name(send_as) for send_as in SendAs])

    def _set_item_texts(self, name: str, texts: Sequence[str]) -> None:
        for index, text in enumerate(texts):
            self._boxes[name].setItemText(index, text)


def _joined(items: Sequence[str]) -> str:
    return listed(items)


def _split(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace("\uff0c", ",").replace("、", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
