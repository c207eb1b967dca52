"""Calls of the system about folders outside, on threads: if a disk or the server of a share is gone, such a call may never return.

A call that is given up keeps its thread. Until it has returned, no other is started for the same folder: neither repeated attempts nor
several features fill the program with threads, and nothing is written while an earlier call may still write.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from chatdesk.kernel.aio.daemon_thread import start_daemon_thread

_LEAVE_SECONDS = 2.0
"""How long a cancelled call is waited for: one that still works removes what it has not finished."""


class NoResponse(Exception):
    """A folder has not responded in time."""


class CallAbandoned(Exception):
    """The call on this thread is no longer wanted."""


class Activity:
    """Tells that a call makes progress. `note` is called on its thread."""

    def __init__(self) -> None:
        self.latest = monotonic()
        self.is_given_up = False

    def note(self) -> None:
        """Note progress. Raise `CallAbandoned` if the call is no longer wanted."""
        if self.is_given_up:
            raise CallAbandoned
        self.latest = monotonic()


class FolderCalls:
    """Runs the calls of one program, or of one folder. Methods belong to the event loop."""

    def __init__(self) -> None:
        self._given_up: dict[Path, set[asyncio.Future[Any]]] = {}

    def is_waiting(self, folder: Path) -> bool:
        """Return whether a call for a folder was given up and has not returned yet."""
        return bool(self._given_up.get(folder))

    async def run[Result](self, folder: Path, call: Callable[[Activity], Result], seconds: float) -> Result:
        """Return the result of `call`, or raise its exception; raise `NoResponse` if it notes no progress for so many seconds.

        If this is cancelled, it waits for the call, but not for one that hangs.
        """
        await self._wait_for_others(folder, seconds)
        activity = Activity()
        done = start_daemon_thread(lambda: call(activity), "folder")
        try:
            while not done.done() and (left := seconds + activity.latest - monotonic()) > 0:
                await asyncio.wait([done], timeout=left)
        except asyncio.CancelledError:
            activity.is_given_up = True
            self._abandon(folder, done)  # before waiting, which may be cancelled too
            await asyncio.wait([done], timeout=_LEAVE_SECONDS)
            raise
        if not done.done():
            activity.is_given_up = True
            self._abandon(folder, done)
            raise NoResponse
        return done.result()

    async def _wait_for_others(self, folder: Path, seconds: float) -> None:
        if others := self._given_up.get(folder):
            _, hanging = await asyncio.wait(others, timeout=seconds)
            if hanging:
                raise NoResponse

    def _abandon(self, folder: Path, call: asyncio.Future[Any]) -> None:
        """Remember a call until it has returned. Its result is dropped."""

        def forget(ended: asyncio.Future[Any]) -> None:
            ended.exception()
            self._given_up[folder].discard(ended)

        self._given_up.setdefault(folder, set()).add(call)
        call.add_done_callback(forget)
