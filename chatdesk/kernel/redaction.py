"""Removal of secrets from text: server responses (servers echo keys, whole or in part), log lines, tracebacks, copied diagnostics.

Known keys are matched by value, others by the usual formats of keys. Log formatting is in system/log_files.py.
"""

import re
from collections.abc import Iterable

MASK = "•••"
_MIN_SECRET_LENGTH = 6
"""In characters. Masking a shorter secret would remove ordinary words."""
_KEY_FORMATS = r"""(?xi)
    (?<![A-Za-z0-9]) (?:sk|gsk|pk|rk|hf|xai|tgp|nvapi|AIza) [-_] [\w*.-]{6,}   # the prefixes vendors give their keys
    | (?<![A-Za-z0-9]) AIza [\w-]{20,}
    | (?<=bearer\s) \S{6,}
    | (?<=basic\s) [\w+/=-]{8,}
    | (?<=api[-_\s]key[:=]) \s* \S{6,}
    | (?<=key[=:]) \s* ["']? [\w.-]{16,}
    | [\w-]{0,80} [*•]{3,} [\w*-]*                                             # what a server half masked itself
    """
"""Compiled with the first text."""


class Redactor:
    """Masks registered secrets and anything that looks like one. Thread-safe."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: frozenset[str] = frozenset()
        self._known: re.Pattern[str] | None = None
        for secret in secrets:
            self.add(secret)

    def __call__(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._known:
            text = self._known.sub(MASK, text)
        return re.sub(_KEY_FORMATS, MASK, text)

    def add_value(self, value: str) -> None:
        """Register the value of a header, also without the scheme before it (`Bearer …`)."""
        self.add(value)
        self.add(value.rpartition(" ")[2])

    def add(self, secret: str) -> None:
        """Register a secret to mask from now on."""
        if len(secret) < _MIN_SECRET_LENGTH or secret in self._secrets:
            return
        self._secrets |= {secret}
        longest_first = sorted(self._secrets, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)))
