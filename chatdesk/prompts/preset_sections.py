"""The four texts below a preset file's head: prompt, opening message, greeting, sample.

The prompt comes first; each of the others begins with a line of its own: `+++ question`, `+++ greeting`, `+++ sample`. A line that only
looks like one has a backslash before it. Blank lines around a text do not belong to it.
"""

import re
from collections.abc import Mapping

SECTIONS = ("question", "greeting", "sample")

_BEGIN = re.compile(rf"\+\+\+ ({'|'.join(SECTIONS)})[ \t]*")
_LOOKS_LIKE_ONE = re.compile(r"\\*\+\+\+( |$)")


def split_sections(body: str) -> dict[str, str]:
    """Return the texts by name, `prompt` among them."""
    texts: dict[str, list[str]] = {"prompt": []}
    lines = texts["prompt"]
    for line in body.split("\n"):
        if begin := _BEGIN.fullmatch(line):
            lines = texts.setdefault(begin[1], [])
        else:
            lines.append(line[1:] if line.startswith("\\") and _LOOKS_LIKE_ONE.match(line) else line)
    return {name: trimmed("\n".join(lines)) for name, lines in texts.items()}


def join_sections(texts: Mapping[str, str]) -> str:
    """Return what `split_sections` reads as these texts."""
    parts = [_escaped(texts.get("prompt", ""))]
    parts += (f"+++ {name}\n{_escaped(text)}" for name in SECTIONS if (text := trimmed(texts.get(name, ""))))
    return "\n\n".join(filter(None, parts)) + "\n"


def trimmed(text: str) -> str:
    """Return `text` as it is after being written and read: line ends are LF, no blank lines around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return "\n".join(f"\\{line}" if _LOOKS_LIKE_ONE.match(line) else line for line in trimmed(text).split("\n"))
