"""One session of the doctor: examines a server, applies the remedies chosen on the card, and examines it again."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.servers.domain.diagnosis import Check, Diagnosis, Progress
from chatdesk.features.servers.domain.finding import Cause, Finding, Remedy, RemedyKind, Severity, bad
from chatdesk.features.servers.services.doctor.doctor import ServerRemoved, StartFailed, failed_start
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.services.servers import ServersChanged
from chatdesk.features.servers.ui.doctor.doctor_card import DoctorCard
from chatdesk.features.servers.ui.doctor.doctor_texts import heading_text
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullChanged, PullState
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.download_texts import progress_text


class DoctorVisit(QObject):
    """Doctor session for one card. Call `begin`, and `end` to cancel its requests.

    Signals request what other parts of the program do.
    """

    settings_requested = Signal(str, str)
    """The ID of a server, and the part of its settings to edit: `key` or `address`."""
    model_requested = Signal()
    link_requested = Signal(str)
    healed = Signal(str)
    """A problem was found before, and now there is none: what the last examination found, as a sentence."""

    def __init__(self, card: DoctorCard, services: ServerServices, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._services = services
        self._doctor = services.doctor.get()
        self._tasks = tasks
        self._diagnosis: Diagnosis | None = None
        self._server: ServerConfig | None = None
        self._model_id = ""
        self._pulling: ModelRef | None = None
        self._is_ended = False
        self._had_problem = False
        self._running: list[asyncio.Task[object]] = []
        """The running examination or remedy: at most one."""
        end_listening = (
            services.models.changes.subscribe(self._on_models),
            services.servers.changes.subscribe(self._on_servers),
            self._doctor.downloads.changes.subscribe(self._on_pull),
        )
        self._end = partial(_end, end_listening, self._running)
        self.destroyed.connect(self._end)  # for example with the form that contains it
        card.remedy_chosen.connect(self._run_remedy)
        card.stopped.connect(self._stop_checks)
        card.again_requested.connect(self._examine_again)
        card.report_requested.connect(self._copy_report)

    @property
    def server(self) -> ServerConfig | None:
        """The server being examined; None before `begin`."""
        return self._server

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is running."""
        return all(task.done() for task in self._running)

    @property
    def found_no_problem(self) -> bool:
        """Whether the last examination is complete and found no problem."""
        return self._diagnosis is not None and self._diagnosis.is_well and self.is_at_rest

    def begin(self, server: ServerConfig, model_id: str, failed_start: Finding | None = None) -> None:
        """Examine a server for use with a model (empty for none), or after a failed attempt to start it."""
        self._model_id = model_id
        self._pulling = None
        self._show(Diagnosis(server, model_id))
        work = self._examine_after_start(server, failed_start) if failed_start else self._examine(server)
        self._run(work, "examine a server")

    def end(self) -> None:
        """Cancel all requests, and stop updating the card, which may be gone before the last request has stopped."""
        self._is_ended = True
        self._end()

    def _run(self, work: Coroutine[Any, Any, object], name: str) -> None:
        self._cancel()
        self._running.append(self._tasks.start(work, name))

    def _cancel(self) -> None:
        while self._running:
            self._running.pop().cancel()

    async def _examine(self, server: ServerConfig) -> None:
        self._server = server
        found = await self._doctor.examine(server, self._model_id, self._show)
        if not found.is_well:
            self._had_problem = True
        elif self._had_problem and all(finding.severity is Severity.GOOD for finding in found.findings):
            self._had_problem = False
            self.healed.emit(f"{heading_text(found)}.")

    def _show(self, diagnosis: Diagnosis) -> None:
        self._diagnosis = diagnosis
        if not self._is_ended:
            self._card.show_diagnosis(diagnosis)

    def _stop_checks(self) -> None:
        """Stop, and show what is known so far."""
        self._cancel()
        if self._diagnosis:
            self._show(self._diagnosis.finished())

    def _examine_again(self) -> None:
        if self._server:
            server = self._services.servers.find(self._server.id) or self._server
            self._run(self._examine(server), "examine a server again")

    def _run_remedy(self, remedy: Remedy) -> None:
        server = self._server
        if server is None:
            return
        match remedy.kind:
            case RemedyKind.USE_ADDRESS | RemedyKind.NO_PROXY:
                self._run(self._apply_remedy(server, remedy), "mend a server")
            case RemedyKind.ADD_SERVER:
                self._run(self._add(server, remedy), "add a server")
            case RemedyKind.START:
                self._run(self._start(server), "start Ollama")
            case RemedyKind.CHOOSE_AUTHORITIES:
                self._choose_ca_file(server)
            case RemedyKind.EDIT_KEY:
                self.settings_requested.emit(server.id, "key")
            case RemedyKind.EDIT_ADDRESS | RemedyKind.EDIT_SERVER:
                self.settings_requested.emit(server.id, "address")
            case RemedyKind.PULL_MODEL:
                self._pulling = ModelRef(server.id, remedy.value)
                self._doctor.downloads.start(self._pulling)
            case RemedyKind.CHOOSE_MODEL:
                self.model_requested.emit()
            case RemedyKind.OPEN_PAGE:
                self.link_requested.emit(remedy.value)
            case RemedyKind.RUN_COMMAND:
                pass  # the command is only displayed

    async def _apply_remedy(self, server: ServerConfig, remedy: Remedy) -> None:
        if changed := await self._save(server, remedy):
            await self._examine(changed)

    async def _save(self, server: ServerConfig, remedy: Remedy) -> ServerConfig | None:
        """Apply a remedy and return the server; None if it could not be saved, which is shown on the card."""
        self._card.show_busy(self.tr("Saving the change…"))
        try:
            return await self._doctor.apply_remedy(server, remedy)
        except ServerRemoved:
            self._show_failure(bad(Cause.SERVER_REMOVED))
        except ChatdeskError as error:
            self._show_failure(Finding(Cause.OTHER_ERROR, Severity.BAD, error=error))
        return None

    async def _add(self, server: ServerConfig, remedy: Remedy) -> None:
        """Save another server, examine it, and let the user choose one of its models."""
        added = await self._save(server, remedy)
        if added is None:
            return
        self._model_id = ""
        self._server = added
        found = await self._doctor.examine(added, "", self._show)
        if found.is_well:
            self.model_requested.emit()

    async def _start(self, server: ServerConfig) -> None:
        self._card.show_busy(self.tr("Starting Ollama… This can take half a minute."))
        try:
            await self._doctor.start(server)
        except (StartFailed, OSError) as error:
            self._show_failure(failed_start(error))
        except ChatdeskError as error:
            self._show_failure(Finding(Cause.OTHER_ERROR, Severity.BAD, error=error))
        else:
            await self._examine(server)
            self._show_start_failure(failed_start(None))

    async def _examine_after_start(self, server: ServerConfig, failure: Finding) -> None:
        await self._examine(server)
        self._show_start_failure(failure)

    def _show_start_failure(self, failure: Finding) -> None:
        """Show that starting failed instead of that the server is not running; other causes are more informative."""
        cause = self._diagnosis.cause if self._diagnosis else None
        if cause and cause.cause is Cause.NOT_RUNNING:
            self._show_failure(failure)

    def _show_failure(self, finding: Finding) -> None:
        """Show that a remedy failed, in place of the problem."""
        if self._diagnosis:
            check = Check.LISTENING if finding.cause is Cause.START_FAILED else Check.ANSWERING
            self._show(self._diagnosis.with_line(check, Progress.DONE, finding).finished())

    def _choose_ca_file(self, server: ServerConfig) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide makes a class when it is asked for

        dialog = QFileDialog(self._card.window(), self.tr("Choose a CA file"), str(Path.home()))
        dialog.setObjectName("doctorAuthorities")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        certificates, all_files = self.tr("Certificates"), self.tr("All files")
        dialog.setNameFilters([f"{certificates} (*.pem *.crt *.cer)", f"{all_files} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(
            lambda path: self._run(
                self._apply_remedy(server, Remedy(RemedyKind.CHOOSE_AUTHORITIES, path)), "save a file of authorities"
            )
        )
        dialog.open()

    def _copy_report(self) -> None:
        if self._diagnosis:
            QGuiApplication.clipboard().setText(self._doctor.report(self._diagnosis))

    @property
    def _may_examine_again(self) -> bool:
        """Whether there is a problem, and nothing is running."""
        return self.is_at_rest and self._diagnosis is not None and not self._diagnosis.is_well

    def _on_models(self, change: ModelsChanged) -> None:
        """Examine again when the server was started elsewhere, for example in a terminal."""
        if not self._server or change.server_id != self._server.id or not self._may_examine_again:
            return
        states = (state for state in self._services.models.states() if state.server.id == change.server_id)
        cause = self._diagnosis.cause if self._diagnosis else None
        missing = cause is not None and cause.cause in {Cause.MODEL_MISSING, Cause.NO_MODELS}
        if any(state.status for state in states) and not missing:
            self._examine_again()

    def _on_servers(self, change: ServersChanged) -> None:
        """Examine again when the server's key or address was changed elsewhere."""
        is_about = self._server is not None and change.server_id == self._server.id
        if is_about and self._may_examine_again and self._services.servers.find(change.server_id):
            self._examine_again()

    def _on_pull(self, change: PullChanged) -> None:
        if change.ref != self._pulling:
            return
        pull = self._doctor.downloads.find(change.ref)
        if pull is None:
            self._card.show_progress("")
        elif pull.state is PullState.DONE:
            self._pulling = None
            self._examine_again()
        elif pull.error and pull.state is PullState.FAILED:
            self._card.show_progress(describe_error(pull.error).sentence)
        else:
            self._card.show_progress(progress_text(pull))


def _end(endings: Iterable[Callable[[], None]], running: list[asyncio.Task[object]], *_: object) -> None:
    """Cancel what a session has started. It does not use the session itself, which may be gone."""
    for end in endings:
        end()
    for task in running:
        task.cancel()
