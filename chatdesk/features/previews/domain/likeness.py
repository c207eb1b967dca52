"""How alike two codes are: the share of lines they have in common, wherever they stand. It is what difflib calls the quick ratio."""

import re
from collections import Counter
from typing import Self

from chatdesk.features.previews.domain.artifact import Artifact
from chatdesk.kernel.fast_dataclass import dataclass

_BEGINNING = 20_000
"""Characters that are looked at."""
_FEW_LINES = 6
_COMMON = re.compile(
    r"<(?:/|!|title\b|(?:html|head|meta|body|style|script|main|div|ul|svg)\b[^>]*>$)|\W*$|@?\w{0,4}\W*$"
    r"|(?:margin|padding|box-sizing|display|justify-content|align-items|font-family|cursor|border|width|height)\s*:"
    r"|import .{0,60}[\"']react|export default"
)
"""Lines that code of a kind has in common whatever it is for."""
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of a code: its lines, or, where it has few, its words."""

    counts: Counter[str]
    total: int

    @classmethod
    def of(cls, artifact: Artifact) -> Self:
        """Return the features of an artifact; of long ones those of the beginning."""
        text = "\n".join(file.text[:_BEGINNING] for file in artifact.files)[:_BEGINNING]
        lines = [stripped for line in text.split("\n") if not _COMMON.match(stripped := line.strip())]
        pieces = lines if len(lines) >= _FEW_LINES else _WORD.findall("\n".join(lines))
        counts = Counter(pieces)
        return cls(counts, sum(counts.values()))

    def likeness(self, other: Self) -> float:
        """Return 0 for nothing in common, 1 for the same."""
        both = self.total + other.total
        # What lengths alone allow is known before anything is counted.
        if not both or min(self.total, other.total) * 4 < both - min(self.total, other.total):
            return 0.0
        return 2 * sum((self.counts & other.counts).values()) / both
