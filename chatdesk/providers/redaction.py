"""Keeps keys out of everything a server says back to us: servers echo keys, whole or in part, in their errors."""

import re
from collections.abc import Iterable

_MASK = "•••"
_SHORTEST_SECRET = 6
"""A shorter "secret" would blank out ordinary words."""
_LOOKS_SECRET = re.compile(
    r"""
    (?<![A-Za-z0-9]) (?:sk|gsk|pk|rk|hf|xai|tgp|nvapi|AIza) [-_] [\w*.-]{6,}   # the prefixes keys are given
    | AIza[\w-]{20,}
    | (?<=[Bb]earer\s) \S{6,}
    | (?<=[Bb]asic\s) [A-Za-z0-9+/=]{8,}
    | [\w-]{0,80} [*•]{3,} [\w*-]*                                                 # what a server half masked itself
    | (?<=api[-_\s]key[:=]) \s* \S{6,}
    """,
    re.VERBOSE,
)


class Redactor:
    """Knows the secrets of one server and what secrets look like in general."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """Return `text` with every secret masked."""
        if self._known:
            text = self._known.sub(_MASK, text)
        return _LOOKS_SECRET.sub(_MASK, text)
