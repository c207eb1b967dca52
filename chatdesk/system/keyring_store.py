"""Stores secrets of servers in the system's keyring: Windows Credential Manager, macOS Keychain, Secret Service or KWallet.

The package `keyring` would let an environment variable or a file choose the backend, even one that loses keys or writes them as plain text,
so its own choice is not used: only the classes listed here are. After a backend reports that it saved a key, the key is read back.
"""

import asyncio
import importlib
import json
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.keyring_errors import (
    KeyInvalid,
    KeyringError,
    KeyringFailed,
    KeyringLocked,
    KeyringUnavailable,
)
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.system.key_store import KEY, Secret, belongs_to, secret_of

Answer = TypeVar("Answer")

_TRUSTED = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
    "linux": (
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    ),
}
_MAX_SECRET_LENGTH = {"win32": 1280}
"""Characters. Windows stores 2,560 bytes, and `keyring` writes UTF-16."""
_TIMEOUT = 30.0
"""Seconds. The keyring may be asking the user to unlock it."""
_LOCKED = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
"""Names of exception types, which are from packages that only some systems have."""


class _Backend(Protocol):
    """The part of `keyring.backend.KeyringBackend` that is used. All methods can block and raise any exception."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringStore:
    """A `KeyStore` in the system's keyring, with one entry per secret.

    An entry contains the address of its secret. Every method that accesses the keyring raises `KeyringUnavailable` if there is no trusted
    keyring (use a `SessionKeyStore` then), `KeyringLocked`, or `KeyringFailed` if it returns no answer or a wrong one.
    """

    def __init__(
        self,
        redactor: Redactor,
        trusted: Sequence[str] = _TRUSTED.get(sys.platform, ()),
        max_secret_length: int | None = _MAX_SECRET_LENGTH.get(sys.platform),
        timeout: float = _TIMEOUT,
    ) -> None:
        """Use the best of the `trusted` backend classes, given by full name. `timeout`: seconds after which a call fails."""
        self._redactor = redactor
        self._trusted = tuple(trusted)
        self._max_secret_length = max_secret_length
        self._timeout = timeout
        self._chosen: _Backend | None = None
        self._lock = asyncio.Lock()

    async def check(self) -> None:
        """See `KeyStore`."""
        await self._call_backend(lambda _backend, _call: None)

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Raise `KeyInvalid` if `secret` is too long for this system. Does not access the keyring."""
        entry = _encode(secret, belongs_to(server, which))
        if self._max_secret_length is not None and len(entry) > self._max_secret_length:
            raise KeyInvalid(limit=self._max_secret_length - (len(entry) - len(secret.reveal())))

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        """Return the secret stored for `server` at this address. Raises `KeyringError`."""
        entry = await self._call_backend(
            lambda backend, _call: backend.get_password(_service_name(server, which), which)
        )
        secret = _decode(entry, belongs_to(server, which), which) if entry else None
        if secret:
            secret.mask_in(self._redactor)
        return secret

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Store `secret` and verify that it was stored.

        Raises `KeyringError`, or `KeyInvalid` if it is too long for this system.
        """
        secret.mask_in(self._redactor)
        self.check_length(server, secret, which)
        entry = _encode(secret, belongs_to(server, which))
        service = _service_name(server, which)

        def save_and_read_back(backend: _Backend, call: _Call) -> None:
            before = backend.get_password(service, which)
            call.check()  # the keyring may have been unlocked only now
            backend.set_password(service, which, entry)
            if not call.is_in_time():
                _restore(backend, service, which, before)
            elif backend.get_password(service, which) != entry:
                raise KeyringFailed(reason=f"{type(backend).__module__} did not keep the key")

        await self._call_backend(save_and_read_back)

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        """Delete this secret of `server`, for any address. Raises `KeyringError`."""
        service = _service_name(server, which)

        def delete_if_there(backend: _Backend, call: _Call) -> None:
            if backend.get_password(service, which) is not None:
                call.check()
                backend.delete_password(service, which)

        await self._call_backend(delete_if_there)

    async def _call_backend(self, operation: "Callable[[_Backend, _Call], Answer]") -> Answer:
        """Call the keyring; one call at a time, as the backends are not thread-safe.

        A call that timed out keeps the lock until the keyring has returned: its late effects are then complete, or undone, before the next
        call.
        """
        call = _Call()
        loop = asyncio.get_running_loop()

        def call_operation() -> Answer:
            try:
                if self._chosen is None:
                    self._chosen = _choose(self._trusted)
                return operation(self._chosen, call)
            finally:
                with suppress(RuntimeError):  # the loop is closed: there are no further calls
                    loop.call_soon_threadsafe(self._lock.release)

        try:
            async with asyncio.timeout(self._timeout):
                await self._lock.acquire()
            return await run_in_daemon_thread(call_operation, "keyring", self._timeout)
        except KeyringError:
            raise
        except TimeoutError as error:
            raise KeyringFailed(reason=f"no answer within {self._timeout:g} s") from error
        except Exception as error:  # the backends pass on the exceptions of seven libraries
            if _is_locked(error):
                raise KeyringLocked from error
            raise KeyringFailed(reason=self._redactor(f"{type(error).__name__}: {error}")) from error
        finally:
            call.is_abandoned.set()


class _Call:
    """State of one call to the keyring, for the thread that makes it: whether the caller still waits for the result."""

    def __init__(self) -> None:
        self.is_abandoned = threading.Event()

    def is_in_time(self) -> bool:
        return not self.is_abandoned.is_set()

    def check(self) -> None:
        """Raise `KeyringFailed` if the call timed out and was reported as failed, instead of continuing."""
        if self.is_abandoned.is_set():
            raise KeyringFailed(reason="too late")


def _restore(backend: _Backend, service: str, which: str, before: str | None) -> None:
    """Undo a change that was made after the call had been reported as failed."""
    if before is None:
        backend.delete_password(service, which)
    else:
        backend.set_password(service, which, before)


def _choose(names: Sequence[str]) -> _Backend:
    """Return the best of the listed backends that works on this system. Raises `KeyringUnavailable` with the reason of each one."""
    candidates = []
    refusals = []
    for name in names:
        module, _, class_name = name.rpartition(".")
        try:
            backend_class = getattr(importlib.import_module(module), class_name)
            candidates.append((backend_class.priority, backend_class))
        except (
            ImportError,
            AttributeError,
            RuntimeError,
        ) as error:  # a backend raises RuntimeError if it cannot be used
            refusals.append(f"{name}: {error}")
    if not candidates:
        raise KeyringUnavailable(reason="; ".join(refusals) or f"none is known for {sys.platform}")
    backend: _Backend = max(candidates, key=lambda candidate: candidate[0])[1]()
    return backend


def _is_locked(error: BaseException | None) -> bool:
    """Return whether `error`, or one of its causes, means that the keyring is locked."""
    while error is not None:
        if not _LOCKED.isdisjoint(kind.__name__ for kind in type(error).__mro__):
            return True
        error = error.__cause__
    return False


def _service_name(server: ServerConfig, which: str) -> str:
    """Return a unique service name per secret: with a shared one, the Windows backend would move older entries."""
    return f"Chatdesk/{server.id}" if which == KEY else f"Chatdesk/{server.id}/{which}"


def _encode(secret: Secret, address: str) -> str:
    return json.dumps({"origin": address, "key": secret.reveal()})


def _decode(entry: str, address: str, which: str) -> Secret | None:
    """Return the secret in `entry`; None if it is for another address or not an entry of this program."""
    try:
        content = json.loads(entry)
        return secret_of(which, content["key"]) if content["origin"] == address else None
    except (ValueError, TypeError, KeyError, AttributeError, KeyInvalid):
        return None
