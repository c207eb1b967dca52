"""Connection doctor inside a server form, below the result of a test."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.ui.doctor.doctor_card import DoctorCard
from chatdesk.features.servers.ui.doctor.doctor_visit import DoctorVisit
from chatdesk.features.servers.ui.form.server_form import ServerForm
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.tasks import Tasks


class ServerDoctor(QObject):
    """Examines saved servers. The form is notified of repairs like of any change of a server."""

    edit_requested = Signal(str)
    """The part of the settings to edit: `key` or `address`."""
    models_requested = Signal()

    def __init__(
        self,
        form: ServerForm,
        services: ServerServices,
        tasks: Tasks,
        open_link: Callable[[str, str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._services = services
        self._tasks = tasks
        self._open_link = open_link
        self._card: DoctorCard | None = None
        self._visit: DoctorVisit | None = None

    def examine(self, server: ServerConfig) -> None:
        """Find out why the server cannot be used."""
        if self._card is None or self._visit is None:
            self._card = card = DoctorCard(self._form.appearance)
            self._visit = visit = DoctorVisit(card, self._services, self._tasks, self)
            visit.settings_requested.connect(lambda _server, part: self.edit_requested.emit(part))
            visit.model_requested.connect(self.models_requested)
            visit.healed.connect(lambda _sentence: self._end())  # the state in the header tells it
            visit.link_requested.connect(lambda target: self._open_link(target, ""))
            card.closed.connect(self._end)
            self._form.insert_doctor_card(card)
        self._form.result.clear()
        self._visit.begin(server, "")
        self._card.focus()

    def _end(self) -> None:
        if self._visit:
            self._visit.end()
            self._visit.deleteLater()
            self._visit = None
        if self._card:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
