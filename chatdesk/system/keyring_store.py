"""Keeps secrets of servers in the system's own keyring: Windows Credential Manager, macOS Keychain, Secret Service or KWallet.

The package `keyring` would let an environment variable or a file choose the backend, even one that forgets keys or writes them in plain
text, so we never ask it to choose: only the classes named here are used. One that says it saved a key is asked for it again.
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
_LONGEST_SECRET = {"win32": 1280}
"""Characters. Windows keeps 2,560 bytes, and `keyring` writes UTF-16."""
_PATIENCE = 30.0
"""Seconds. The keyring may be asking the user to unlock it."""
_LOCKED = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
"""By name: these types come from packages that only some systems have."""


class _Backend(Protocol):
    """The part of `keyring.backend.KeyringBackend` we use. All of it may block, and raise anything."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringStore:
    """A `KeyStore` in the system's keyring, one entry a secret.

    An entry says which address its secret is for. Every method that asks raises `KeyringUnavailable` where there is no keyring we trust
    (use a `SessionKeyStore` then), `KeyringLocked`, and `KeyringFailed` where it gives no answer or a wrong one.
    """

    def __init__(
        self,
        redactor: Redactor,
        trusted: Sequence[str] = _TRUSTED.get(sys.platform, ()),
        longest_secret: int | None = _LONGEST_SECRET.get(sys.platform),
        patience: float = _PATIENCE,
    ) -> None:
        """Use the best of the `trusted` backend classes, given by full name. `patience`: seconds before a call is given up."""
        self._redactor = redactor
        self._trusted = tuple(trusted)
        self._longest_secret = longest_secret
        self._patience = patience
        self._chosen: _Backend | None = None
        self._turn = asyncio.Lock()

    async def check(self) -> None:
        """Ask for nothing, to see whether there is a keyring to keep a key in. Raises `KeyringUnavailable`."""
        await self._ask(lambda _backend, _call: None)

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Raise `KeyInvalid` if `secret` is too long for this system. Asks no keyring."""
        entry = _encode(secret, belongs_to(server, which))
        if self._longest_secret is not None and len(entry) > self._longest_secret:
            raise KeyInvalid(limit=self._longest_secret - (len(entry) - len(secret.reveal())))

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        """Return the secret kept for `server` at this address. Raises `KeyringError`."""
        entry = await self._ask(lambda backend, _call: backend.get_password(_service_name(server, which), which))
        secret = _decode(entry, belongs_to(server, which), which) if entry else None
        if secret:
            secret.mask_in(self._redactor)
        return secret

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Keep `secret`, and make sure of it.

        Raises `KeyringError`, also `KeyInvalid`: too long for this system.
        """
        secret.mask_in(self._redactor)
        self.check_length(server, secret, which)
        entry = _encode(secret, belongs_to(server, which))
        service = _service_name(server, which)

        def save_and_read_back(backend: _Backend, call: _Call) -> None:
            before = backend.get_password(service, which)
            call.check()  # it may have been unlocked only now
            backend.set_password(service, which, entry)
            if not call.is_in_time():
                _put_back(backend, service, which, before)
            elif backend.get_password(service, which) != entry:
                raise KeyringFailed(reason=f"{type(backend).__module__} did not keep the key")

        await self._ask(save_and_read_back)

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        """Forget this secret of `server`, whatever its address. Raises `KeyringError`."""
        service = _service_name(server, which)

        def delete_if_there(backend: _Backend, call: _Call) -> None:
            if backend.get_password(service, which) is not None:
                call.check()
                backend.delete_password(service, which)

        await self._ask(delete_if_there)

    async def _ask(self, question: "Callable[[_Backend, _Call], Answer]") -> Answer:
        """Put one question at a time to the keyring: the backends were not made for several.

        A question that was given up keeps its turn until the keyring has come back from it: what it does late is over, or undone,
        before anything else is asked.
        """
        call = _Call()
        loop = asyncio.get_running_loop()

        def work() -> Answer:
            try:
                if self._chosen is None:
                    self._chosen = _choose(self._trusted)
                return question(self._chosen, call)
            finally:
                with suppress(RuntimeError):  # the loop has closed: nobody asks any more
                    loop.call_soon_threadsafe(self._turn.release)

        try:
            async with asyncio.timeout(self._patience):
                await self._turn.acquire()
            return await run_in_daemon_thread(work, "keyring", self._patience)
        except KeyringError:
            raise
        except TimeoutError as error:
            raise KeyringFailed(reason=f"no answer within {self._patience:g} s") from error
        except Exception as error:  # the backends let through what seven libraries raise
            if _is_locked(error):
                raise KeyringLocked from error
            raise KeyringFailed(reason=self._redactor(f"{type(error).__name__}: {error}")) from error
        finally:
            call.is_given_up.set()


class _Call:
    """One question to the keyring, as its thread sees it: somebody waits for the answer, or nobody does any more."""

    def __init__(self) -> None:
        self.is_given_up = threading.Event()

    def is_in_time(self) -> bool:
        return not self.is_given_up.is_set()

    def check(self) -> None:
        """Raise `KeyringFailed` rather than do what was given up, and told as failed."""
        if self.is_given_up.is_set():
            raise KeyringFailed(reason="too late")


def _put_back(backend: _Backend, service: str, which: str, before: str | None) -> None:
    """Undo what was written after it had been told as failed."""
    if before is None:
        backend.delete_password(service, which)
    else:
        backend.set_password(service, which, before)


def _choose(names: Sequence[str]) -> _Backend:
    """Return the best of the named backends that works here. Raises `KeyringUnavailable` with what each one said."""
    candidates = []
    refusals = []
    for name in names:
        module, _, class_name = name.rpartition(".")
        try:
            backend_class = getattr(importlib.import_module(module), class_name)
            candidates.append((backend_class.priority, backend_class))
        except (ImportError, AttributeError, RuntimeError) as error:  # RuntimeError is how a backend says no
            refusals.append(f"{name}: {error}")
    if not candidates:
        raise KeyringUnavailable(reason="; ".join(refusals) or f"none is known for {sys.platform}")
    backend: _Backend = max(candidates, key=lambda candidate: candidate[0])[1]()
    return backend


def _is_locked(error: BaseException | None) -> bool:
    """Tell whether `error`, or what it was raised from, means a locked keyring."""
    while error is not None:
        if not _LOCKED.isdisjoint(kind.__name__ for kind in type(error).__mro__):
            return True
        error = error.__cause__
    return False


def _service_name(server: ServerConfig, which: str) -> str:
    """Return a name of its own for every secret: under a shared one the Windows backend moves older entries about."""
    return f"Chatdesk/{server.id}" if which == KEY else f"Chatdesk/{server.id}/{which}"


def _encode(secret: Secret, address: str) -> str:
    return json.dumps({"origin": address, "key": secret.reveal()})


def _decode(entry: str, address: str, which: str) -> Secret | None:
    """Return the secret in `entry`, or None if it is for another address or not an entry of ours."""
    try:
        content = json.loads(entry)
        return secret_of(which, content["key"]) if content["origin"] == address else None
    except (ValueError, TypeError, KeyError, AttributeError, KeyInvalid):
        return None
