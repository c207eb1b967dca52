"""The question that asks for a fix: the distinct errors and the lines of code they are about. Its words are given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_MOST_ERRORS = 6
_LONGEST_ERROR = 600
_AROUND = 6
"""Lines of code before and after one that an error is about."""


@dataclass(frozen=True, slots=True)
class PageError:
    """`file` and `line` (from 1) are where it comes from; an empty file if that is not known."""

    text: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class FixWords:
    """The sentences; `{file}`, `{first}` and `{last}` are filled in."""

    request: str = "The page has these errors. Please fix them and give me the whole code again."
    lines: str = "{file}, lines {first} to {last}:"


def fix_question(errors: Iterable[PageError], code: Mapping[str, str], words: FixWords) -> str:
    """Return the question. `code` has the texts of the files by their names."""
    distinct = list(dict.fromkeys(errors))[:_MOST_ERRORS]
    parts = [words.request, "```text\n" + "\n".join(_said(error) for error in distinct) + "\n```"]
    for name, text in code.items():
        wanted = [error.line for error in distinct if error.file == name]
        lines = text.split("\n")
        for first, last in _stretches(wanted, len(lines)):
            head = words.lines.format(file=name, first=first, last=last)
            parts.append(f"{head}\n```\n" + "\n".join(lines[first - 1 : last]) + "\n```")
    return "\n\n".join(parts)


def _said(error: PageError) -> str:
    text = error.text.strip()[:_LONGEST_ERROR].replace("```", "'''")
    return f"{text} ({error.file}:{error.line})" if error.file else text


def _stretches(lines: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Return first and last line of what is around some lines, in order; what touches is one."""
    found: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        first, last = max(1, line - _AROUND), min(count, line + _AROUND)
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], last)
        elif first <= last:
            found.append((first, last))
    return found
