"""How fast a model answers: what is asked to measure it, one run, several runs as one result, and what results say of an estimate.

Measuring is `features/models/services/speed_checks.py`'s job.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef

WARM_RUNS = 3
ANSWER_TOKENS = 64
"""As many as are asked for in a run; a model that ends earlier is measured by what it wrote."""
_TEXT = (
    "Water goes round and round. The sun warms the sea, and a little of it rises into the air as vapour. High up it is cold, and the "
    "vapour becomes small drops, which hang together as clouds. The wind carries the clouds over the land. Where the air has to climb, at "
    "the side of a mountain, it cools further, the drops grow heavy, and it rains or snows. Some of that water stays on the leaves of "
    "trees and is vapour again within the hour. Some runs over the ground into brooks, rivers and lakes. Some sinks between sand and "
    "stones, is filtered on its way, and comes to light again in springs, days or a thousand years later. Snow on high mountains is "
    "pressed into ice, which creeps downhill as a glacier and melts in a warmer place. In the end nearly all of it reaches the sea, and "
    "what was rain yesterday may be a cloud tomorrow."
)
"""Says nothing of anybody. About 180 tokens in most vocabularies."""
_CHARACTERS_A_TOKEN = 4
_MOST_CORRECTION = 4.0
"""An estimate that is further off was made for something else: a wrong size, a busy machine."""


@dataclass(frozen=True, slots=True)
class SpeedRun:
    """One question and its answer. Speeds in tokens a second; None = it could not be measured."""

    first_token_milliseconds: int
    """From the question to the first token, by our own clock."""
    prompt_speed: float | None = None
    writing_speed: float | None = None
    load_milliseconds: int | None = None
    by_server: bool = False
    """Both speeds are the server's own; else ours, with the way over the network in them."""


@dataclass(frozen=True, slots=True)
class SpeedResult:
    """What several runs came to: medians of the warm ones. `machine` says where, in words for people; `at` with its zone."""

    ref: ModelRef
    machine: str
    at: datetime
    first_token_milliseconds: int
    prompt_speed: float | None
    writing_speed: float | None
    load_milliseconds: int | None
    """To have it in memory, from the one cold run; None where it was not made to be cold."""
    runs: int
    by_server: bool
    estimate: float | None = None
    """Tokens a second that were expected, before anything was measured."""
    verdict: Verdict | None = None
    """How it fits the machine, where that is known."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of a model on a machine before it is asked. `estimate` in tokens a second; None = none can be made."""

    machine: str = ""
    estimate: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class SpeedProgress:
    """Run `number` of `total` goes on, `is_cold` the one that loads the model."""

    number: int
    total: int
    is_cold: bool


def standard_turns(number: int) -> tuple[Turn, ...]:
    """Return what is asked. Each run begins otherwise, so that no server has read the beginning before."""
    return (
        Turn(Role.USER, f"Text {number}. {_TEXT}\n\nGo on with this text in the same manner, in one long paragraph."),
    )


def standard_prompt_tokens() -> int:
    """Return about how many tokens that is, for servers that do not count."""
    return len(standard_turns(1)[0].text) // _CHARACTERS_A_TOKEN


def result_of(
    ref: ModelRef, expected: Expected, at: datetime, runs: Sequence[SpeedRun], cold: SpeedRun | None
) -> SpeedResult:
    """Return the medians of the warm `runs`, one at least, and the loading of the `cold` one.

    Where no server tells how long loading took, it is what the cold run's first token took longer than the warm ones'.
    """
    first = round(median(run.first_token_milliseconds for run in runs))
    loading = None
    if cold:
        told = cold.load_milliseconds
        loading = told if told is not None else max(0, cold.first_token_milliseconds - first)
    return SpeedResult(
        ref,
        expected.machine,
        at,
        first,
        _median(run.prompt_speed for run in runs),
        _median(run.writing_speed for run in runs),
        loading,
        len(runs),
        all(run.by_server for run in runs),
        expected.estimate,
        expected.verdict,
    )


def correction(results: Iterable[SpeedResult], machine: str, verdict: Verdict) -> float:
    """Return by how much this machine is quicker than estimated with models that fit it so; 1 where nothing was measured.

    The median of what was measured by what was expected.
    """
    ratios = [
        result.writing_speed / result.estimate
        for result in results
        if result.machine == machine and result.verdict is verdict and result.writing_speed and result.estimate
    ]
    return min(max(median(ratios), 1 / _MOST_CORRECTION), _MOST_CORRECTION) if ratios else 1.0


def machine_name(machine: Machine) -> str:
    """Return what a machine is known by: its cards or chip, and its memory. The same machine always has the same name."""
    cards = [card.name for card in machine.cards if not card.integrated]
    memory = f"{round(machine.memory / 1024**3)} GB" if machine.memory else ""
    parts = [*(cards or [machine.processor]), memory]
    return ", ".join(part for part in parts if part)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
