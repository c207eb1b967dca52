"""What stands above and below a part of a formula, in words: powers, indices, limits of sums and integrals, primes."""

import re

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.speech.kinds import LIMITS, Kind
from chatdesk.rendering.formulas.speech.said import Said
from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary

_NO_POWER = re.compile(
    r"[+-]|\(.*\)|\*|\\(?:text|mathrm|dagger|ddagger|star|ast|pm|mp|times|prime|circ|degree|perp)\b.*|.*[+-]", re.DOTALL
)
_MOST_INDICES = 3
_DEGREES, _PRIME = r"\degree", "'"
_BARS = frozenset({"|", r"\|"})


@dataclass(frozen=True, slots=True)
class Scripts:
    """Empty words for what there is not; `power` is how the upper one is written."""

    below: Said
    above: Said
    power: str
    primes: int


def with_scripts(base: Said, scripts: Scripts, words: Vocabulary) -> Said:
    """Return a part with what stands above and below it."""
    below, above = scripts.below.words, scripts.above.words
    if base.sign in _BARS and base.kind is Kind.CLOSE and base.words == words.signs[base.sign]:
        return _evaluated(base, below, above, words)
    if base.sign == "]" and below and above:
        return Said(f"{base.words} {words.say('evaluated from', below, above)}", Kind.CLOSE, simple=False)
    if base.kind is Kind.LARGE:
        return _limits(base, below, above, words)
    said = base.words
    if scripts.primes:
        said = " ".join([said, *[words.signs[_PRIME]] * min(scripts.primes, 4)]).strip()
    if below:
        said = _below(base, said, scripts.below, words)
    if above:
        said = _above(base, said, scripts, words)
    kind = base.kind if base.kind in {Kind.OPERATOR, Kind.FUNCTION, Kind.CLOSE} else Kind.OPERAND
    return Said(said, kind, simple=scripts.primes > 0 and not (below or above) and base.simple, sign=base.sign)


def _below(base: Said, said: str, below: Said, words: Vocabulary) -> str:
    if base.sign == r"\log":
        return words.say("base", said, below.words)
    if base.sign in {"brace above", "brace below"} or base.kind is Kind.OPERATOR:
        return words.say("below", said, below.words)
    if not said:
        return words.say("lone subscript", below.words)
    short = below.simple or (below.signs <= _MOST_INDICES and " " not in below.words.replace(" ", "", below.signs - 1))
    return words.say("subscript" if short else "long subscript", said, below.words)


def _above(base: Said, said: str, scripts: Scripts, words: Vocabulary) -> str:
    above, power = scripts.above, scripts.power
    if power in {r"\circ", r"\degree", "°"}:
        return f"{said} {words.signs[_DEGREES]}".strip()
    if power == r"\prime":
        return f"{said} {words.signs[_PRIME]}".strip()
    if not base.words:
        return f"{said} {words.say('lone superscript', above.words)}".strip()
    if base.sign in {"brace above", "brace below"} or base.kind is Kind.OPERATOR:
        return words.say("above", said, above.words)
    if base.kind is Kind.FUNCTION and power == "-1":
        return words.say("inverse", said)
    if "2" in {power, above.words}:
        return words.say("squared", said)
    if "3" in {power, above.words}:
        return words.say("cubed", said)
    if above.words == "T" and base.sign != "e":
        return words.say("transpose", said)
    if power == r"\top":
        return words.say("transpose", said)
    if _NO_POWER.fullmatch(power):
        return words.say("superscript" if above.simple else "long superscript", said, above.words)
    return words.say("power" if above.simple else "long power", said, above.words)


def _evaluated(base: Said, below: str, above: str, words: Vocabulary) -> Said:
    said = words.say("evaluated from", below, above) if above and below else words.say("evaluated at", below or above)
    return Said(said, base.kind, simple=False)


def _limits(base: Said, below: str, above: str, words: Vocabulary) -> Said:
    said = base.words
    if base.sign in LIMITS and below:
        said = words.say("limit", said, below)
    elif below and above:
        said = words.say("from to", said, below, above)
    elif below:
        said = words.say("over", said, below)
    elif above:
        said = words.say("up to", said, above)
    return Said(said, Kind.LARGE, simple=False)
