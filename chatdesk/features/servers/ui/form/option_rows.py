"""Rows of the advanced part of the server form: CA file, timeouts, extra JSON, model names."""

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.ui.form.server_draft import WrongSeconds, seconds_of
from chatdesk.kernel.servers.extra_body import ExtraBody, ExtraBodyProblem, parse_extra_body
from chatdesk.kernel.servers.server import CONNECT_SECONDS, SILENCE_SECONDS, ServerProtocol, Vendor
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

# Row for the file of CAs that are trusted for a server in addition to the system's.


class CaFileRow(Translated, FormRow):
    """CA file row. A path can be typed or chosen. Verification cannot be disabled."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        both = QWidget()
        self._path = TextField(appearance, "", both, mono=True)
        self._path.edit.setObjectName("serverAuthorities")
        self._choose = Button(appearance, "")
        self._choose.setObjectName("chooseAuthorities")
        self._inside = QHBoxLayout(both)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self._path, 1)
        self._inside.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignTop)
        super().__init__(appearance, both, parent)
        self._inside.setSpacing(appearance.theme.length("s"))
        self._path.changed.connect(self.edited)
        self._choose.clicked.connect(self._ask)
        self._retranslate()

    def text(self) -> str:
        return self._path.text().strip()

    def set_text(self, path: str) -> None:
        """Show the saved path."""
        self._path.set_text(path)

    def set_file_problem(self, sentence: str) -> None:
        """Show a problem of the file; empty for none."""
        self._path.set_error(sentence)

    def focus_field(self) -> None:
        """Focus the path."""
        self._path.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide makes a class when it is asked for

        begin = Path(self.text()).parent if self.text() else Path.home()
        dialog = QFileDialog(self, self.tr("Choose a CA file"), str(begin))
        dialog.setObjectName("authoritiesDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        certificates, all_files = self.tr("Certificates"), self.tr("All files")
        dialog.setNameFilters([f"{certificates} (*.pem *.crt *.cer)", f"{all_files} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._path.set_text)
        dialog.open()

    def _retranslate(self) -> None:
        self.set_labels(
            self.tr("CA file"),
            self.tr(
                "PEM file with certificate authorities (CAs) to trust for this server, in addition to the system's."
            ),
        )
        self._path.set_name(self.tr("CA file"))
        self._path.set_placeholder(self.tr("System certificates only"))
        self._choose.setText(self.tr("Choose…"))


# Row for the timeouts of a server: for connecting, and for a silent connection. In seconds.

_FIELD_WIDTH = 96  # px at 100 %


class TimeoutsRow(Translated, FormRow):
    """Timeouts row. An empty field means the program's default."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        both = QWidget()
        self._connect = TextField(appearance, "", both)
        self._connect.edit.setObjectName("serverConnectSeconds")
        self._silence = TextField(appearance, "", both)
        self._silence.edit.setObjectName("serverSilenceSeconds")
        self._connect_unit, self._silence_unit = (Label(appearance, "ui", "textSecondary", wrap=True) for _ in range(2))
        self._grid = QGridLayout(both)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for line, (field, unit) in enumerate(
            ((self._connect, self._connect_unit), (self._silence, self._silence_unit))
        ):
            field.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
            unit.setBuddy(field)
            self._grid.addWidget(field, line, 0)
            self._grid.addWidget(unit, line, 1)
        self._grid.setColumnStretch(1, 1)
        super().__init__(appearance, both, parent)
        self._connect.changed.connect(self.edited)
        self._silence.changed.connect(self.edited)
        appearance.bind(self._resize)
        self._retranslate()

    def texts(self) -> tuple[str, str]:
        """Return the entered texts: connect timeout and read timeout."""
        return self._connect.text().strip(), self._silence.text().strip()

    def set_texts(self, connect: str, silence: str) -> None:
        """Show the saved values."""
        self._connect.set_text(connect)
        self._silence.set_text(silence)

    def check(self) -> bool:
        """Show and focus the first invalid field; return whether there is none."""
        wrong = []
        for field, bounds in ((self._connect, CONNECT_SECONDS), (self._silence, SILENCE_SECONDS)):
            try:
                seconds_of(field.text(), bounds)
            except WrongSeconds:
                wrong.append((field, bounds))
        if wrong:
            field, bounds = wrong[0]
            minimum, maximum = map(QLocale().toString, bounds)
            self.set_problem(
                self.tr("Enter seconds from {least} to {most}, or leave empty.").format(least=minimum, most=maximum)
            )
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _resize(self) -> None:
        theme = self._appearance.theme
        for field in (self._connect, self._silence):
            field.setFixedWidth(round(_FIELD_WIDTH * theme.scale))
        self._grid.setHorizontalSpacing(theme.length("s"))
        self._grid.setVerticalSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Timeouts"), self.tr("A large model can take minutes before it starts to answer."))
        self._connect_unit.set_text(self.tr("Connect timeout (s)"))
        self._silence_unit.set_text(self.tr("Read timeout (s)"))
        self._connect.set_name(self.tr("Connect timeout in seconds"))
        self._silence.set_name(self.tr("Read timeout in seconds"))
        for field in (self._connect, self._silence):
            field.set_placeholder(self.tr("default"))


# Row for JSON that is added to every chat request of a server.

_EXAMPLES = {ServerProtocol.OLLAMA: '{"options": {"num_gpu": 20}}'}
_USUAL_EXAMPLE = '{"top_k": 20}'


class ExtraBodyRow(Translated, FormRow):
    """Extra JSON row. Errors are shown when it is saved; a text that looks like a key, at once."""

    edited = Signal()

    def __init__(self, appearance: Appearance, protocol: ServerProtocol, parent: QWidget | None = None) -> None:
        self._protocol = protocol
        self._example = _EXAMPLES.get(protocol, _USUAL_EXAMPLE)
        self._field = LinesEdit(appearance, lines=5)
        self._field.edit.setObjectName("serverExtraBody")
        self._field.edit.setPlaceholderText(self._example)
        super().__init__(appearance, self._field, parent)
        self._field.edit.textChanged.connect(self._on_edited)
        self._retranslate()

    def text(self) -> str:
        return self._field.text()

    def set_text(self, text: str) -> None:
        """Show the saved text."""
        self.set_saved_elsewhere(None)
        self._field.set_text(text)

    def follow(self, before: str, now: str) -> None:
        """Show a newly saved text if the field contains `before`; otherwise keep the input, and show what saving it will replace."""
        if self.text() == before:
            self.set_text(now)
        elif now != before:
            self.set_saved_elsewhere(now)

    def clear_problem(self) -> None:
        """Remove the error message."""
        self.set_problem("")
        self._field.set_invalid(invalid=False)

    def check(self) -> bool:
        """Show an error and go to its line; return whether there is none."""
        body = parse_extra_body(self.text(), self._protocol)
        if body.problem is None:
            return True
        self.set_problem(self._problem_text(body))
        self._field.set_invalid(invalid=True)
        self._field.go_to_line(body.line)
        return False

    def _on_edited(self) -> None:
        self._show_warning()
        self.edited.emit()

    def _show_warning(self) -> None:
        secret = parse_extra_body(self.text()).secret
        text = self.tr(
            "“{name}” looks like an API key. This text is saved in a file, so enter keys in the field above instead."
        )
        self.set_warning(text.format(name=secret) if secret else "")

    def _problem_text(self, body: ExtraBody) -> str:
        line = QLocale().toString(body.line)
        match body.problem:
            case ExtraBodyProblem.RESERVED:
                return self.tr("Line {line}: “{name}” is set by Chatdesk.").format(line=line, name=body.word)
            case ExtraBodyProblem.NOT_AN_OBJECT:
                return self.tr("Enter a JSON object, such as {example}").format(example=self._example)
            case ExtraBodyProblem.TOO_LARGE:
                return self.tr("This JSON is too large.")
            case ExtraBodyProblem.REPEATED:
                return self.tr("Line {line}: “{name}” occurs twice.").format(line=line, name=body.word)
            case _ if body.line:
                text = self.tr("Line {line} is not valid JSON. Check commas, quotation marks and brackets.")
                return text.format(line=line)
            case _:
                return self.tr("This is not valid JSON: it contains an invalid number.")

    def _retranslate(self) -> None:
        self.set_labels(
            self.tr("Extra JSON"), self.tr("Added to every chat request, for options that Chatdesk has no setting for.")
        )
        self._field.edit.setAccessibleName(self.tr("Extra JSON"))
        self._show_warning()


# Rows for names that the user enters: models or deployments, and the version of the API.

WRITTEN_ONLY = "written_models_only"
"""Quirk of a vendor: only models entered by the user are available."""


class NamesRow(Translated, QWidget):
    """Rows for names, each shown only where it applies."""

    edited = Signal()

    def __init__(self, appearance: Appearance, vendor: Vendor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._are_deployments = WRITTEN_ONLY in vendor.quirks
        self._names = LinesEdit(appearance, lines=2)
        self._names.edit.setObjectName("serverModels")
        self._names_row = FormRow(appearance, self._names)
        self._version = TextField(appearance, "", mono=True, placeholder=vendor.api_version)
        self._version.edit.setObjectName("serverApiVersion")
        self._version_row = FormRow(appearance, self._version)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(appearance.theme.length("m"))
        self._column.addWidget(self._names_row)
        self._column.addWidget(self._version_row)
        self._names_row.setVisible(vendor.protocol.lists_may_be_incomplete)
        self._version_row.setVisible(bool(vendor.api_version))
        self._names.edit.textChanged.connect(self.edited)
        self._version.changed.connect(self.edited)
        self._retranslate()

    def names(self) -> str:
        """Return the entered names, one per line."""
        return self._names.text()

    def version(self) -> str:
        """Return the entered version; empty for the default."""
        return self._version.text().strip()

    def show_values(self, names: str, version: str) -> None:
        """Show the saved values."""
        self._names.set_text(names)
        self._version.set_text(version)

    def follow(self, before: tuple[str, str], now: tuple[str, str]) -> None:
        """Show newly saved values if the fields contain `before`."""
        if (self._names.text(), self._version.text()) == before:
            self.show_values(*now)

    def clear_problem(self) -> None:
        """Remove the error message."""
        self._names_row.set_problem("")
        self._names.set_invalid(invalid=False)

    def check(self) -> bool:
        """Show what is missing; return whether nothing is."""
        if self._names.text().strip() or not self._are_deployments:
            return True
        self._names_row.set_problem(self.tr("Enter at least one model, because the server does not list its models."))
        self._names.set_invalid(invalid=True)
        self._names.go_to_line(0)
        return False

    def _retranslate(self) -> None:
        if self._are_deployments:
            label, hint = self.tr("Deployments"), self.tr("The names of your deployments, one per line.")
        else:
            label, hint = (
                self.tr("Models"),
                self.tr("One name per line. Needed only if the server does not list its models."),
            )
        self._names.edit.setAccessibleName(label)
        self._names_row.set_labels(label, hint)
        self._version.set_name(self.tr("API version"))
        self._version_row.set_labels(self.tr("API version"))
