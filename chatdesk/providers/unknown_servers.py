"""What something that is no chat server calls itself, in a few words that can be shown: its head, and the title of its page."""

from chatdesk.kernel.errors.base import CertificateRefused, ServerError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server_connection import ConnectionOptions
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import PROBE
from chatdesk.providers.errors.error_words import words_of_body

_LONGEST_NAME = 60
_LONGEST_TITLE = 120
_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Stranger:
    """`program` and `title` are plain text of anybody, short; empty where it did not say."""

    status: int
    program: str
    title: str


async def ask_stranger(address: str, http: HttpClient, connection: ConnectionOptions) -> Stranger:
    """Return what answers at an address, without a key. Raises the `ServerError` for which nothing does."""
    async with http.stream(_endpoint(address, connection), "GET", "/", accept="text/html", timeouts=PROBE) as stream:
        beginning = await stream.read(_MOST_BYTES)
    title = words_of_body(beginning).message
    return Stranger(
        stream.status, _short(stream.headers.get("server", ""), _LONGEST_NAME), _short(title, _LONGEST_TITLE)
    )


async def speaks(address: str, http: HttpClient, connection: ConnectionOptions) -> bool:
    """Whether a server speaks HTTP at an address with this scheme. A certificate that we would not trust is TLS, too."""
    try:
        stranger = await ask_stranger(address, http, connection)
    except CertificateRefused:
        return True
    except ServerError:
        return False
    return not _is_complaint(stranger)


def _is_complaint(stranger: Stranger) -> bool:
    """Whether it only says that it wants the other scheme: servers for TLS say so to plain requests (nginx, Go's, Apache's)."""
    return stranger.status == 400 and "https" in stranger.title.lower()


def _endpoint(address: str, connection: ConnectionOptions) -> Endpoint:
    return make_endpoint(address, address, None, connection=connection)


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
