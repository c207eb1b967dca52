"""The row of JSON that goes along with every chat of a server."""

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.servers.extra_body import ExtraBody, ExtraBodyProblem, parse_extra_body
from chatdesk.kernel.servers.server import Protocol
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance

_EXAMPLES = {Protocol.OLLAMA: '{"options": {"num_gpu": 20}}'}
_USUAL_EXAMPLE = '{"top_k": 20}'


class ExtraBodyRow(FormRow):
    """What is wrong is said when it is to be saved; what looks like a key at once."""

    edited = Signal()

    def __init__(self, appearance: Appearance, protocol: Protocol, parent: QWidget | None = None) -> None:
        self._protocol = protocol
        self._example = _EXAMPLES.get(protocol, _USUAL_EXAMPLE)
        self._field = LinesEdit(appearance, lines=5)
        self._field.edit.setObjectName("serverExtraBody")
        self._field.edit.setPlaceholderText(self._example)
        super().__init__(appearance, self._field, parent)
        self._field.edit.textChanged.connect(self._on_edited)
        self._retranslate()

    def text(self) -> str:
        """Return what was typed."""
        return self._field.text()

    def set_text(self, text: str) -> None:
        """Show what is saved."""
        self.set_saved_elsewhere(None)
        self._field.set_text(text)

    def follow(self, before: str, now: str) -> None:
        """Show what is saved now, where what stands there was `before`; what was typed stays, and it is said what that will do."""
        if self.text() == before:
            self.set_text(now)
        elif now != before:
            self.set_saved_elsewhere(now)

    def clear_problem(self) -> None:
        """Say nothing of what was wrong."""
        self.set_problem("")
        self._field.set_invalid(invalid=False)

    def check(self) -> bool:
        """Say what is wrong, and return whether nothing is. Goes to the line that is wrong."""
        body = parse_extra_body(self.text(), self._protocol)
        if body.problem is None:
            return True
        self.set_problem(self._words(body))
        self._field.set_invalid(invalid=True)
        self._field.go_to_line(body.line)
        return False

    def _on_edited(self) -> None:
        self._show_warning()
        self.edited.emit()

    def _show_warning(self) -> None:
        secret = parse_extra_body(self.text()).secret
        words = self.tr("“{name}” looks like a key. This is saved in a file: a key belongs in the field above.")
        self.set_warning(words.format(name=secret) if secret else "")

    def _words(self, body: ExtraBody) -> str:
        line = QLocale().toString(body.line)
        match body.problem:
            case ExtraBodyProblem.RESERVED:
                return self.tr("Line {line}: Chatdesk itself sets “{name}”.").format(line=line, name=body.word)
            case ExtraBodyProblem.NOT_AN_OBJECT:
                return self.tr("Write an object, such as {example}").format(example=self._example)
            case ExtraBodyProblem.TOO_LARGE:
                return self.tr("This is too much: more than a server could want.")
            case ExtraBodyProblem.REPEATED:
                return self.tr("Line {line}: “{name}” stands twice.").format(line=line, name=body.word)
            case _ if body.line:
                words = self.tr(
                    "Line {line} is no JSON: a comma, a quotation mark or a bracket is missing, or one too many."
                )
                return words.format(line=line)
            case _:
                return self.tr("This is no JSON: a number in it is none.")

    def _retranslate(self) -> None:
        self.set_words(
            self.tr("Extra JSON"), self.tr("Goes along with every chat, for what Chatdesk has no control for.")
        )
        self._field.edit.setAccessibleName(self.tr("Extra JSON"))
        self._show_warning()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
