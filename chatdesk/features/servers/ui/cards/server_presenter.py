"""Presenter of one server's card and form: saving, testing, enabling, and managing its key."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.ui.cards.card_texts import server_summary
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.features.servers.ui.cards.server_tester import ServerTester
from chatdesk.features.servers.ui.form.server_form import ServerForm
from chatdesk.kernel.errors.base import (
    AddressInvalid,
    CaFileInvalid,
    ChatdeskError,
    KeyExposed,
    KeyMissing,
    KeyRejected,
    ProxyUnusable,
)
from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.kernel.settings.declarations import LAST_MODEL, LAST_SERVER, SERVER_ADVANCED
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.servers.ui.cards.server_doctor import ServerDoctor
    from chatdesk.features.servers.ui.form.server_draft import ServerDraft


class ServerPresenter(QObject):
    """Connects a server's card and form with the services. A new server is not in the list until it is saved.

    `open_link` takes a URL and the link's text. `requires_key`: the server rejected a request without a key when it was found.
    """

    saved = Signal(str)
    cancelled = Signal(str)
    remove_requested = Signal(str)
    models_requested = Signal()
    """Models are requested for a server without any."""
    use_requested = Signal(ModelRef)
    """A model of the saved server is to be used in the chat."""
    another_requested = Signal(Vendor)
    recognised = Signal(object, str)
    """What a key made visible at the address of a new server, as `Recognised`, and the typed key."""

    def __init__(
        self,
        appearance: Appearance,
        server: ServerConfig,
        services: ServerServices,
        tasks: Tasks,
        open_link: Callable[[str, str], object],
        parent: QWidget,
        *,
        is_new: bool = False,
        requires_key: bool = False,
    ) -> None:
        super().__init__(parent)
        self.server = server
        """The saved configuration; for a new server, the initial one."""
        self._is_new = is_new
        self._state: ServerState | None = None
        self._saving = asyncio.Lock()
        self._services = services
        self._doctor: ServerDoctor | None = None
        self._tested: ServerDraft | None = None
        """The input of the last test."""
        self._servers = services.servers
        self._settings = services.settings
        self._tasks = tasks
        self._open_link = open_link
        self._vendor = services.servers.vendor_of(server)
        self._form = ServerForm(appearance, server, self._vendor, is_new=is_new)
        self._form.set_requires_key(refuses=requires_key)
        self._tester = ServerTester(
            services.connections,
            tasks,
            self._form.result,
            self._vendor,
            services.doctor,
            self._use_address,
            self._on_passed,
            self._on_failed,
        )
        self.card = ServerCard(appearance, self._form, self._form.advanced, parent)
        self._connect()
        self._check_address()

    @property
    def is_new(self) -> bool:
        """Whether the server was never saved."""
        return self._is_new

    def show(self, server: ServerConfig, state: ServerState | None) -> None:
        """Show the current state in the current language. Input stays."""
        is_other = server != self.server
        self.server = server
        self._state = state
        refuses = state is not None and isinstance(state.error, KeyMissing | KeyRejected)
        if refuses or (state and state.status):  # unreachable servers prove neither
            self._form.set_requires_key(refuses=refuses)
        if is_other and not self._is_new:
            self._form.follow(server)
            self._check_address()
        if state and (state.status or state.error):
            rejected = isinstance(state.error, KeyRejected)
            settings = self._settings
            last = settings.get(LAST_MODEL) if settings.get(LAST_SERVER) == server.id else ""
            self._form.show_connection(state.models, last, works=state.status is not None, rejected=rejected)
        self.card.set_content(
            server_summary(server, self._vendor, state), enabled=server.enabled, is_saved=not self._is_new
        )

    def open(self) -> None:
        """Prepare the card to be shown. The keyring is asked only now, as it may need to be unlocked."""
        self._form.advanced.set_open(is_open=self._settings.get(SERVER_ADVANCED))
        self._form.fold()
        self._tasks.start(self._show_secret_locations(), "look for a key")

    def end(self) -> None:
        """Cancel the test that is running, because the card is removed. What is being saved is saved completely."""
        self._tester.cancel()

    def focus(self) -> None:
        """Focus what the user has to do next."""
        self._form.focus()

    def enter_key(self, text: str) -> None:
        """Enter a key that was typed elsewhere, and test it."""
        self._form.set_key_text(text)
        self._test()

    def edit(self, part: str) -> None:
        """Focus the `key` or the `address`."""
        if part == "key":
            self._tasks.start(self._go_to_key(), "go to a key")
        else:
            self._form.focus_address()

    def _connect(self) -> None:
        form, card = self._form, self.card
        card.switched.connect(self._switch)
        card.remedy_requested.connect(self._open_remedy)
        card.remove_requested.connect(lambda: self.remove_requested.emit(self.server.id))
        form.edited.connect(self._check_address)
        form.edited.connect(self._tester.stop_search)
        form.advanced.folded.connect(lambda is_open: self._settings.set(SERVER_ADVANCED, is_open))
        form.save_requested.connect(lambda: self._tasks.start(self._save(), "save a server"))
        form.test_requested.connect(self._test)
        form.test_cancelled.connect(self._tester.cancel)
        form.result.why_requested.connect(self._diagnose)
        form.cancelled.connect(self._on_cancelled)
        form.another_requested.connect(lambda: self.another_requested.emit(self._vendor))
        form.use_requested.connect(lambda ref: self._tasks.start(self._use(ref), "use a server"))
        form.key_removed.connect(lambda: self._tasks.start(self._forget_key(), "forget a key"))
        form.key_page_requested.connect(lambda: self._open_link(self._vendor.key_page, ""))

    def _open_remedy(self) -> None:
        """Show the part of the form where the error in the header can be fixed."""
        self._tasks.start(self._go_to_key(), "mend what is wrong with a key")

    async def _go_to_key(self) -> None:
        async with self._saving:  # the error is known before the file is written, and saving updates the form again
            is_exposed = self._state is not None and isinstance(self._state.error, KeyExposed)
        if is_exposed:
            await self._show_secret_locations()
        if not self._has_card:
            return
        if is_exposed:
            if self.card.isVisible():
                self._form.focus_exposure()
        else:
            self._form.replace_key()

    def _check_address(self) -> None:
        try:
            server = self._servers.normalised(self._form.draft().applied_to(self.server))
        except (AddressInvalid, ProxyUnusable):
            self._form.set_destination("", moved=False)
        else:
            exposed = server.origin if server.is_unencrypted else ""
            self._form.set_destination(
                exposed,
                moved=server.origin != self.server.origin,
                has_credential=server.has_credential_header,
            )

    def _switch(self, on: bool) -> None:
        self._tasks.start(self._servers.save(replace(self.server, enabled=on)), "switch a server")

    def _on_cancelled(self) -> None:
        self._tester.cancel()
        if self._is_new:
            self.cancelled.emit(self.server.id)
        else:
            self._form.show_saved(self.server)
            self.card.focus()

    def _test(self) -> None:
        if server := self._validated():
            is_saved = server == self._servers.find(server.id) and not self._form.draft().key
            self._form.result.set_diagnosis_available(offers=is_saved)
            self._tested = self._form.draft()
            self._tester.start(server, self._form.draft().key)

    def _use_address(self, address: str) -> None:
        """Put an address that was seen to work into the form, and test it; the user saves it with the rest."""
        self._form.set_address(address)
        self._test()

    def _diagnose(self) -> None:
        if self._doctor is None:
            from chatdesk.features.servers.ui.cards.server_doctor import (  # noqa: PLC0415 - made when it is called
                ServerDoctor,
            )

            self._doctor = doctor = ServerDoctor(self._form, self._services, self._tasks, self._open_link, self)
            doctor.edit_requested.connect(self.edit)
            doctor.models_requested.connect(self.models_requested)
        self._doctor.examine(self.server)

    def _on_passed(self, models: tuple[Model, ...]) -> None:
        if self._form.draft() != self._tested:
            return  # edited during the test
        self._form.show_tested(models)
        key = self._form.key_text
        if self._is_new and key and not self._vendor.is_known:
            self._tasks.start(self._look_behind(key), "identify a server behind its key")

    def _on_failed(self, error: ChatdeskError) -> None:
        if isinstance(error, KeyRejected | KeyMissing) and self._form.draft() == self._tested:
            self._form.set_requires_key(refuses=True)
            self._form.show_rejected()

    async def _look_behind(self, key: str) -> None:
        """Find out what accepted the key: without it, a proxy refuses every request, and hides what is behind it."""
        server = self._validated()
        if server is None:
            return
        try:
            found = await self._services.connections.recognise_with_key(server, key)
        except ChatdeskError:
            return  # it works as what it is
        if self._has_card and self._is_new and key == self._form.key_text and found.vendor_id != self._vendor.id:
            self.recognised.emit(found, key)

    async def _use(self, model: ModelRef) -> None:
        """Save what was entered, and use a model unless that failed."""
        async with self._saving:
            if self._has_card and self._form.is_changed and not await self._save_draft():
                return
        if self._has_card:
            self.use_requested.emit(model)

    async def _save(self) -> None:
        async with self._saving:
            if self._has_card:
                await self._save_draft(focuses_card=True)

    async def _save_draft(self, *, focuses_card: bool = False) -> bool:
        """Save what was entered; return whether that succeeded, and the card is still there.

        The form shows a problem. What is being saved is saved completely even if the card goes away, unless the server was removed.
        """
        server, key = self._validated(), self._form.draft().key
        if server is None:
            return False
        try:
            with self._form.busy():
                await self._servers.check_ca_file(server)
        except CaFileInvalid as error:
            if self._has_card:
                self._form.advanced.show_ca_file_problem(describe_error(error).consequence)
            return False
        if self._was_removed():
            return False
        try:
            if key:
                self._servers.check_key(server, key)
        except KeyInvalid as error:
            if self._has_card:
                self._form.show_key_problem(_error_text(error))
            return False
        try:
            self._servers.check_secrets(server)  # before the key is stored, so that everything is saved or nothing
        except KeyInvalid as error:
            if self._has_card:
                self._form.advanced.show_headers_problem(_error_text(error))
            return False
        with self._form.busy():
            if key:
                await self._servers.set_key(server, key)
            if not self._was_removed() and server != self._servers.find(server.id):
                await self._servers.save(server)
        server = self._servers.find(server.id) or server  # without the typed secrets
        self._is_new = False
        self.server = server
        if not self._has_card:
            return False
        self._form.show_saved(server)
        if focuses_card and self.card.isVisible():  # before anything is awaited, because the user may continue at once
            self.card.focus()
        self.saved.emit(server.id)
        await self._show_secret_locations()
        return True

    async def _forget_key(self) -> None:
        await self._servers.forget_key(self.server)
        await self._show_secret_locations()

    async def _show_secret_locations(self) -> None:
        servers = self._servers
        found = await servers.secrets.has_keyring()
        if self._has_card:
            self._form.set_keyring_found(found=found)
        if self._is_new:
            return
        key = await servers.key_location(self.server)
        headers = await servers.header_location(self.server)
        proxy_password = await servers.proxy_password_location(self.server)
        if self._has_card:
            self._form.set_key_location(key)
            self._form.advanced.headers.set_stale_secrets(left=bool(self.server.stale_secrets))
            self._form.advanced.headers.set_location(headers)
            self._form.advanced.proxy.set_password_location(proxy_password)

    @property
    def _has_card(self) -> bool:
        """Whether the card is still there. It may be removed or replaced while something is awaited."""
        return shiboken6.isValid(self) and shiboken6.isValid(self._form)

    def _was_removed(self) -> bool:
        """Whether the saved server was removed while something was awaited."""
        return not self._is_new and self._servers.find(self.server.id) is None

    def _validated(self) -> ServerConfig | None:
        """Return the server with the form's input; None if it is invalid, which the form then shows."""
        draft = self._form.draft()
        self._form.clear_problems()
        if not self._form.check():
            return None
        try:
            return self._servers.normalised(draft.applied_to(self.server))
        except ProxyUnusable as error:
            self._form.advanced.show_proxy_problem(describe_error(error).consequence)
            return None
        except AddressInvalid as error:
            self._form.show_address_problem(_error_text(error))
            return None


def _error_text(error: AddressInvalid | KeyInvalid) -> str:
    text = describe_error(error)
    return f"{text.sentence}\n{text.consequence}".strip()
