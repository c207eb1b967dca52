"""How fast an answer would be written: an estimate from how fast memory can be read.

For each token the active weights and the cache are read once, and that is what takes the time. Checked against published figures of
llama.cpp (tests): within 25 % where the bandwidth of the card is known. The processor's memory is assumed to be two channels of
DDR4-3200, so there half or double is possible.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from chatdesk.features.models.domain.fit import Fit, Verdict
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine

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
