"""Row of the doctor's list: a running check or a finding, with buttons for its remedies. Only widgets and signals."""

from PySide6.QtCore import QCoreApplication, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.domain.finding import Finding, Remedy, RemedyKind, Severity
from chatdesk.features.servers.ui.doctor.doctor_texts import finding_text, summary_text, system_text
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.spinner import Spinner

# Command for the user to run in a terminal: shown in full, copied with a click, never run by the program.

_COPIED_MILLISECONDS = 1500


class CommandRow(Translated, Card):
    """Command with a copy button. `system` is shown before the command if there are several."""

    def __init__(self, appearance: Appearance, command: str, system: str = "", parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="sunken", border="borderSubtle", radius="radius.small")
        self._command = command
        self._system = Label(appearance, "caption", "textTertiary", self, text=system)
        self._system.setVisible(bool(system))
        self._command_label = Label(appearance, "code", "text", self, text=command, wrap=True, selectable=True)
        self._command_label.setObjectName("command")
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyCommand")
        self._copy.clicked.connect(self._copy_command)
        self._timer = QTimer(self, singleShot=True, interval=_COPIED_MILLISECONDS)
        self._timer.timeout.connect(lambda: self._copy.set_icon("copy"))
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._system)
        self._layout.addWidget(self._command_label, 1)
        self._layout.addWidget(self._copy)
        appearance.bind(self._restyle)
        self._retranslate()

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(self._command)
        self._copy.set_icon("check")
        self._timer.start()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        small, hair = theme.length("s"), theme.length("hair")
        self._layout.setContentsMargins(small, hair, hair, hair)
        self._layout.setSpacing(small)

    def _retranslate(self) -> None:
        self._copy.set_name(self.tr("Copy command"))


# Labels and icons of the remedy buttons.

_LABELS: dict[RemedyKind, tuple[str, str]] = {
    RemedyKind.USE_ADDRESS: (QT_TRANSLATE_NOOP("Doctor", "Use this address"), "check"),
    RemedyKind.ADD_SERVER: (QT_TRANSLATE_NOOP("Doctor", "Add as a provider"), "plus"),
    RemedyKind.START: (QT_TRANSLATE_NOOP("Doctor", "Start Ollama"), "play"),
    RemedyKind.NO_PROXY: (QT_TRANSLATE_NOOP("Doctor", "Bypass the proxy"), ""),
    RemedyKind.CHOOSE_AUTHORITIES: (QT_TRANSLATE_NOOP("Doctor", "Choose a CA file…"), ""),
    RemedyKind.EDIT_KEY: (QT_TRANSLATE_NOOP("Doctor", "Enter API key"), "key-round"),
    RemedyKind.EDIT_ADDRESS: (QT_TRANSLATE_NOOP("Doctor", "Change address"), ""),
    RemedyKind.EDIT_SERVER: (QT_TRANSLATE_NOOP("Doctor", "Provider settings"), ""),
    RemedyKind.PULL_MODEL: (QT_TRANSLATE_NOOP("Doctor", "Download {value}"), "download"),
    RemedyKind.CHOOSE_MODEL: (QT_TRANSLATE_NOOP("Doctor", "Choose a model"), ""),
    RemedyKind.OPEN_PAGE: (QT_TRANSLATE_NOOP("Doctor", "Download page"), "external-link"),
    RemedyKind.RUN_COMMAND: (QT_TRANSLATE_NOOP("Doctor", "Show instructions"), "terminal"),
}


def remedy_text(remedy: Remedy) -> str:
    """Return the label of a button."""
    text = QCoreApplication.translate("Doctor", _LABELS[remedy.kind][0])
    return text.format(value=plain_line(remedy.value))


def remedy_icon(remedy: Remedy) -> str:
    """Return the icon of a button; empty for none."""
    return _LABELS[remedy.kind][1]


_ICONS = {
    Severity.GOOD: ("circle-check", "success"),
    Severity.NOTE: ("triangle-alert", "warning"),
    Severity.BAD: ("circle-x", "danger"),
}
_ALTERNATIVE_ICON = ("info", "textSecondary")


class CheckRow(QWidget):
    """Row for one check. Call `show_running` or `show_finding` before it is shown; either may follow the other."""

    chosen = Signal(Remedy)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._remedies: tuple[Remedy, ...] = ()
        self._spinner = Spinner(appearance, parent=self)
        self._icon = IconLabel(appearance, "circle-check", "success", self, size="toolbar")
        self._sentence = Label(appearance, "ui", "text", self, wrap=True)
        self._sentence.setObjectName("finding")
        self._meaning = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._meaning.setObjectName("findingMeaning")
        self._row = WrappingRow(appearance, self)
        self._buttons: list[Button] = []
        self._commands: list[CommandRow] = []
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._sentence)
        texts.addWidget(self._meaning)
        texts.addStretch(1)
        self._row_layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row_layout.addLayout(texts, 1)
        self._row_layout.addWidget(self._row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._commands_layout = QVBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._row_layout)
        column.addLayout(self._commands_layout)
        self._layout = QHBoxLayout(self)
        self._icon_layout = QVBoxLayout()
        self._icon_layout.addWidget(self._spinner)
        self._icon_layout.addWidget(self._icon)
        self._icon_layout.addStretch(1)
        self._layout.addLayout(self._icon_layout)
        self._layout.addLayout(column, 1)
        appearance.bind(self._restyle)

    def show_running(self, text: str) -> None:
        """Show what the check is doing."""
        self._show(text, "", is_running=True)
        self._sentence.set_color("textSecondary")
        self._set_remedies((), None)

    def show_finding(self, finding: Finding, server: ServerConfig, best: Remedy | None) -> None:
        """Show a finding; the button of the `best` remedy is filled."""
        sentence, meaning = finding_text(finding, server)
        self._show(sentence, meaning, is_running=False)
        self.setAccessibleName(summary_text(finding, server))
        self._sentence.set_color("text")
        offers = any(remedy.kind in {RemedyKind.USE_ADDRESS, RemedyKind.ADD_SERVER} for remedy in finding.remedies)
        self._icon.set_icon(
            *_ALTERNATIVE_ICON if finding.severity is Severity.NOTE and offers else _ICONS[finding.severity]
        )
        self._set_remedies(finding.remedies, best)

    def show_progress(self, text: str) -> None:
        """Show the progress of a remedy."""
        self._meaning.set_text(text)
        self._meaning.setVisible(bool(text))

    def button(self, kind: RemedyKind) -> Button | None:
        """Return the button of a remedy; None if it is not offered."""
        return next((button for button in self._buttons if button.objectName() == f"remedy.{kind}"), None)

    def set_enabled(self, *, enabled: bool) -> None:
        """Enable the buttons, or disable them while a remedy is being applied."""
        for button in self._buttons:
            button.setEnabled(enabled)

    def _show(self, sentence: str, meaning: str, *, is_running: bool) -> None:
        self._spinner.setVisible(is_running)
        self._icon.setVisible(not is_running)
        self._sentence.set_text(sentence)
        self._meaning.set_text(meaning)
        self._meaning.setVisible(bool(meaning))
        self.setAccessibleName(sentence)

    def _set_remedies(self, remedies: tuple[Remedy, ...], best: Remedy | None) -> None:
        commands = [remedy for remedy in remedies if remedy.kind is RemedyKind.RUN_COMMAND]
        # One button shows and hides all commands.
        shown = [remedy for remedy in remedies if remedy.kind is not RemedyKind.RUN_COMMAND] + commands[:1]
        if remedies != self._remedies:
            self._remedies = remedies
            self._make_buttons(shown)
            self._make_commands(commands)
        for button, remedy in zip(self._buttons, shown, strict=True):
            button.setText(remedy_text(remedy))
            button.set_kind(ButtonKind.FILLED if remedy == best else ButtonKind.OUTLINED)
        self._row.setVisible(bool(self._buttons))
        self._row.arrange()
        self._arrange()

    def _make_buttons(self, shown: list[Remedy]) -> None:
        self._row.clear()
        self._buttons = []
        for remedy in shown:
            button = Button(self._appearance, remedy_text(remedy), icon=remedy_icon(remedy), small=True)
            button.setObjectName(f"remedy.{remedy.kind}")
            if remedy.kind is RemedyKind.RUN_COMMAND:
                button.clicked.connect(self._toggle_commands)
            else:
                button.clicked.connect(lambda _checked=False, remedy=remedy: self.chosen.emit(remedy))
            self._row.add(button)
            button.show()
            self._buttons.append(button)

    def _make_commands(self, commands: list[Remedy]) -> None:
        for row in self._commands:
            self._commands_layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        several = len(commands) > 1
        self._commands = []
        for remedy in commands:
            system = system_text(remedy.system) if several and remedy.system else ""
            row = CommandRow(self._appearance, remedy.value, system, self)
            row.hide()
            self._commands_layout.addWidget(row)
            self._commands.append(row)

    def _toggle_commands(self) -> None:
        for row in self._commands:
            row.setVisible(row.isHidden())
        self._arrange()

    def _arrange(self) -> None:
        """Place the buttons beside the text if there is enough space, otherwise below it."""
        theme = self._appearance.theme
        available = self.width() - 2 * theme.length("l") - theme.length("toolbar") - theme.length("m")
        beside = self._row.sizeHint().width() <= available * 0.55
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction is not self._row_layout.direction():
            self._row_layout.setDirection(direction)
        shows_commands = any(not row.isHidden() for row in self._commands)
        self._commands_layout.setContentsMargins(0, theme.length("s") if shows_commands else 0, 0, 0)
        self._align_icon(is_single=self._meaning.isHidden() and (beside or not self._buttons))
        policy = self._row.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Fixed if beside else policy.Policy.Preferred)
        self._row.setSizePolicy(policy)
        self._row_layout.setAlignment(self._row, Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag(0))

    def _align_icon(self, *, is_single: bool) -> None:
        """Align icon and spinner with the first line; for a single line, with the middle of the row."""
        theme = self._appearance.theme
        line = theme.length("buttonSmall") if is_single else theme.line("ui")
        shown = self._spinner if self._icon.isHidden() else self._icon
        self._icon_layout.setContentsMargins(0, max(0, (line - shown.sizeHint().height()) // 2), 0, 0)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = (theme.length("rowCheck") - theme.length("buttonSmall")) // 2
        self._layout.setContentsMargins(theme.length("l"), pad, theme.length("l"), pad)
        self._layout.setSpacing(theme.length("m"))
        self._row_layout.setSpacing(theme.length("s"))
        self._commands_layout.setSpacing(theme.length("xs"))
        self.setMinimumHeight(theme.length("rowCheck"))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color("borderSubtle"))
