"""Takes secrets out of text that leaves the program: log lines, tracebacks, copied diagnostics.

It knows the keys in use by value, and the shapes of keys in general. What a server says is cleaned where it arrives, in providers/.
"""

import logging
import re

MASK = "•••"
_SHORTEST_SECRET = 6
"""Characters. A shorter "secret" would blank out ordinary words."""
_LOOKS_SECRET = re.compile(
    r"""
    (?<![A-Za-z0-9]) (?:sk|gsk|pk|rk|hf|xai|tgp|nvapi) [-_] [\w.-]{6,}         # the prefixes vendors give their keys
    | (?<![A-Za-z0-9]) AIza [\w-]{20,}
    | (?<=bearer\s) \S{6,}
    | (?<=basic\s) [\w+/=-]{8,}
    | (?<=key[=:]) \s* ["']? [\w.-]{16,}
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Redactor:
    """Masks the secrets it was told of, and whatever looks like one. Safe to use from any thread."""

    def __init__(self) -> None:
        self._secrets: frozenset[str] = frozenset()
        self._known: re.Pattern[str] | None = None

    def __call__(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._known:
            text = self._known.sub(MASK, text)
        return _LOOKS_SECRET.sub(MASK, text)

    def add(self, secret: str) -> None:
        """Mask `secret` from now on."""
        if len(secret) < _SHORTEST_SECRET or secret in self._secrets:
            return
        self._secrets |= {secret}
        longest_first = sorted(self._secrets, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)))


class RedactingFormatter(logging.Formatter):
    """Formats a log record and cleans the whole of it: a filter would miss the traceback, where keys show most often."""

    def __init__(self, layout: str, redactor: Redactor) -> None:
        super().__init__(layout)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text with its traceback, without secrets."""
        return self._redactor(super().format(record))
