"""Suggested next steps, shown as buttons below an error and in an empty chat; and starting a chat from the model guide."""

import asyncio
import logging
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.app.program import Program
from chatdesk.app.shell.page_router import PageRouter
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.doctor_presenter import DoctorPresenter
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.speed.speed_presenter import SpeedPresenter
from chatdesk.kernel.errors.base import ChatdeskError, KeyExposed, KeyMissing, KeyRejected
from chatdesk.kernel.errors.keyring_errors import KeyInvalid, KeyringFailed, KeyringLocked, KeyringUnavailable
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import IMPORT_OFFERED
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.feature import Command, ModelsTab, Wording
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.models.ui.start.start_card import StartCard
    from chatdesk.features.models.ui.start.start_presenter import StartPresenter

_START_OLLAMA = "start_ollama"
_log = logging.getLogger(__name__)
_KEY_ERRORS = frozenset(
    kind.__name__ for kind in (KeyMissing, KeyRejected, KeyInvalid, KeyringUnavailable, KeyringLocked, KeyringFailed)
)


class NextSteps(QObject):
    """Runs the next steps. `new_chat` starts a chat, `import_chats` shows what can be imported, and `show_toast` shows a toast.

    Call `show_text` after a change of language.
    """

    def __init__(
        self,
        page: ChatPage,
        chat: ChatPresenter,
        models: ModelPresenter,
        program: Program,
        picker: ModelPicker,
        router: PageRouter,
        tasks: Tasks,
        new_chat: Callable[[], object],
        import_chats: Callable[[], object],
        show_toast: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._models = models
        self._program = program
        self._tasks = tasks
        self._known = program.servers.models
        self._is_starting = False
        self._has_begun = False
        self._is_making_offer = False
        self._card: StartCard | None = None
        self._offer: StartPresenter | None = None
        self._picker = picker
        self._router = router
        self._new_chat = new_chat
        self._import_chats = import_chats
        self.doctor = DoctorPresenter(
            page, program.chat, program.servers, models, chat, picker, router, tasks, show_toast, self
        )
        """Diagnoses servers that cannot be used."""
        self.speed = SpeedPresenter(page.appearance, program.models, tasks, page, picker.open_popup)
        """Measures the chosen model."""
        self.doctor.opened.connect(router.show_chats)
        chat.diagnosis_requested.connect(self.doctor.open_for_answer)
        picker.fix_requested.connect(self.fix)
        page.start_page.step_requested.connect(self.perform)
        chat.step_requested.connect(self.perform)
        chat.server_settings_requested.connect(self.show_server_of)
        models.groups_changed.connect(self.show_text)
        models.chosen_changed.connect(self.show_text)
        self.show_text()

    def perform(self, step: str) -> None:
        """Run a step."""
        match step:
            case NextStep.CHOOSE_MODEL:
                self._picker.open_popup()
            case NextStep.DIAGNOSE:
                self.doctor.open()
            case _ if step == _START_OLLAMA:
                if (server := self._models.stopped_ollama) and not self._is_starting:
                    self._tasks.start(self._start_ollama(server), "start Ollama")
            case NextStep.NEW_CHAT:
                self._new_chat()
            case NextStep.ENGINE_SETTINGS:
                self._router.show_models(ModelsTab.HERE, "engine")
            case NextStep.MODEL_SOURCES:
                self._router.show_settings("model-sources")
            case _:
                self._router.show_server("", "")

    def fix(self, server_id: str) -> None:
        """Help with a server that cannot be used: lead to its key if that is the problem, otherwise diagnose it."""
        error = next((state.error for state in self._known.states() if state.server.id == server_id), None)
        if isinstance(error, KeyMissing | KeyRejected | KeyExposed):
            self._router.show_server(server_id, "key")
        else:
            self.doctor.open_for_server(server_id)

    def show_server_of(self, answer_id: str) -> None:
        """Show the settings of the server that failed to give an answer, at its key if that was the cause."""
        self._tasks.start(self._show_server_of(answer_id), "show a server")

    async def _show_server_of(self, answer_id: str) -> None:
        answer = await self._program.chat.chat.find(answer_id)
        server = self._program.servers.servers.find(answer.model.server_id) if answer and answer.model else None
        if server is None:
            self._router.show_server("", "")
        elif server.is_built_in:
            self._router.show_models(ModelsTab.HERE, "engine")
        else:
            kind = answer.failure.kind if answer and answer.failure else ""
            self._router.show_server(server.id, "key" if kind in _KEY_ERRORS else "address")

    def measure_chosen(self) -> None:
        """Offer to measure the speed of the chosen model."""
        chosen = self._models.chosen
        self.speed.open(chosen.ref if chosen else None)

    def commands(self) -> tuple[Command, ...]:
        """Return the commands for the chosen model and its server, with titles in the current language."""
        return (
            Command(
                "doctor",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Troubleshoot the server connection")),
                self.doctor.open,
                "unplug",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "diagnose, not connected, error, help, test connection")
                ),
            ),
            Command(
                "speed",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Measure model speed")),
                self.measure_chosen,
                "chart-line",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "benchmark, tokens per second, how fast, performance")
                ),
            ),
        )

    def show_text(self) -> None:
        """Show the steps in an empty chat."""
        start = ((_START_OLLAMA, self._start_text(), "play"),) if self._models.stopped_ollama else ()
        failed = (("diagnose", self.tr("Troubleshoot"), "unplug"),) if self._models.server_failed else ()
        self._page.start_page.set_steps((*start, *failed))
        self._show_offer()

    def begin(self) -> None:
        """Offer a first model from now on, if there is none: the window has been painted."""
        self._has_begun = True
        self._show_offer()
        if not self._program.settings.get(IMPORT_OFFERED):
            self._tasks.start(self._offer_import(), "offer to import chats")

    @property
    def shows_offer(self) -> bool:
        """Whether the user sees the offer of a first model, with the progress and the end of its download."""
        return self._card is not None and self._card.isVisible()

    def end(self) -> None:
        """Close the doctor, and stop following the downloads."""
        self.doctor.close()
        if self._offer:
            self._offer.end()

    def _show_offer(self) -> None:
        """Show the offer of a first model until one answers."""
        wanted = self._has_begun and self._known.was_asked and not self._has_model
        if self._card and self._offer:
            self._card.setVisible(wanted and self._offer.is_ready)
        elif wanted and not self._is_making_offer:
            self._is_making_offer = True
            self._tasks.start(self._make_offer(), "offer a first model")

    async def _make_offer(self) -> None:
        library = self._program.models.library
        await library.prepare()
        for name in ("catalogue.get_action", "start.start_card", "start.start_presenter"):
            await asyncio.to_thread(import_module, f"chatdesk.features.models.ui.{name}")
        from chatdesk.features.models.ui.start.start_card import StartCard  # noqa: PLC0415 - start-up time: without a model
        from chatdesk.features.models.ui.start.start_presenter import StartPresenter  # noqa: PLC0415 - likewise

        card = self._card = StartCard(self._page.appearance, self._page.start_page)
        card.hide()
        offer = self._offer = StartPresenter(self._page.appearance, card, self._program.models, self._ollama_step)
        offer.choice_made.connect(self._apply_choice)
        offer.chat_requested.connect(self.use_model)
        offer.changed.connect(self._show_offer)
        self._page.start_page.place_offer(card)
        await library.catalogue.refresh()

    async def _offer_import(self) -> None:
        """Offer to import the chats of programs whose data are here. Only the presence of their folders is checked."""
        finding = await asyncio.to_thread(import_module, "chatdesk.features.conversations.services.files.program_data")
        found = await asyncio.to_thread(finding.find_readable_programs)
        if not found:
            return
        await asyncio.to_thread(import_module, "chatdesk.features.conversations.ui.importing.import_offer")
        from chatdesk.features.conversations.ui.importing.import_offer import ImportOffer  # noqa: PLC0415 - start-up time

        settings = self._program.settings
        offer = ImportOffer(self._page.appearance, found, settings, self._page.start_page)
        offer.accepted.connect(self._import_chats)
        self._page.start_page.place_offer(offer)

    def _ollama_step(self) -> str:
        if self._models.stopped_ollama:
            return "start"
        return "more" if any(state.status and state.server.manages_models for state in self._known.states()) else "get"

    def _apply_choice(self, choice: str) -> None:
        match choice:
            case "ollama" if self._ollama_step() == "start":
                self.perform(_START_OLLAMA)
            case "ollama" if self._ollama_step() == "get":
                from chatdesk.features.servers.domain.advice import DOWNLOAD_PAGE  # noqa: PLC0415 - start-up time

                self._router.open_link(DOWNLOAD_PAGE)
            case "key":
                self._router.show_server("", "")
            case "file":
                self._picker.add_file_requested.emit()
            case "sources":
                self._router.show_settings("model-sources")
            case "folder":
                self._router.show_models(ModelsTab.HERE)
            case _:
                self._router.show_models(ModelsTab.GET_MORE)

    @property
    def _has_model(self) -> bool:
        """Whether a model answers that did not come with the program: then there is nothing left to set up."""
        answering = (state for state in self._known.states() if state.status)
        return any(model.can_chat and model.name != STARTER_NAME for state in answering for model in state.models)

    def _start_text(self) -> str:
        return self.tr("Starting Ollama…") if self._is_starting else self.tr("Start Ollama")

    def start_over_page(self, server_id: str) -> None:
        """Start a server for the page that is shown; if that fails, open the doctor over it."""
        if (server := self._program.servers.servers.find(server_id)) and not self._is_starting:
            self._tasks.start(self._start_ollama(server, over_page=True), "start Ollama")

    async def _start_ollama(self, server: ServerConfig, *, over_page: bool = False) -> None:
        """Start Ollama; if that fails, open the doctor, which also finds other causes."""
        from chatdesk.features.servers.services.doctor.doctor import (  # noqa: PLC0415 - start-up time: loaded for a click
            StartFailed,
            failed_start,
        )

        failure = failed_start(None)
        self._is_starting = True
        self.show_text()
        try:
            await self._program.servers.doctor.get().start(server)
            await self._known.refresh_server(server)
        except (StartFailed, OSError) as error:  # `TimeoutError` is an `OSError`
            failure = failed_start(error)
            _log.info("Ollama could not be started: %s", error)
        except ChatdeskError as error:
            _log.info("Ollama was started, and cannot be asked: %s", error)
        finally:
            self._is_starting = False
            self.show_text()
        if not self._models.stopped_ollama:
            return
        if over_page:
            self.doctor.open_over_page(server.id)
        else:
            self.doctor.open_after_start(server.id, failure)

    def use_model(self, model: ModelRef) -> None:
        """Return to the chat, whose next question a model is to answer; what was typed stays."""
        self._router.show_chats()
        self._models.choose(model)
        self._page.composer.focus()

    def chat_with(self, model: ModelRef) -> None:
        """Show a new chat with a model."""
        self._new_chat()
        self._models.choose(model)
