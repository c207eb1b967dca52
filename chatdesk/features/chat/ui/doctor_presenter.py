"""Opens the connection doctor: below a failed answer instead of its notice, above the composer, or in a sheet over another page.

The doctor card is created on demand, and closes when everything works again.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.feature import ModelsTab, Navigation
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.servers.domain.finding import Finding
    from chatdesk.features.servers.ui.doctor.doctor_card import DoctorCard
    from chatdesk.features.servers.ui.doctor.doctor_visit import DoctorVisit
    from chatdesk.ui_kit.widgets.sheet import Sheet


class DoctorPresenter(QObject):
    """Opens the doctor for the current server with `open`, or for that of a failed answer with `open_for_answer`."""

    opened = Signal()
    """The chat must become visible."""

    def __init__(
        self,
        page: ChatPage,
        services: ChatServices,
        servers: ServerServices,
        models: ModelPresenter,
        chat: ChatPresenter,
        picker: ModelPicker,
        navigation: Navigation,
        tasks: Tasks,
        show_toast: Callable[[str], object],
        parent: QObject,
    ) -> None:
        """`show_toast` shows a sentence in a toast."""
        super().__init__(parent)
        self._show_toast = show_toast
        self._page = page
        self._services = services
        self._servers = servers
        self._models = models
        self._chat = chat
        self._picker = picker
        self._navigation = navigation
        self._tasks = tasks
        self._card: DoctorCard | None = None
        self._visit: DoctorVisit | None = None
        self._sheet: Sheet | None = None
        """Contains the card if it was requested on another page than the chats."""
        self._server_id = ""
        self._answer_id = ""
        self._is_connected = False
        chat.opened.connect(self._close_answer_card)
        page.composer.send_requested.connect(lambda _text: self._close_if_healthy())

    def open(self) -> None:
        """Examine the current server, or the first unreachable one."""
        chosen = self._models.chosen
        server = self._servers.servers.find(chosen.ref.server_id) if chosen else None
        if server is None or server.is_built_in:
            failed = (state.server for state in self._servers.models.states() if state.error)
            candidates = (each for each in self._servers.servers.enabled() if not each.is_built_in)
            server, model_id = next(failed, None) or next(candidates, None), ""
        else:
            model_id = chosen.ref.model_id if chosen else ""
        self._examine(server, model_id, "")

    def open_for_server(self, server_id: str) -> None:
        """Examine a server."""
        self._examine(self._servers.servers.find(server_id), "", "")

    def open_over_page(self, server_id: str) -> None:
        """Examine a server in a sheet over the page that is shown."""
        self._examine(self._servers.servers.find(server_id), "", "", over_page=True)

    def open_after_start(self, server_id: str, failure: "Finding") -> None:
        """Examine a server that could not be started, showing that failure."""
        self._examine(self._servers.servers.find(server_id), "", "", failure)

    def open_for_answer(self, answer_id: str) -> None:
        """Examine the server of a failed answer."""
        self._tasks.start(self._open_for_answer(answer_id), "open doctor")

    def close(self) -> None:
        """Close the card."""
        if self._visit:
            self._visit.end()
            self._visit.deleteLater()
            self._visit = None
        if sheet := self._sheet:
            self._sheet = None
            sheet.leave()
        if self._card:
            if self._answer_id and (embedded_widget := self._page.transcript.embedded_widget):
                embedded_widget.dismiss()
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self._answer_id = ""

    async def _open_for_answer(self, answer_id: str) -> None:
        answer = await self._services.chat.find(answer_id)
        model = answer.model if answer else None
        self._examine(
            self._servers.servers.find(model.server_id) if model else None, model.model_id if model else "", answer_id
        )

    def _examine(
        self,
        server: ServerConfig | None,
        model_id: str,
        answer_id: str,
        failed_start: "Finding | None" = None,
        *,
        over_page: bool = False,
    ) -> None:
        if server is None:
            self._navigation.show_server("", "")
            return
        if server.is_built_in:
            self._navigation.show_models(ModelsTab.HERE, "engine")
            return
        self._server_id = server.id
        if not over_page:
            self.opened.emit()
        if answer_id != self._answer_id or over_page != bool(self._sheet):
            self.close()  # the new position is a different one
        if self._card is None or self._visit is None:
            self._card, self._visit = self._create()
            if over_page:
                self._sheet = self._put_into_sheet(self._card)
            else:
                self._place_card(self._card, answer_id)
        self._answer_id = answer_id
        built_in = not over_page and any(each.is_built_in for each in self._servers.servers.enabled())
        self._card.set_offers(ask_again=bool(answer_id), built_in=built_in)
        self._visit.begin(server, model_id, failed_start)
        self._card.show()
        self._card.focus()

    def _create(self) -> "tuple[DoctorCard, DoctorVisit]":
        from chatdesk.features.servers.ui.doctor.doctor_card import (  # noqa: PLC0415 - start-up time: created on demand
            DoctorCard,
        )
        from chatdesk.features.servers.ui.doctor.doctor_visit import DoctorVisit  # noqa: PLC0415 - start-up time: created on demand

        card = DoctorCard(self._page.appearance)
        visit = DoctorVisit(card, self._servers, self._tasks, self)
        visit.settings_requested.connect(self._show_server)
        visit.healed.connect(self._on_healed)
        visit.model_requested.connect(self._choose_model)
        visit.link_requested.connect(self._navigation.open_link)
        card.closed.connect(self._close_and_write)
        card.ask_again_requested.connect(self._ask_again)
        card.built_in_requested.connect(self._use_built_in)
        return card, visit

    def _place_card(self, card: "DoctorCard", answer_id: str) -> None:
        """Place the card in its answer, or above the composer if there is none."""
        embedded_widget = self._page.transcript.embedded_widget if answer_id else None
        card.set_bounded(bounded=embedded_widget is None)
        if embedded_widget is None or not embedded_widget.receive(answer_id, card):
            card.set_bounded(bounded=True)
            self._page.composer.set_strip(card, StripRank.PROBLEM)
            return
        QWidget.setTabOrder(self._page.transcript, card.first)
        if not self._is_connected:
            self._is_connected = True
            embedded_widget.lost.connect(self.close, Qt.ConnectionType.QueuedConnection)

    def _put_into_sheet(self, card: "DoctorCard") -> "Sheet":
        from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind  # noqa: PLC0415 - start-up time: created on demand

        sheet = Sheet(self._page.appearance, self._page.window(), SheetKind.FORM, self.tr("Troubleshooting"))
        card.set_bounded(bounded=False)
        card.hide_close_button()
        sheet.body.addWidget(card)
        sheet.add_button(self.tr("Close")).clicked.connect(sheet.cancel)
        sheet.dismissed.connect(self._on_dismissed)
        card.show()
        sheet.open()
        return sheet

    def _on_dismissed(self) -> None:
        self._sheet = None
        self.close()

    def _show_server(self, server_id: str, part: str) -> None:
        if self._sheet:
            self.close()
        self._navigation.show_server(server_id, part)

    def _on_healed(self, sentence: str) -> None:
        """Close the card, which is no longer needed, unless it offers to send the failed question again."""
        if not self._answer_id:
            self.close()
            self._show_toast(sentence)

    def _choose_model(self) -> None:
        """Open the model list, or the guide for downloading a model if an Ollama server has none yet."""
        if self._sheet:
            self.close()
        states = self._servers.models.states()
        state = next((state for state in states if state.server.id == self._server_id), None)
        if state and state.server.manages_models and state.status and not state.models:
            self._navigation.show_models(ModelsTab.GET_MORE)
        else:
            self._picker.open_popup()

    def _close_and_write(self) -> None:
        self.close()
        self._page.composer.focus()

    def _ask_again(self) -> None:
        answer_id = self._answer_id
        self._close_and_write()
        self._chat.regenerate(answer_id)

    def _use_built_in(self) -> None:
        answer_id = self._answer_id
        if self._models.choose_built_in():
            self._close_and_write()
            if answer_id:
                self._chat.regenerate(answer_id)

    def _close_answer_card(self, _conversation_id: str) -> None:
        """Close the card when another chat is shown, unless it is above the composer and something is running."""
        if self._answer_id or (self._visit and not self._sheet and self._visit.is_at_rest):
            self.close()

    def _close_if_healthy(self) -> None:
        """Close the card above the composer if no problem was found; the line below the composer shows the connection state."""
        if self._visit and not self._answer_id and not self._sheet and self._visit.found_no_problem:
            self.close()
