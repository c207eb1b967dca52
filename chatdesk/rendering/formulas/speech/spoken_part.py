"""Parts of a formula as text, and their combination into a sentence."""

from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.speech.kinds import Kind


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """A spoken part. `simple`: short enough that its end is obvious. `sign`: its LaTeX if it is a single sign."""

    text: str
    kind: Kind = Kind.OPERAND
    simple: bool = True
    sign: str = ""
    signs: int = 1
    """Number of operands; a large number if it contains anything else."""


NOTHING = SpokenPart("", Kind.NOTHING)
_MANY = 1_000
_MARKS = (",", ";", ":")
PAUSE = SpokenPart(",", Kind.PUNCTUATION, simple=False)


def joined(parts: Iterable[SpokenPart]) -> SpokenPart:
    """Combine adjacent parts into one; punctuation is attached to the preceding word."""
    found = [part for part in parts if part.text]
    if len(found) == 1:
        return found[0]
    text: list[str] = []
    for part in found:
        if part.kind is not Kind.PUNCTUATION:
            text.append(part.text)
        elif text and not (text[-1].endswith(_MARKS) and part.text in _MARKS):
            text[-1] += part.text
    signed = len(found) == 2 and found[0].sign == "-" and found[1].simple
    only_operands = all(part.kind is Kind.OPERAND for part in found)
    signs = sum(part.signs for part in found) if only_operands else _MANY
    return SpokenPart(" ".join(text), Kind.OPERAND if found else Kind.NOTHING, simple=signed, signs=signs)
