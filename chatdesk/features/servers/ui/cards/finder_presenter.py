"""Presenter for adding a server by its address: identifies the server, and reports what is to be added."""

import asyncio
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.ui.cards.card_texts import models_text, vendor_name
from chatdesk.kernel.errors.base import AddressInvalid, ChatdeskError, NotAChatServer, ServerUnreachable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.forms.waiting_row import WaitingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.focus import keeps_focus
from chatdesk.ui_kit.widgets.label import Label

# Card for entering an address, with the identified servers. Only widgets and signals.


@dataclass(frozen=True, slots=True)
class FoundTexts:
    """Text on a server that was found, and the label of its button."""

    text: str
    button: str


class FinderCard(Card):
    """Finder card. `server_chosen` carries the index of a server in the displayed list."""

    asked = Signal(str)
    stopped = Signal()
    server_chosen = Signal(int)
    cancelled = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._get_texts: Callable[[], Sequence[FoundTexts]] = tuple
        self._get_failure_text: Callable[[], str] = str
        self._title = Label(appearance, "label", "text")
        self._address = TextField(appearance, "", placeholder="192.168.1.20:1234", mono=True)
        self._address.edit.setObjectName("findAddress")
        self._address.edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._row = FormRow(appearance, self._address)
        self._waiting = WaitingRow(appearance, self._seconds, self)
        self._waiting.stop_button.setObjectName("stopFinding")
        self._found: list[Notice] = []
        self._found_layout = QVBoxLayout()
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("findFailure")
        self._failure.hide()
        self._find = Button(appearance, "", ButtonKind.FILLED)
        self._cancel = Button(appearance, "", ButtonKind.PLAIN)
        self._find.setObjectName("find")
        self._cancel.setObjectName("cancelFinding")
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._cancel)
        self._buttons.addWidget(self._find)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._row)
        self._layout.addWidget(self._waiting)
        self._layout.addLayout(self._found_layout)
        self._layout.addWidget(self._failure)
        self._layout.addLayout(self._buttons)
        self._connect()
        appearance.bind(self._restyle)
        self._retranslate()
        self._on_typed()

    def focus(self) -> None:
        """Focus the address."""
        self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_running(self) -> None:
        """Start counting the seconds, and focus the stop button."""
        self._clear()
        self._waiting.start()
        self._find.setEnabled(False)
        self._waiting.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_stopped(self) -> None:
        """Clear the result, and focus the address."""
        self._clear()
        self.focus()

    def show_found(self, make_text: Callable[[], Sequence[FoundTexts]]) -> None:
        """Show the servers, and focus the first button. `make_text` returns the texts; it is called again when the language changes."""
        keeps = keeps_focus(self)
        self._clear()
        self._get_texts = make_text
        for position, text in enumerate(make_text()):
            notice = Notice(self._appearance, self, NoticeKind.SUCCESS)
            notice.setObjectName(f"found{position}")
            notice.show_text(text.text, text.button)
            if position == 0:
                notice.emphasise()
                self._find.set_kind(ButtonKind.OUTLINED)
            notice.acted.connect(lambda position=position: self.server_chosen.emit(position))
            self._found.append(notice)
            self._found_layout.addWidget(notice)
            notice.show()
        if keeps:
            self._found[0].focus()
        self._announce("\n".join(notice.text() for notice in self._found))

    def update_texts(self) -> None:
        """Update the texts after a server was added or the language changed."""
        for notice, text in zip(self._found, self._get_texts(), strict=True):
            notice.show_text(text.text, text.button)

    def show_failure(self, make_text: Callable[[], str]) -> None:
        """Show why nothing was found."""
        keeps = keeps_focus(self)
        self._clear()
        self._get_failure_text = make_text
        self._failure.show_text(make_text())
        self._failure.show()
        if keeps:
            self.focus()
        self._announce(self._failure.text())

    def show_address_problem(self, sentence: str) -> None:
        """Show what is wrong with the address."""
        keeps = keeps_focus(self)
        self._clear()
        self._address.set_error(sentence)
        if keeps:
            self.focus()

    def _connect(self) -> None:
        self._address.changed.connect(self._on_typed)
        self._address.submitted.connect(self._ask)
        self._find.clicked.connect(self._ask)
        self._waiting.stopped.connect(self.stopped)
        self._cancel.clicked.connect(self.cancelled)

    def _ask(self) -> None:
        if self._find.isEnabled():
            self.asked.emit(self._address.text().strip())

    def _on_typed(self) -> None:
        self._address.set_error("")
        self._find.setEnabled(bool(self._address.text().strip()) and not self._waiting.is_running)

    def _clear(self) -> None:
        self._waiting.end()
        self._failure.hide()
        for notice in self._found:
            self._found_layout.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self._found = []
        self._find.set_kind(ButtonKind.FILLED)
        self._get_texts = tuple
        self._on_typed()

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _seconds(self, seconds: int) -> str:
        return self.tr("Checking the address, {seconds} s").format(seconds=QLocale().toString(seconds))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.length("m"))
        self._found_layout.setSpacing(theme.length("s"))
        self._buttons.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Another address"))
        self.setAccessibleName(self.tr("Another address"))
        self._address.set_name(self.tr("Address"))
        self._row.set_labels(
            self.tr("Address"), self.tr("Enter the address of a server. Chatdesk detects its type. No API key is sent.")
        )
        self._waiting.stop_button.setText(self.tr("Stop"))
        self._waiting.update_text()
        self._find.setText(self.tr("Connect"))
        self._cancel.setText(self.tr("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.update_texts()
            if not self._failure.isHidden():
                self._failure.show_text(self._get_failure_text())
        super().changeEvent(event)


class FinderPresenter(QObject):
    """Presenter of the finder. `card` exists from the beginning; the owner adds and removes it."""

    chosen = Signal(object)
    """The `Recognised` that is to be added."""
    known = Signal(str)
    """The ID of an existing server that is to be shown."""
    cancelled = Signal()

    def __init__(self, appearance: Appearance, services: ServerServices, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._servers = services.servers
        self._connections = services.connections
        self._tasks = tasks
        self._task: asyncio.Task[object] | None = None
        self._found: tuple[Recognised, ...] = ()
        self.card = FinderCard(appearance, parent)
        self.card.asked.connect(self._ask)
        self.card.stopped.connect(self._stop)
        self.card.server_chosen.connect(self._use_found)
        self.card.cancelled.connect(self._on_cancelled)

    def end(self) -> None:
        """Cancel the request in progress."""
        if self._task:
            self._task.cancel()
            self._task = None

    def has_more(self) -> bool:
        """Return whether a server was found that is not added yet."""
        return any(self._existing_server(found) is None for found in self._found)

    def refresh(self) -> None:
        """Update which of the found servers have been added."""
        self.card.update_texts()

    def _ask(self, address: str) -> None:
        self.end()
        self.card.show_running()
        self._task = self._tasks.start(self._find(address), "identify the server at an address")

    def _stop(self) -> None:
        self.end()
        self.card.show_stopped()

    def _on_cancelled(self) -> None:
        self.end()
        self.cancelled.emit()

    def _use_found(self, position: int) -> None:
        found = self._found[position]
        if server := self._existing_server(found):
            self.known.emit(server.id)
        else:
            self.chosen.emit(found)

    async def _find(self, address: str) -> None:
        self._found = ()
        try:
            found = await self._connections.recognise(address)
        except AddressInvalid as error:
            text = describe_error(error)
            self.card.show_address_problem(f"{text.sentence}\n{text.consequence}".strip())
        except ChatdeskError as error:
            failure = error
            self.card.show_failure(lambda: _failure_text(failure))
        else:
            self._found = found
            self.card.show_found(lambda: tuple(map(self._found_text, found)))
        self._task = None

    def _found_text(self, found: Recognised) -> FoundTexts:
        translate = QCoreApplication.translate
        parts = urlsplit(found.base_url)
        vendor = self._servers.vendors[found.vendor_id]
        version = translate("Servers", "version {version}").format(version=found.version) if found.version else ""
        models = "" if found.model_count is None else models_text(found.model_count)
        key = translate("Servers", "API key required") if found.needs_key else ""
        facts = [parts.netloc + parts.path, version, models, key]
        label = translate("Servers", "{name} · {facts}").format(
            name=vendor_name(vendor), facts=" · ".join(fact for fact in facts if fact)
        )
        if self._existing_server(found):
            return FoundTexts(label, translate("Servers", "Show"))
        return FoundTexts(label, translate("Servers", "Add"))

    def _existing_server(self, found: Recognised) -> ServerConfig | None:
        """Return the configured server at this address; None if there is none."""
        return next((server for server in self._servers.all() if server.base_url == found.base_url), None)


def _failure_text(error: ChatdeskError) -> str:
    text, translate = describe_error(error), QCoreApplication.translate
    match error:
        case ServerUnreachable():
            next_step = translate("Servers", "Start the server, or check the address.")
        case NotAChatServer():
            next_step = translate("Servers", "If it is a chat server, choose its type under More.")
        case _:
            return sentence_and_consequence(text)
    both = translate("Errors", "{first} {second}", "two sentences")
    return both.format(first=text.sentence, second=next_step)
