"""Downloads as a test tells them to go."""

import asyncio
from collections.abc import Callable

from chatdesk.features.models.services.pull_memory import PullMemory
from chatdesk.features.models.services.pulls import FreeSpace, Pulls, Report
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullPhase, PullProgress, PullState
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.own_time import TIMEOUT

SERVER = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
A, B, C, D = (ModelRef("ollama", f"{name}:1b") for name in "abcd")
HALF = PullProgress(PullPhase.LOADING, 500, 1000)
ALL = PullProgress(PullPhase.LOADING, 1000, 1000)


class ScriptedPuller:
    """Each call takes the next steps of its model: a progress is reported, an error raised, a future waited for."""

    def __init__(self, **steps: list[list[object]]) -> None:
        self._steps = steps
        self.calls: list[str] = []
        self.running: list[str] = []
        self.cancelled: list[str] = []

    async def pull(self, _server: ServerConfig, model_id: str, report: Report, expected: int) -> None:
        assert expected >= 0
        name = model_id.partition(":")[0]
        self.calls.append(name)
        self.running.append(name)
        try:
            for step in self._steps[name].pop(0):
                if isinstance(step, PullProgress):
                    report(step)
                elif isinstance(step, ChatdeskError):
                    raise step
                elif isinstance(step, asyncio.Event):
                    await step.wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        finally:
            self.running.remove(name)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(TIMEOUT):
        while not condition():
            await asyncio.sleep(0.001)


async def unknown_space(_server: ServerConfig) -> int | None:
    return None


def harness(
    puller: ScriptedPuller,
    retry_delays: tuple[float, ...] = (0.0, 0.0),
    space: FreeSpace = unknown_space,
    memory: PullMemory | None = None,
    known_names: Callable[[], tuple[str, ...]] = tuple,
) -> tuple[Pulls, list[str]]:
    arrived: list[str] = []

    async def note(server: ServerConfig) -> None:
        arrived.append(server.id)

    return Pulls(puller, {SERVER.id: SERVER}.get, note, space, memory, known_names, retry_delays), arrived


def state(pulls: Pulls, ref: ModelRef) -> PullState | None:
    pull = pulls.find(ref)
    return pull.state if pull else None
