"""One answer of a Dify app on its connection, and how it is stopped: by the name of the task that its events carry, for the same user."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from urllib.parse import quote

from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.providers.applications.dify_events import DifyDecoder
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import EventOrWholeFramer


class DifyAnswer:
    """A `StoppableAnswer`. `path` is that of the app's questions; `user` names who asks."""

    def __init__(self, api: ServerApi, path: str, body: Mapping[str, object], user: str) -> None:
        self._api = api
        self._path = path
        self._body = body
        self._user = user
        self._decoder: DifyDecoder | None = None
        self.is_sent = False

    @property
    def is_finished(self) -> bool:
        """Whether the app said that it has answered."""
        return self._decoder is not None and self._decoder.is_finished

    @property
    def can_be_stopped(self) -> bool:
        """Whether an event has named the task, and it has not failed by itself."""
        return self._decoder is not None and bool(self._decoder.task_id)

    async def events(self) -> AsyncGenerator[StreamEvent, None]:
        """Ask, and yield what the app says. Raises a `ServerError`."""
        async with self._api.stream(
            self._path, self._body, accept="text/event-stream", model="", on_sent=self._note_sent
        ) as stream:
            self._decoder = DifyDecoder(
                lambda error: self._api.stream_error(error, ""),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
                self._api.endpoint.base_url,
            )
            frames = self._api.frames(stream, EventOrWholeFramer())
            async with aclosing(read_answer(frames, self._decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def stop(self) -> None:
        """Tell the app to stop."""
        task = self._decoder.task_id if self._decoder else ""
        await self._api.post(f"{self._path}/{quote(task, safe='')}/stop", {"user": self._user})

    def _note_sent(self) -> None:
        self.is_sent = True
