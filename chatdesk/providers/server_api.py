"""The API of one server for all protocols: a request returns the result or raises one of our errors."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.text.json_values import NotJson, decode
from chatdesk.network.endpoint import Endpoint
from chatdesk.network.http import FIRST_ERROR_STATUS, MAX_ERROR_BYTES, HttpClient, HttpStream
from chatdesk.network.timeouts import LIST, REMOTE, Timeouts
from chatdesk.providers.errors.error_classifier import ClassifyError, ErrorClassifier
from chatdesk.providers.streaming.frame_reader import FrameReader
from chatdesk.providers.streaming.framing import Framer

_NOT_FOUND = 404


class ServerApi:
    """The API of an endpoint. `timeouts` are those of an answer; `judge` recognises errors specific to one kind of server."""

    def __init__(
        self, endpoint: Endpoint, http: HttpClient, timeouts: Timeouts = REMOTE, judge: ClassifyError | None = None
    ) -> None:
        self.endpoint = endpoint
        self._timeouts = timeouts.waiting(endpoint.connection)
        self._http = http
        self._errors = ErrorClassifier(endpoint, judge)

    def without(self, ending: str) -> "ServerApi":
        """Return the API of the same server with `ending` removed from its base URL."""
        endpoint = replace(self.endpoint, base_url=self.endpoint.base_url.removesuffix(ending))
        return ServerApi(endpoint, self._http, self._timeouts)

    async def get(self, path: str, timeouts: Timeouts = LIST) -> object:
        """Return the decoded reply. Raise a `ServerError`."""
        return await self._request("GET", path, None, timeouts, "")

    async def post(self, path: str, body: object, timeouts: Timeouts = LIST, *, model: str = "") -> object:
        """Return the decoded reply. `model` is the model concerned. Raise a `ServerError`."""
        return await self._request("POST", path, body, timeouts, model)

    async def ask(self, path: str, body: object, *, model: str) -> object:
        """Return the decoded reply of a request that takes as long as an answer. Raise a `ServerError`."""
        return await self._request("POST", path, body, self._timeouts, model)

    async def send(self, method: str, path: str, body: object, *, model: str = "") -> None:
        """Send a request whose reply has no content, with the timeouts of an answer. Raise a `ServerError`."""
        reply = await self._http.request_json(self.endpoint, method, path, body, timeouts=self._timeouts)
        if reply.status >= FIRST_ERROR_STATUS:
            raise self._errors.of_reply(reply.url, reply.status, reply.headers, reply.body, model)

    async def exists(self, path: str) -> bool:
        """Return whether a path exists (HEAD): False for 404. Raise a `ServerError`."""
        reply = await self._http.request_json(self.endpoint, "HEAD", path, timeouts=LIST)
        if reply.status >= FIRST_ERROR_STATUS and reply.status != _NOT_FOUND:
            raise self._errors.of_reply(reply.url, reply.status, reply.headers, reply.body, "")
        return reply.status != _NOT_FOUND

    @asynccontextmanager
    async def stream(
        self, path: str, body: object, *, accept: str, model: str, on_sent: Callable[[], None] | None = None
    ) -> AsyncIterator[HttpStream]:
        """Send the request and yield its successful reply. Leaving the block closes the connection.

        `on_sent` is called when the request has been sent completely. Raise a `ServerError`.
        """
        async with self._http.stream(
            self.endpoint, "POST", path, body, accept=accept, timeouts=self._timeouts, on_sent=on_sent
        ) as stream:
            if stream.status >= FIRST_ERROR_STATUS:
                beginning = await stream.read(MAX_ERROR_BYTES)
                raise self._errors.of_reply(stream.url, stream.status, stream.headers, beginning, model)
            yield stream

    def start_background_task(self, work: Coroutine[object, object, object]) -> None:
        """Run something in the background, see `HttpClient.start_background_task`."""
        self._http.start_background_task(work)

    def frames(self, stream: HttpStream, framer: Framer) -> FrameReader:
        """Return the reader for the frames of a stream."""
        return FrameReader(stream, framer, self.endpoint, self._timeouts)

    def stream_error(self, value: object, model: str) -> ServerError:
        """Return the error contained in a successful reply."""
        return self._errors.of_stream(value, model)

    def not_an_api(self, url: str, status: int, text: str) -> ServerError:
        """Return the error for a successful reply that is not the expected protocol."""
        return self._errors.not_an_api(url, status, text.encode("utf-8", "replace"))

    async def _request(self, method: str, path: str, body: object, timeouts: Timeouts, model: str) -> object:
        timeouts = timeouts.connecting(self.endpoint.connection)
        reply = await self._http.request_json(self.endpoint, method, path, body, timeouts=timeouts)
        if reply.status >= FIRST_ERROR_STATUS:
            raise self._errors.of_reply(reply.url, reply.status, reply.headers, reply.body, model)
        try:
            return decode(reply.body)
        except NotJson as error:
            raise self._errors.not_an_api(reply.url, reply.status, reply.body) from error
