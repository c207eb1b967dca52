"""The built-in engine's card, connected with the services: switched on and off, and tested."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.ui.cards.built_in_details import BuiltInDetails
from chatdesk.features.servers.ui.cards.card_words import models_facts, server_face
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.features.servers.ui.cards.server_tester import ServerTester
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


class BuiltInPresenter(QObject):
    """What can be set has a section of its own, and it cannot be removed."""

    engine_requested = Signal()

    is_new = False

    def __init__(
        self, appearance: Appearance, server: ServerConfig, program: Program, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._program = program
        self.server = server
        self._details = BuiltInDetails(appearance)
        vendor = program.servers.vendor_of(server)
        tester = ServerTester(program.connections, tasks, self._details.result, vendor)
        self.card = ServerCard(appearance, self._details, parent)
        self.card.switched.connect(
            lambda on: tasks.start(program.servers.save(replace(self.server, enabled=on)), "switch the built-in engine")
        )
        self._details.test_requested.connect(lambda: tester.start(self.server))
        self._details.engine_requested.connect(self.engine_requested)
        self._details.test_cancelled.connect(tester.cancel)

    def show(self, server: ServerConfig, state: ServerState | None) -> None:
        """Show what is known of it now, in the language of now."""
        self.server = server
        face = server_face(server, self._program.servers.vendor_of(server), state)
        self.card.set_face(face, enabled=server.enabled)
        self._details.set_models(models_facts(state.models) if state else "")
