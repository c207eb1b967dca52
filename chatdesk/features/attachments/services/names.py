"""The name of a file that goes along, made fit to be shown and to be offered when it is saved. It never leads to a file of ours."""

import re
import unicodedata

_LONGEST = 100
_SEPARATORS = re.compile(r"[/\\]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that show nothing, or turn what is around them: `photo<RLO>gnp.exe` is no picture."""


def shown_name(name: str) -> str:
    """Return the last part of a name in one line of what can be seen, its ending kept where it is cut; empty if nothing is left."""
    last = _SEPARATORS.split(name.strip())[-1]
    seen = "".join(sign for sign in last if sign.isspace() or unicodedata.category(sign) not in _HIDDEN)
    words = " ".join(seen.split())
    if len(words) <= _LONGEST:
        return words
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 10:
        return words[: _LONGEST - 1] + "…"
    return f"{stem[: _LONGEST - len(ending) - 2]}….{ending}"
