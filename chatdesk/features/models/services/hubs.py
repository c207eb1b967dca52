"""The model hubs as the user set them up: their addresses, the token for Hugging Face, and when each was last asked.

Nothing here contacts a hub by itself: requests are made by those who use the clients.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from chatdesk.features.servers.services.server_secrets import SecretLocation, ServerSecrets
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.keyring_errors import KeyringError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.kernel.settings.declarations import (
    HUB_HUGGING_FACE,
    HUB_MODELSCOPE,
    HUB_OLLAMA,
    HUB_PREFERRED,
    HUB_TOKEN_SAVED,
    HUBS_ASKED,
    Setting,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.addresses import base_url
from chatdesk.network.network_thread import NetworkThread
from chatdesk.system.key_store import KEY, Key

if TYPE_CHECKING:
    from chatdesk.network.http import HttpClient
    from chatdesk.providers.hubs.hub import Hub

Result = TypeVar("Result")

_ADDRESSES: dict[HubKind, Setting[str]] = {
    HubKind.HUGGING_FACE: HUB_HUGGING_FACE,
    HubKind.MODELSCOPE: HUB_MODELSCOPE,
    HubKind.OLLAMA: HUB_OLLAMA,
}
_ACCOUNT = ServerConfig("hugging-face", "Hugging Face", "", ServerProtocol.OPENAI, HUB_HUGGING_FACE.default)
"""Owner of the token: secrets are bound to the address of a server."""
_MARK_SECONDS = 1.0
"""A download asks a hub in many requests; the time of the last one is remembered to the second."""


@dataclass(frozen=True, slots=True)
class HubsChanged:
    """An address, the token, or the time of a request changed."""


class Hubs:
    """Access to the hubs. One per program, used on `loop`, the event loop of the window.

    `secrets` stores the token, `now` returns aware UTC time. `official_url` is the address that the token is for.
    """

    TOKENS_PAGE = f"{HUB_HUGGING_FACE.default}/settings/tokens"
    """Web page where an account at Hugging Face creates tokens."""

    def __init__(
        self,
        settings: Settings,
        secrets: ServerSecrets,
        network: NetworkThread,
        http: "Lazy[HttpClient]",
        now: Callable[[], datetime],
        loop: asyncio.AbstractEventLoop,
        official_url: str = HUB_HUGGING_FACE.default,
    ) -> None:
        self.changes: Announcer[HubsChanged] = Announcer()
        self._settings = settings
        self._secrets = secrets
        self._network = network
        self._http = http
        self._now = now
        self._official_url = official_url
        self._loop = loop
        self._clients: dict[HubKind, tuple[str, Hub]] = {}
        self._loaded: str | None = None
        """The token, once it was read."""

    @staticmethod
    def modelscope_sites() -> tuple[str, str]:
        """Return the addresses of ModelScope, for China and for other countries."""
        from chatdesk.providers.hubs import modelscope  # noqa: PLC0415 - start-up time

        return modelscope.OFFICIAL_BASE_URL, modelscope.INTERNATIONAL_BASE_URL

    def client(self, kind: HubKind) -> "Hub":
        """Return the client of a hub at its current address, for use on the network thread. May be called on any thread.

        Raises `AddressInvalid` if the address in the settings file is not valid.
        """
        address = self.address(kind)
        known = self._clients.get(kind)
        if known is None or known[0] != address:
            known = self._clients[kind] = (address, self._make_client(kind, address))
        return known[1]

    async def ask(self, kind: HubKind, work: "Callable[[Hub], Awaitable[Result]]") -> Result:
        """Do something with a client on the network thread, and return its result or raise its error here."""

        def ask() -> Awaitable[Result]:
            return work(self.client(kind))

        return await self._network.call(ask)

    def address(self, kind: HubKind) -> str:
        """Return the base address of a hub."""
        return self._settings.get(_ADDRESSES[kind]) or _ADDRESSES[kind].default

    def host(self, kind: HubKind) -> str:
        """Return the host name of a hub, to show who is asked."""
        try:
            return urlsplit(self.address(kind)).hostname or ""
        except ValueError:
            return ""

    def set_address(self, kind: HubKind, text: str) -> None:
        """Change the base address of a hub to what the user entered; empty: the official one. Raises `AddressInvalid`."""
        address = base_url(text, ServerProtocol.OPENAI) if text.strip() else _ADDRESSES[kind].default
        self._make_client(kind, address)  # it refuses what is not encrypted
        self._settings.set(_ADDRESSES[kind], address)
        self.changes.announce(HubsChanged())

    def is_official(self, kind: HubKind) -> bool:
        """Whether a hub is asked at the address that Chatdesk comes with."""
        return self.address(kind) == _ADDRESSES[kind].default

    def preferred(self, language: str) -> HubKind:
        """Return the hub to download from first, for an interface language such as `zh_CN`."""
        chosen = self._settings.get(HUB_PREFERRED)
        if chosen == HUB_PREFERRED.default:
            return HubKind.MODELSCOPE if language.startswith("zh") else HubKind.HUGGING_FACE
        return HubKind(chosen)

    def asked_at(self, kind: HubKind) -> datetime | None:
        """Return when a hub was last asked; None if never."""
        try:
            return datetime.fromisoformat(self._times().get(kind.value, ""))
        except ValueError:
            return None

    async def token_location(self) -> SecretLocation | None:
        """Return where the token is stored; None if there is none."""
        return await self._secrets.location(_ACCOUNT, KEY, in_keyring=self._settings.get(HUB_TOKEN_SAVED))

    async def save_token(self, text: str) -> SecretLocation:
        """Store the token of the user's account at Hugging Face. Raises `KeyInvalid`; then nothing is stored."""
        location = await self._secrets.save(_ACCOUNT, Key(text), KEY)
        self._settings.set(HUB_TOKEN_SAVED, location is SecretLocation.KEYRING)
        self._loaded = None
        self.changes.announce(HubsChanged())
        return location

    async def remove_token(self) -> None:
        """Delete the token everywhere. Raises `KeyringError` if the keyring fails."""
        await self._secrets.forget(_ACCOUNT, KEY, in_keyring=self._settings.get(HUB_TOKEN_SAVED))
        self._settings.set(HUB_TOKEN_SAVED, value=False)
        self._loaded = None
        self.changes.announce(HubsChanged())

    def _make_client(self, kind: HubKind, address: str) -> "Hub":
        http = self._http.get()

        def note() -> None:
            self._loop.call_soon_threadsafe(self._note_request, kind)

        # Imported where they are used: the start page needs only names and addresses.
        match kind:
            case HubKind.HUGGING_FACE:
                from chatdesk.providers.hubs.hugging_face import HuggingFace  # noqa: PLC0415 - see above

                return HuggingFace(http, address, self._token, self._official_url, note)
            case HubKind.MODELSCOPE:
                from chatdesk.providers.hubs.modelscope import ModelScope  # noqa: PLC0415 - see above

                return ModelScope(http, address, note)
            case HubKind.OLLAMA:
                from chatdesk.providers.hubs.ollama_registry import OllamaRegistry  # noqa: PLC0415 - see above

                return OllamaRegistry(http, address, note)

    async def _token(self) -> str | None:
        """Return the token, on the network thread. The keyring is asked on the window's event loop, to which it belongs."""
        loaded = self._loaded
        if loaded is None:
            asked = asyncio.run_coroutine_threadsafe(self._load_token(), self._loop)
            loaded = await asyncio.wrap_future(asked)
        return loaded or None

    async def _load_token(self) -> str:
        """Return the token; empty if there is none, or if the keyring does not give it."""
        try:
            secret = await self._secrets.load(_ACCOUNT, KEY, in_keyring=self._settings.get(HUB_TOKEN_SAVED))
        except KeyringError:
            return ""  # asked again with the next request
        self._loaded = secret.reveal() if secret else ""
        return self._loaded

    def _note_request(self, kind: HubKind) -> None:
        now, before = self._now(), self.asked_at(kind)
        if before and abs((now - before).total_seconds()) < _MARK_SECONDS:
            return
        self._settings.set(HUBS_ASKED, json.dumps({**self._times(), kind.value: now.isoformat()}))
        self.changes.announce(HubsChanged())

    def _times(self) -> dict[str, str]:
        try:
            found = json.loads(self._settings.get(HUBS_ASKED) or "{}")
        except ValueError:
            return {}
        return (
            {str(key): value for key, value in found.items() if isinstance(value, str)}
            if isinstance(found, dict)
            else {}
        )
