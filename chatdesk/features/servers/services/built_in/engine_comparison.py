"""Measures on this computer whether a `llama-server` is faster than the engine that is installed with Chatdesk, both on the processor."""

from collections.abc import Callable, Sequence
from pathlib import Path

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.errors.base import NotAChatServer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import Offload
from chatdesk.kernel.text.json_values import NotJson, decode
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import LOCAL

NEEDED_GAIN = 1.15
"""A program that is not this much faster is not worth a change; measurements of the same program differ by up to a tenth."""
_ROUNDS = 2
_RUNS = 3
_ANSWER_TOKENS = 64
_TURN_PROMPT_TOKENS = 300
_TURN_ANSWER_TOKENS = 200
"""A usual question and answer, by which reading and writing are weighed."""
_CONTEXT_TOKENS = 1024
_PROMPT = "Tell a story about a river, a mill and the people who lived there, from spring to winter. " * 8


@dataclass(frozen=True, slots=True)
class EngineSpeed:
    """Speeds in tokens per second."""

    reading: float
    writing: float

    @property
    def seconds(self) -> float:
        """Time for a usual question and its answer."""
        return _TURN_PROMPT_TOKENS / self.reading + _TURN_ANSWER_TOKENS / self.writing


class EngineComparison:
    """The measurement. `make_engine` creates an engine for it, `find_model` returns the small model that both run."""

    def __init__(
        self,
        network: NetworkThread,
        http: Lazy[HttpClient],
        make_engine: Callable[[], BuiltInEngine],
        find_model: Callable[[], Path],
    ) -> None:
        self._network = network
        self._http = http
        self._make_engine = make_engine
        self._find_model = find_model

    async def gain_of(self, program: Path) -> float:
        """Return how many times faster the program is. Takes some seconds. Raises an `EngineError` or `ServerError`.

        It is the smaller result of two rounds: on a busy computer, results vary by a third, and a change must not be due to chance.
        """
        gains = []
        for _ in range(_ROUNDS):
            installed, other = _best(await self._measure(None)), _best(await self._measure(program))
            gains.append(installed.seconds / other.seconds)
        return min(gains)

    async def _measure(self, program: Path | None) -> list[EngineSpeed]:
        engine = self._make_engine()
        options = EngineOptions(
            engine.options.cores, _CONTEXT_TOKENS, slots=1, program=program, offload=Offload.NONE, is_starter=True
        )
        try:
            address = await engine.ensure_running(self._find_model(), options=options)
            return [await self._run(address) for _ in range(_RUNS)]
        finally:
            await engine.stop()

    async def _run(self, address: EngineAddress) -> EngineSpeed:
        body = {
            "messages": [{"role": "user", "content": _PROMPT}],
            "max_tokens": _ANSWER_TOKENS,
            "cache_prompt": False,
            "stream": False,
        }
        endpoint = make_endpoint("llama.cpp", address.base_url, address.key)
        http = self._http
        reply = await self._network.call(
            lambda: http.get().request_json(endpoint, "POST", "/chat/completions", body, timeouts=LOCAL)
        )
        try:
            content = decode(reply.body)
        except NotJson:
            content = None
        match content:
            case {
                "timings": {
                    "prompt_per_second": int() | float() as reading,
                    "predicted_per_second": int() | float() as writing,
                }
            } if reading > 0 and writing > 0:
                return EngineSpeed(float(reading), float(writing))
            case _:
                raise NotAChatServer("llama.cpp", address.base_url, status=reply.status)


def _best(runs: Sequence[EngineSpeed]) -> EngineSpeed:
    """Return the best values: what slows a run down is mostly another program."""
    return EngineSpeed(max(run.reading for run in runs), max(run.writing for run in runs))
