"""Whether a model fits a machine, how fast it would be, and which variant to recommend."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture, MemoryNeed, kv_cache_bytes, memory_need

# A variant of a model as a library offers it: its tag, its size, its build, what it is good for
# (`resources/model_guide.toml`).


class Purpose(StrEnum):
    """What a size is good for; the words are the screen's."""

    TRY_OUT = "try_out"
    SMALL_TASKS = "small_tasks"
    EVERYDAY = "everyday"
    DEMANDING = "demanding"
    EXPERT = "expert"
    DATA_CENTRE = "data_centre"


@dataclass(frozen=True, slots=True)
class ModelVariant:
    """One tag. Sizes in bytes, contexts in tokens."""

    tag: str
    size_label: str
    """As people call it: `14b`."""
    base: str
    """What it was made from."""
    parameters: int
    active_parameters: int
    """That are used for a token; all of them but in mixtures of experts."""
    quantization: str
    weights: int
    """Size of the download, and of the weights in memory."""
    weights_estimated: bool
    """The size is computed from the parameters, not measured."""
    context: int
    """The most it was trained for."""
    architecture: Architecture
    purpose: Purpose
    usual: bool = True
    """What the library gives who asks for this size; the others are further quantisations and builds of it."""

    @property
    def active_share(self) -> float:
        """The share of the weights that is read for a token."""
        return self.active_parameters / self.parameters


# How large a file of weights is, from the count of parameters and the quantisation, for models whose file
# nobody has measured.

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
"""Measured by llama.cpp on Llama 3.1 8B (tools/quantize/README.md). Mixed quantisations keep some layers finer, so that the figure
differs by model: up to 5 % between 7 and 671 billion parameters, up to 20 % below two, where the vocabulary is a large part."""


def weights_bytes(parameters: int, quantization: str) -> int | None:
    """Return the size of the file; None for a quantisation that is not known here."""
    bits = BITS_PER_WEIGHT.get(quantization.upper())
    return round(parameters * bits / 8) if bits else None


# The verdict: where a model would run on a machine.

_WORTH_A_CARD = 0.05
"""A smaller share on the graphics card changes nothing."""


class Verdict(StrEnum):
    """Best first."""

    GRAPHICS = "graphics"
    """All of it on graphics cards."""
    PARTLY = "partly"
    """Some layers on graphics cards, the others on the processor."""
    PROCESSOR = "processor"
    """All of it on the processor."""
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    """The machine does not say how much memory it has, or is not this one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Why comes with it. `on_graphics` is the share of the model there, 0 to 1."""

    verdict: Verdict
    need: MemoryNeed
    on_graphics: float = 0.0
    graphics_unknown: bool = False
    """There is a card that does not say what it has: it may go better than this."""
    must_make_room: bool = False
    """It fits, but not beside what runs now."""

    @property
    def runs(self) -> bool:
        """Whether it will answer at all."""
        return self.verdict in {Verdict.GRAPHICS, Verdict.PARTLY, Verdict.PROCESSOR}


def fit_of(need: MemoryNeed, machine: Machine | None) -> Fit:
    """Judge; None = a machine nobody knows (a server elsewhere)."""
    if machine is None:
        return Fit(Verdict.UNKNOWN, need)
    graphics, memory = machine.usable_graphics, machine.usable_memory
    unknown = machine.graphics_is_unknown
    free = machine.memory_free
    if need.total <= graphics:
        return Fit(
            Verdict.GRAPHICS, need, 1.0, must_make_room=machine.unified and free is not None and need.total > free
        )
    if memory is None:
        return Fit(Verdict.UNKNOWN, need, graphics_unknown=unknown)
    room = memory if machine.unified else graphics + memory
    if need.total > room:
        return Fit(Verdict.UNKNOWN if unknown else Verdict.TOO_LARGE, need, graphics_unknown=unknown)
    share = graphics / need.total
    if share < _WORTH_A_CARD:
        share = 0.0
    in_memory = need.total if machine.unified else need.total * (1 - share)
    crowded = free is not None and in_memory > free
    verdict = Verdict.PARTLY if share else Verdict.PROCESSOR
    return Fit(verdict, need, share, unknown, must_make_room=crowded)


# How fast an answer would be written: an estimate from how fast memory can be read.
#
# For each token the active weights and the cache are read once, and that is what takes the time. Checked
# against published figures of llama.cpp (tests): within 25 % where the bandwidth of the card is known. The
# processor's memory is assumed to be two channels of DDR4-3200, so there half or double is possible.

_GIGABYTE = 10**9
_REACHED = 0.65
"""Of the bandwidth on paper: 0.57 to 0.73 in published runs on cards, Apple chips and processors."""
_SECONDS_BESIDE = 0.0015
"""For each token, whatever the size: starting the work on the card, choosing the token."""
_PROCESSOR_BANDWIDTH = 50 * _GIGABYTE
_FILLED = 0.5
"""Of the context, in the middle of a chat."""


@dataclass(frozen=True, slots=True)
class Bandwidths:
    """Bytes a second by patterns of names, the first that fits holds; `*` stands for anything."""

    by_name: Mapping[str, float]

    def of(self, name: str) -> float | None:
        """Return that of a card or chip; None if it is not in the list."""
        folded = name.lower()
        return next((value for pattern, value in self.by_name.items() if fnmatchcase(folded, pattern)), None)


def estimate_speed(fit: Fit, machine: Machine, bandwidths: Bandwidths, active_share: float = 1.0) -> float | None:
    """Return tokens a second; None where it does not run, or a card's bandwidth is not known.

    `active_share` of the weights is read for a token: 1 but for mixtures of experts.
    """
    if not fit.runs:
        return None
    read = fit.need.weights * active_share + fit.need.kv_cache * _FILLED
    seconds = _SECONDS_BESIDE
    if fit.on_graphics:
        bandwidth = _graphics_bandwidth(machine, bandwidths)
        if bandwidth is None:
            return None
        seconds += read * fit.on_graphics / (bandwidth * _REACHED)
    if fit.verdict is not Verdict.GRAPHICS:
        slow = (bandwidths.of(machine.processor) if machine.unified else None) or _PROCESSOR_BANDWIDTH
        seconds += read * (1 - fit.on_graphics) / (slow * _REACHED)
    return 1 / seconds


def _graphics_bandwidth(machine: Machine, bandwidths: Bandwidths) -> float | None:
    """Of several cards the slowest: layers are read one after the other, on one card and then on the next."""
    if machine.unified:
        return bandwidths.of(machine.processor)
    known = [bandwidths.of(card.name) for card in machine.cards if not card.integrated and card.memory]
    return min((value for value in known if value), default=None) if all(known) else None


# All there is to say about one variant on one machine, and which of several to recommend.

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
