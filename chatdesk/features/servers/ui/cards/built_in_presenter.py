"""Presenter of the built-in engine's card: enabling and testing it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.ui.cards.card_texts import models_facts, server_summary
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.features.servers.ui.cards.server_tester import ServerTester
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

# Details of the built-in engine in the list of servers, with a link to its own section.


class BuiltInDetails(Translated, QWidget):
    """Its models, when it runs, and a button for testing it."""

    engine_requested = Signal()
    test_requested = Signal()
    test_cancelled = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = Label(appearance, "ui", "text", wrap=True)
        self._about = Label(appearance, "ui", "textSecondary", wrap=True)
        test = Button(appearance, "")
        test.setObjectName("testServer")
        self._more = Button(appearance, "", icon="cpu")
        self._more.setObjectName("engineSettings")
        self._more.clicked.connect(self.engine_requested)
        self.result = ResultStrip(appearance, test, self)
        """Result of a test."""
        self.result.test_requested.connect(self.test_requested)
        self.result.cancelled.connect(self.test_cancelled)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._model, self._about, self.result):
            self._layout.addWidget(part)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._more)
        self._buttons.addStretch(1)
        self._layout.addLayout(self._buttons)
        appearance.bind(self._restyle)
        self._retranslate()

    def set_models(self, facts: str) -> None:
        """Show the available models; an empty text hides them."""
        self._model.set_text(facts)
        self._model.setVisible(bool(facts))

    def _restyle(self) -> None:
        self._layout.setSpacing(self._appearance.theme.length("m"))
        self._buttons.setSpacing(self._appearance.theme.length("s"))

    def _retranslate(self) -> None:
        self._about.set_text(
            self.tr(
                "It starts when a chat needs it and stops when you quit Chatdesk. The included model is small and "
                "suited to trying things out with short answers in English. You can add any GGUF file. Nothing "
                "leaves this computer."
            )
        )
        self._more.setText(self.tr("Models and settings"))


class BuiltInPresenter(QObject):
    """Presenter of the card. The engine's settings have a section of their own, and it cannot be removed."""

    engine_requested = Signal()

    is_new = False

    def __init__(
        self, appearance: Appearance, server: ServerConfig, services: ServerServices, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.server = server
        self._details = BuiltInDetails(appearance)
        vendor = services.servers.vendor_of(server)
        self._tester = ServerTester(services.connections, tasks, self._details.result, vendor)
        self.card = ServerCard(appearance, self._details, parent=parent)
        self.card.switched.connect(
            lambda on: tasks.start(
                services.servers.save(replace(self.server, enabled=on)), "switch the built-in engine"
            )
        )
        self._details.test_requested.connect(lambda: self._tester.start(self.server))
        self._details.engine_requested.connect(self.engine_requested)
        self._details.test_cancelled.connect(self._tester.cancel)

    def open(self) -> None:
        """Do nothing: the card has no steps."""

    def end(self) -> None:
        """Cancel the test that is running, because the card is removed."""
        self._tester.cancel()

    def focus(self) -> None:
        """Focus the card."""
        self.card.focus()

    def show(self, server: ServerConfig, state: ServerState | None) -> None:
        """Show the current state in the current language."""
        self.server = server
        summary = server_summary(server, self._services.servers.vendor_of(server), state)
        self.card.set_content(summary, enabled=server.enabled, is_removable=False)
        self._details.set_models(models_facts(state.models) if state else "")
