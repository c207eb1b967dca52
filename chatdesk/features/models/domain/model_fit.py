"""Assessment of models for a machine: whether a model fits, and its estimated speed."""

from collections.abc import Mapping
from enum import StrEnum
from fnmatch import fnmatchcase

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import MemoryNeed

# Size of the weights by parameters and quantisation, for models whose file size has not been measured.

BITS_PER_WEIGHT: Mapping[str, float] = {
    "F32": 32.0,
    "F16": 16.0,
    "BF16": 16.0,
    "Q8_0": 8.5,
    "Q6_K": 6.56,
    "Q5_K_M": 5.70,
    "Q5_K_S": 5.57,
    "Q5_0": 5.54,
    "Q4_K_M": 4.89,
    "Q4_K_S": 4.67,
    "Q4_1": 5.01,
    "Q4_0": 4.54,
    "Q3_K_M": 4.00,
    "Q2_K": 3.16,
    "MXFP4": 4.6,
}
"""Measured by llama.cpp on Llama 3.1 8B (tools/quantize/README.md).

Mixed quantisations keep some layers more precise, so the figure differs by model: up to 5 % between 7 and 671 billion parameters, up to 20
% below two billion, where the vocabulary is a large part.
"""


def weights_bytes(parameters: int, quantization: str) -> int | None:
    """Return the size of a model file in bytes; None for an unknown quantisation."""
    bits = BITS_PER_WEIGHT.get(quantization.upper())
    return round(parameters * bits / 8) if bits else None


# Verdict: where a model would run on a machine.

_MIN_GPU_SHARE = 0.05
"""Minimum share on the GPU; a smaller one makes no difference."""


class Verdict(StrEnum):
    """Where a model would run, from best to worst."""

    GRAPHICS = "graphics"
    """Entirely on GPUs."""
    PARTLY = "partly"
    """Some layers on GPUs, the others on the CPU."""
    PROCESSOR = "processor"
    """Entirely on the CPU."""
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    """The memory of the machine is unknown, or the machine is a remote one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Verdict with its reasons. `on_graphics` is the share of the model on GPUs, 0 to 1."""

    verdict: Verdict
    need: MemoryNeed
    on_graphics: float = 0.0
    graphics_unknown: bool = False
    """Whether there is a GPU with an unknown amount of memory, so that the result may be better."""
    needs_free_memory: bool = False
    """Whether the model fits only if other programs are closed."""

    @property
    def runs(self) -> bool:
        """Whether the model can answer at all."""
        return self.verdict in {Verdict.GRAPHICS, Verdict.PARTLY, Verdict.PROCESSOR}


def fit_of(need: MemoryNeed, machine: Machine | None) -> Fit:
    """Return how a model with a memory need fits a machine; None is an unknown (remote) machine."""
    if machine is None:
        return Fit(Verdict.UNKNOWN, need)
    graphics, memory = machine.usable_graphics, machine.usable_memory
    unknown = machine.graphics_is_unknown
    free = machine.memory_free
    if need.total <= graphics:
        return Fit(
            Verdict.GRAPHICS, need, 1.0, needs_free_memory=machine.unified and free is not None and need.total > free
        )
    if memory is None:
        return Fit(Verdict.UNKNOWN, need, graphics_unknown=unknown)
    available = memory if machine.unified else graphics + memory
    if need.total > available:
        return Fit(Verdict.UNKNOWN if unknown else Verdict.TOO_LARGE, need, graphics_unknown=unknown)
    share = graphics / need.total
    if share < _MIN_GPU_SHARE:
        share = 0.0
    in_memory = need.total if machine.unified else need.total * (1 - share)
    needs_free_memory = free is not None and in_memory > free
    verdict = Verdict.PARTLY if share else Verdict.PROCESSOR
    return Fit(verdict, need, share, unknown, needs_free_memory=needs_free_memory)


# Speed estimate, based on the memory bandwidth.
# Reading the active weights and the cache once per token takes most of the time. Compared with published figures of llama.cpp (tests),
# the estimate is within 25 % if the bandwidth of the GPU is known. The CPU's memory is assumed to be two channels of DDR4-3200, so half
# or double is possible there.

_GIGABYTE = 10**9
_BANDWIDTH_SHARE = 0.65
"""Share of the nominal bandwidth: 0.57 to 0.73 in published runs on GPUs, Apple chips and CPUs."""
_TOKEN_OVERHEAD = 0.0015
"""Constant time per token for starting the work on the GPU and choosing the token."""
_PROCESSOR_BANDWIDTH = 50 * _GIGABYTE
_FILLED_SHARE = 0.5
"""Share of the context that is filled in the middle of a chat."""


@dataclass(frozen=True, slots=True)
class Bandwidths:
    """Bandwidths in bytes per second by name pattern; the first match applies, and `*` matches anything."""

    by_name: Mapping[str, float]

    def of(self, name: str) -> float | None:
        """Return the bandwidth of a GPU or chip; None if it is not listed."""
        folded = name.lower()
        return next((value for pattern, value in self.by_name.items() if fnmatchcase(folded, pattern)), None)


def estimate_speed(fit: Fit, machine: Machine, bandwidths: Bandwidths, active_share: float = 1.0) -> float | None:
    """Return the estimated tokens per second; None if the model does not run, or a GPU's bandwidth is unknown.

    `active_share` is the share of the weights that is read per token: 1 except for mixture-of-experts models.
    """
    if not fit.runs:
        return None
    read = fit.need.weights * active_share + fit.need.kv_cache * _FILLED_SHARE
    seconds = _TOKEN_OVERHEAD
    if fit.on_graphics:
        bandwidth = _graphics_bandwidth(machine, bandwidths)
        if bandwidth is None:
            return None
        seconds += read * fit.on_graphics / (bandwidth * _BANDWIDTH_SHARE)
    if fit.verdict is not Verdict.GRAPHICS:
        slow = (bandwidths.of(machine.processor) if machine.unified else None) or _PROCESSOR_BANDWIDTH
        seconds += read * (1 - fit.on_graphics) / (slow * _BANDWIDTH_SHARE)
    return 1 / seconds


def _graphics_bandwidth(machine: Machine, bandwidths: Bandwidths) -> float | None:
    """Return the lowest bandwidth of several GPUs, because layers are processed on one after the other."""
    if machine.unified:
        return bandwidths.of(machine.processor)
    known = [bandwidths.of(card.name) for card in machine.cards if not card.integrated and card.memory]
    return min((value for value in known if value), default=None) if all(known) else None


COMFORTABLE_SPEED = 6.0
"""Tokens per second that allow reading along. Since reasoning comes first and is long, anything slower means waiting."""
