"""Speed check of a model: the prompts, one run, the result of several runs, and the correction of estimates.

`features/models/services/speed_checks.py` does the measuring.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef

WARM_RUNS = 3
ANSWER_TOKENS = 64
"""Number of tokens requested per run; a model that stops earlier is measured by what it wrote."""
_TEXT = (
    "Water goes round and round. The sun warms the sea, and a little of it rises into the air as vapour. High up it is cold, and the "
    "vapour becomes small drops, which hang together as clouds. The wind carries the clouds over the land. Where the air has to climb, at "
    "the side of a mountain, it cools further, the drops grow heavy, and it rains or snows. Some of that water stays on the leaves of "
    "trees and is vapour again within the hour. Some runs over the ground into brooks, rivers and lakes. Some sinks between sand and "
    "stones, is filtered on its way, and comes to light again in springs, days or a thousand years later. Snow on high mountains is "
    "pressed into ice, which creeps downhill as a glacier and melts in a warmer place. In the end nearly all of it reaches the sea, and "
    "what was rain yesterday may be a cloud tomorrow."
)
"""Contains no personal information. About 180 tokens in most vocabularies."""
_CHARACTERS_PER_TOKEN = 4
_MAX_CORRECTION = 4.0
"""Maximum correction. A larger one results from something else: a wrong size, a busy machine."""


@dataclass(frozen=True, slots=True)
class SpeedRun:
    """One request and its answer. Speeds in tokens per second; None if not measured."""

    first_token_milliseconds: int
    """From the request to the first token, by our own clock."""
    prompt_speed: float | None = None
    writing_speed: float | None = None
    load_milliseconds: int | None = None
    by_server: bool = False
    """Whether both speeds are from the server; ours include the time of the network."""


@dataclass(frozen=True, slots=True)
class SpeedResult:
    """Result of several runs: medians of the warm ones. `machine` is the machine's name for display; `at` includes a time zone."""

    ref: ModelRef
    machine: str
    at: datetime
    first_token_milliseconds: int
    prompt_speed: float | None
    writing_speed: float | None
    load_milliseconds: int | None
    """Loading time of the cold run; None if there was none."""
    runs: int
    by_server: bool
    estimate: float | None = None
    """Expected tokens per second before any measurement; None if unknown."""
    verdict: Verdict | None = None
    """Verdict on the machine; None if unknown."""


@dataclass(frozen=True, slots=True)
class ExpectedSpeed:
    """Expectations for a model on a machine before it is measured. `estimate` in tokens per second; None if unknown."""

    machine: str = ""
    estimate: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class SpeedProgress:
    """Run `number` of `total` is in progress; `is_cold` for the one that loads the model."""

    number: int
    total: int
    is_cold: bool


def standard_turns(number: int) -> tuple[Turn, ...]:
    """Return the prompt of a run. Each one begins differently, so that no server has it in its cache."""
    return (
        Turn(Role.USER, f"Text {number}. {_TEXT}\n\nGo on with this text in the same manner, in one long paragraph."),
    )


def standard_prompt_tokens() -> int:
    """Return the approximate number of prompt tokens, for servers that do not report it."""
    return len(standard_turns(1)[0].text) // _CHARACTERS_PER_TOKEN


def result_of(
    ref: ModelRef, expected: ExpectedSpeed, at: datetime, runs: Sequence[SpeedRun], cold: SpeedRun | None
) -> SpeedResult:
    """Return the medians of the warm `runs`, at least one, and the loading time of the `cold` one.

    If the server does not report the loading time, it is the difference of the times to the first token.
    """
    first = round(_median_of([run.first_token_milliseconds for run in runs]))
    loading = None
    if cold:
        reported = cold.load_milliseconds
        loading = reported if reported is not None else max(0, cold.first_token_milliseconds - first)
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
    """Return the ratio of measured to estimated speed for models with a verdict on a machine; 1 without measurements.

    It is the median of all results.
    """
    ratios = [
        result.writing_speed / result.estimate
        for result in results
        if result.machine == machine and result.verdict is verdict and result.writing_speed and result.estimate
    ]
    return min(max(_median_of(ratios), 1 / _MAX_CORRECTION), _MAX_CORRECTION) if ratios else 1.0


def machine_name(machine: Machine) -> str:
    """Return the name of a machine: its graphics cards or chip, and its memory. It is always the same for one machine."""
    cards = [card.name for card in machine.cards if not card.integrated]
    memory = f"{round(machine.memory / 1024**3)} GB" if machine.memory else ""
    parts = [*(cards or [machine.processor]), memory]
    return ", ".join(part for part in parts if part)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _median_of(known) if known else None


def _median_of(values: Sequence[float]) -> float:
    from statistics import median  # noqa: PLC0415 - start-up time: with the first result, because it loads decimal and fractions

    return median(values)
