"""All there is to say about one variant on one machine, and which of several to recommend."""

from collections.abc import Sequence

from chatdesk.features.models.domain.fit import Fit, Verdict, fit_of
from chatdesk.features.models.domain.speed import Bandwidths, estimate_speed
from chatdesk.features.models.domain.variant import ModelVariant
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.architecture import kv_cache_bytes
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import memory_need

COMFORTABLE_SPEED = 6.0
"""Tokens a second that one reads along with. Reasoning comes first and is long: slower than this is waiting."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One variant with a context. `speed` in tokens a second is an estimate; None = none can be made."""

    variant: ModelVariant
    context: int
    fit: Fit
    speed: float | None
    disk_is_short: bool
    """The download would not fit."""


def judge(variant: ModelVariant, context: int, machine: Machine | None, bandwidths: Bandwidths) -> Judgement:
    """Judge a variant; `context` is cut to what it was trained for. `machine` None = not known."""
    context = min(context, variant.context)
    fit = fit_of(memory_need(variant.weights, kv_cache_bytes(variant.architecture, context)), machine)
    speed = estimate_speed(fit, machine, bandwidths, variant.active_share) if machine else None
    free = machine.disk_free if machine else None
    return Judgement(variant, context, fit, speed, free is not None and variant.weights > free)


def recommended(judgements: Sequence[Judgement]) -> Judgement | None:
    """Return the best: the largest that answers at a comfortable speed; else, of those that run, the fastest; None if none runs.

    Where no speed can be estimated, all on the graphics card counts as comfortable. Only usual variants are recommended; what the disk
    has no room for is not.
    """
    running = [each for each in judgements if each.variant.usual and each.fit.runs and not each.disk_is_short]
    comfortable = [each for each in running if _is_comfortable(each)]
    if comfortable:
        return max(comfortable, key=lambda each: each.variant.parameters)
    return max(running, key=lambda each: (each.speed or 0.0, -each.fit.need.total), default=None)


def _is_comfortable(judgement: Judgement) -> bool:
    """Tell whether it is quick enough. One that is split must be twice as quick: a smaller one beside it fits whole and is far quicker."""
    verdict = judgement.fit.verdict
    if judgement.speed is None:
        return verdict is Verdict.GRAPHICS
    return judgement.speed >= COMFORTABLE_SPEED * (2 if verdict is Verdict.PARTLY else 1)
