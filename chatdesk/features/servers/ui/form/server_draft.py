"""Content of a server form before it is checked and saved."""

import re
from dataclasses import field, replace

from chatdesk.features.servers.ui.form.headers_row import header_text, parse_header_lines
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import (
    CONNECT_SECONDS,
    SILENCE_SECONDS,
    ConnectionOptions,
    ProxyChoice,
    ServerConfig,
    WireFormat,
)

# Content of the advanced part of the form, as typed.

_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)


class WrongSeconds(ValueError):
    """A text is not a number of seconds, or not within the bounds."""


@dataclass(frozen=True, slots=True)
class AdvancedDraft:
    """Texts of the advanced fields; `models` holds one name per line. Empty values mean the program's default."""

    header_lines: str = field(default="", repr=False)
    models: str = ""
    api_version: str = ""
    wire_format: WireFormat = WireFormat.CHAT_COMPLETIONS
    extra_body: str = ""
    proxy: ProxyChoice = ProxyChoice.SYSTEM
    proxy_address: str = ""
    ca_file: str = ""
    connect: str = ""
    silence: str = ""
    proxy_user: str = ""
    proxy_password: str = field(default="", repr=False)
    """A new password; empty to keep the stored one, if any."""

    @classmethod
    def of(cls, server: ServerConfig) -> "AdvancedDraft":
        """Return the initial content of the form for a saved server."""
        options = server.connection
        return cls(
            header_text(server.headers),
            "\n".join(server.model_ids),
            server.api_version,
            server.wire_format,
            server.extra_body,
            options.proxy,
            options.proxy_address,
            options.ca_file,
            _text_of(options.connect_seconds),
            _text_of(options.silence_seconds),
            options.proxy_user,
        )

    def applied_to(self, server: ServerConfig) -> ServerConfig:
        """Return the server with the form's values. Invalid values are ignored, so check for problems before saving it."""
        return replace(
            server,
            headers=parse_header_lines(self.header_lines, server.headers).headers,
            model_ids=tuple(dict.fromkeys(filter(None, map(str.strip, self.models.splitlines())))),
            api_version=self.api_version,
            wire_format=self.wire_format,
            extra_body=self.extra_body.strip(),
            connection=ConnectionOptions(
                self.proxy,
                self.proxy_address,
                self.ca_file,
                _valid_seconds(self.connect, CONNECT_SECONDS),
                _valid_seconds(self.silence, SILENCE_SECONDS),
                self.proxy_user,
                self.proxy_password or None,
            ),
        )


def seconds_of(text: str, bounds: tuple[int, int]) -> float | None:
    """Return the entered seconds; None for an empty text. Raises `WrongSeconds`."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise WrongSeconds
    seconds = float(text.replace(",", "."))
    minimum, maximum = bounds
    if not minimum <= seconds <= maximum:
        raise WrongSeconds
    return int(seconds) if seconds.is_integer() else seconds


def _valid_seconds(text: str, bounds: tuple[int, int]) -> float | None:
    try:
        return seconds_of(text, bounds)
    except WrongSeconds:
        return None


def _text_of(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:g}"


@dataclass(frozen=True, slots=True)
class ServerDraft:
    """Content of the form. `key` is a new key, empty if none was typed. It is excluded from `repr`."""

    name: str
    address: str
    advanced: AdvancedDraft
    unencrypted_key_origin: str = ""
    """Origin to which the key may be sent unencrypted; empty for none."""
    key: str = field(default="", repr=False)

    @classmethod
    def of(cls, server: ServerConfig) -> "ServerDraft":
        """Return the initial content of the form for a saved server."""
        return cls(server.name, server.base_url, AdvancedDraft.of(server), server.unencrypted_key_origin)

    def applied_to(self, server: ServerConfig) -> ServerConfig:
        """Return the server with the form's values; the address is not checked. An empty name keeps the previous one."""
        return replace(
            self.advanced.applied_to(server),
            name=self.name or server.name,
            base_url=self.address,
            unencrypted_key_origin=self.unencrypted_key_origin,
        )
