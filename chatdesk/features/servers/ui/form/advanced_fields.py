"""Advanced part of the server form, collapsed by default. Only widgets and signals."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.ui.form.headers_row import HeadersRow
from chatdesk.features.servers.ui.form.option_rows import CaFileRow, ExtraBodyRow, TimeoutsRow
from chatdesk.features.servers.ui.form.proxy_row import ProxyRow
from chatdesk.features.servers.ui.form.server_draft import AdvancedDraft
from chatdesk.kernel.servers.server import ProxyChoice, ServerConfig, Vendor, WireFormat
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments


class AdvancedFields(Translated, QWidget):
    """Advanced fields. `folded` carries whether the user opened them. They open automatically if they contain an error."""

    edited = Signal()
    folded = Signal(bool)

    def __init__(
        self, appearance: Appearance, vendor: Vendor, more: Iterable[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        """`more` are rows of the form to be placed here first."""
        super().__init__(parent)
        self._appearance = appearance
        self._toggle = Button(appearance, "", ButtonKind.PLAIN, self, small=True, icon="chevron-right")
        self._toggle.setObjectName("serverAdvanced")
        self._toggle.set_folds()
        self._format = Segments(appearance, "")
        self._format.setObjectName("serverFormat")
        self._format_row = FormRow(appearance, self._format)
        self.headers = HeadersRow(appearance)
        self._extra_body = ExtraBodyRow(appearance, vendor.protocol)
        self.proxy = ProxyRow(appearance)
        self._ca_file = CaFileRow(appearance)
        self._timeouts = TimeoutsRow(appearance)
        has_choice = len(vendor.wire_formats) > 1
        self._formats = vendor.wire_formats if has_choice else vendor.wire_formats[:1]
        rows = (
            (self._format_row, has_choice),
            (self.headers, True),
            (self._extra_body, vendor.protocol.accepts_extra_body),
            (self.proxy, True),
            (self._ca_file, True),
            (self._timeouts, True),
        )
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        for row in more:
            self._column.addWidget(row)
        for row, is_wanted in rows:
            if is_wanted:
                self._column.addWidget(row)
            else:
                row.setParent(self._body)
                row.hide()
        self._layout = QVBoxLayout(self)
        self._summary = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._head = QHBoxLayout()
        self._head.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.addWidget(self._summary, 1)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._body)
        self._retranslate()
        self._connect()
        appearance.bind(self._restyle)
        self.set_open(is_open=False)

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide the fields."""
        self._toggle.setChecked(is_open)
        self._toggle.set_icon("chevron-down" if is_open else "chevron-right")
        self._body.setVisible(is_open)
        self._summarise()

    def draft(self) -> AdvancedDraft:
        """Return the input; values of other parts of the form are empty."""
        connect, silence = self._timeouts.texts()
        return AdvancedDraft(
            header_lines=self.headers.text(),
            wire_format=WireFormat(self._format.key()),
            extra_body=self._extra_body.text(),
            proxy=self.proxy.choice(),
            proxy_address=self.proxy.address(),
            proxy_user=self.proxy.user(),
            proxy_password=self.proxy.password(),
            ca_file=self._ca_file.text(),
            connect=connect,
            silence=silence,
        )

    def show_saved(self, draft: AdvancedDraft, server: ServerConfig) -> None:
        """Show the saved values, and discard the typed secrets."""
        self.headers.show_saved(server.headers)
        self._format.choose((draft.wire_format if draft.wire_format in self._formats else self._formats[0]).value)
        self._extra_body.set_text(draft.extra_body)
        self.proxy.show_values(draft.proxy, draft.proxy_address, draft.proxy_user)
        self._ca_file.set_text(draft.ca_file)
        for row in (self.proxy, self._ca_file):
            row.set_saved_elsewhere(None)
        self._timeouts.set_texts(draft.connect, draft.silence)
        self._summarise()

    def follow(self, before: AdvancedDraft, now: AdvancedDraft, server: ServerConfig) -> None:
        """Show newly saved values in the fields that contain those of `before`."""
        typed = self.draft()
        self.headers.follow(before.header_lines, server.headers)
        self._extra_body.follow(before.extra_body, now.extra_body)
        if typed.wire_format is before.wire_format and now.wire_format in self._formats:
            self._format.choose(now.wire_format.value)
        if (typed.connect, typed.silence) == (before.connect, before.silence):
            self._timeouts.set_texts(now.connect, now.silence)
        if _proxy_of(typed) == _proxy_of(before):
            self.proxy.show_values(now.proxy, now.proxy_address, now.proxy_user)
        elif _proxy_of(now) != _proxy_of(before):
            self.proxy.set_saved_elsewhere(now.proxy_address)
        if typed.ca_file == before.ca_file:
            self._ca_file.set_text(now.ca_file)
        elif now.ca_file != before.ca_file:
            self._ca_file.set_saved_elsewhere(now.ca_file)
        self._summarise()

    def clear_problems(self) -> None:
        """Remove all error messages."""
        self.headers.clear_problem()
        self._extra_body.clear_problem()
        self.proxy.set_address_problem("")
        self._ca_file.set_file_problem("")
        self._timeouts.set_problem("")

    def check(self) -> bool:
        """Show and focus the first error that can be detected here; return whether there is none."""
        for row in (self.headers, self._extra_body, self._timeouts):
            if not row.check():
                self.open_for_problem()
                row.check()  # again, because hidden fields could not be focused
                return False
        return True

    def show_proxy_problem(self, sentence: str) -> None:
        """Show an error of the proxy's address, and focus it."""
        self.open_for_problem()
        self.proxy.set_address_problem(sentence)
        self.proxy.focus_address()

    def show_headers_problem(self, sentence: str) -> None:
        """Show why a value cannot be stored, and focus the headers."""
        self.open_for_problem()
        self.headers.show_problem(sentence)

    def show_ca_file_problem(self, sentence: str) -> None:
        """Show an error of the CA file, and focus it."""
        self.open_for_problem()
        self._ca_file.set_file_problem(sentence)
        self._ca_file.focus_field()

    def _summarise(self) -> None:
        """Show beside the closed fields which of them are set, since nobody looks there if something does not work."""
        draft = self.draft()
        settings = (
            (draft.wire_format is not self._formats[0], self.tr("Responses")),
            (draft.header_lines.strip(), self.tr("Headers")),
            (draft.extra_body.strip(), self.tr("Extra JSON")),
            (draft.proxy is not ProxyChoice.SYSTEM, self.tr("Proxy")),
            (draft.ca_file, self.tr("CA file")),
            (draft.connect or draft.silence, self.tr("Timeouts")),
        )
        usual = self.tr("headers, proxy, timeouts")
        self._summary.set_text(" · ".join(text for is_set, text in settings if is_set) or usual)
        self._summary.setVisible(not self._toggle.isChecked())

    def open_for_problem(self) -> None:
        """Show the fields because one of them contains an error."""
        self.set_open(is_open=True)

    def _connect(self) -> None:
        self._toggle.clicked.connect(self._on_toggled)
        for changed in (
            self.headers.edited,
            self._format.chosen,
            self._extra_body.edited,
            self.proxy.edited,
            self._ca_file.edited,
            self._timeouts.edited,
        ):
            changed.connect(self.edited)

    def _on_toggled(self, is_open: bool) -> None:
        self.set_open(is_open=is_open)
        self.folded.emit(is_open)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("m"))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        self._toggle.setText(self.tr("Advanced"))
        names = {
            WireFormat.CHAT_COMPLETIONS: self.tr("Chat Completions"),
            WireFormat.RESPONSES: self.tr("Responses"),
        }
        self._format.set_segments([(wire_format.value, names[wire_format]) for wire_format in self._formats])
        self._format.setAccessibleName(self.tr("Format"))
        self._format_row.set_labels(
            self.tr("Format"), self.tr("The Responses API shows more of the reasoning of OpenAI models.")
        )
        self._summarise()


def _proxy_of(draft: AdvancedDraft) -> tuple[ProxyChoice, str, str, str]:
    return draft.proxy, draft.proxy_address, draft.proxy_user, draft.proxy_password
