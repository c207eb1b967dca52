"""LaTeX syntax: groups in braces, arguments, environments, rows and cells, independent of the meaning of commands."""

import re
from collections import deque
from collections.abc import Callable, Iterator

_STEP = re.compile(r"\\begin\s*\{[^{}]*\}|\\end\s*\{[^{}]*\}|\\[a-zA-Z]+\*?|\\.|[{}&]", re.DOTALL)


class Unbalanced(ValueError):
    """A brace or environment is not closed."""


class Missing(ValueError):
    """The text ends where an argument is expected."""


def group_end(text: str, start: int) -> int:
    """Return the index after the group whose opening brace is at `start`. Raise `Unbalanced`."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start):
        if found.group() == "{":
            depth += 1
        elif found.group() == "}":
            depth -= 1
            if depth == 0:
                return found.end()
    raise Unbalanced("a brace is not closed")


def argument(text: str, start: int) -> tuple[str, int]:
    """Return the argument at `start` without its braces, and the index after it. Raise `Unbalanced`, or `Missing` if the text ends."""
    while start < len(text) and text[start].isspace():
        start += 1
    if start >= len(text):
        raise Missing("an argument is missing")
    if text[start] == "{":
        end = group_end(text, start)
        return text[start + 1 : end - 1], end
    command = re.compile(r"\\(?:[a-zA-Z]+|.)", re.DOTALL).match(text, start)
    end = command.end() if command else start + 1
    return text[start:end], end


def option(text: str, start: int) -> tuple[str, int]:
    """Return the content of brackets at `start`, and the index after them; empty if there are none."""
    if not text.startswith("[", start):
        return "", start
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}":
            depth -= 1
        elif text[index] == "]" and depth == 0:
            return text[start + 1 : index], index + 1
    return "", start


def rewrite(text: str, command: str, count: int, write: Callable[[list[str]], str]) -> str:
    """Replace a command and its `count` arguments with the result of `write`, innermost first."""
    pattern = re.compile(rf"\\(?:{command})(?![a-zA-Z])")
    position = len(text)
    while found := _last(pattern, text, position):
        position = found.start()
        arguments, end = [], found.end()
        for _ in range(count):
            given, end = argument(text, end)
            arguments.append(given)
        text = text[:position] + write(arguments) + text[end:]
    return text


def environment_end(text: str, start: int, name: str) -> tuple[int, int]:
    r"""Return the positions before and after the \end of the environment whose body begins at `start`. Raise `Unbalanced`."""
    depth = 1
    for found in re.compile(rf"\\(begin|end)\s*\{{{re.escape(name)}\}}").finditer(text, start):
        depth += 1 if found.group(1) == "begin" else -1
        if depth == 0:
            return found.start(), found.end()
    raise Unbalanced(f"{name} is not ended")


def rows(body: str) -> list[str]:
    r"""Split the body of an environment at its own \\, dropping the [space] after them."""
    found, start = [], 0
    for step, end in _top_level(body):
        if step in {r"\\", r"\cr"}:
            found.append(body[start : end - len(step)])
            start = option(body, end)[1]
    found.append(body[start:])
    return found


def cells(row: str) -> list[str]:
    """Split a row at its own &."""
    found, start = [], 0
    for step, end in _top_level(row):
        if step == "&":
            found.append(row[start : end - 1])
            start = end
    found.append(row[start:])
    return found


def depth(text: str) -> int:
    """Return the nesting depth of groups and environments. Raise `Unbalanced` if they do not match."""
    deepest = now = 0
    for found in _STEP.finditer(text):
        step = found.group()
        if step == "{" or step.startswith(r"\begin"):
            now += 1
            deepest = max(deepest, now)
        elif step == "}" or (step.startswith(r"\end") and step.endswith("}")):
            now -= 1
            if now < 0:
                raise Unbalanced("there is a closing brace too many")
    if now:
        raise Unbalanced("a brace is not closed")
    return deepest


def _top_level(text: str) -> Iterator[tuple[str, int]]:
    """Yield the commands and ampersands outside all groups and environments, each with the index after it."""
    now = 0
    for found in _STEP.finditer(text):
        step = found.group()
        if step == "{" or step.startswith(r"\begin"):
            now += 1
        elif step == "}" or (step.startswith(r"\end") and step.endswith("}")):
            now -= 1
        elif now == 0:
            yield step, found.end()


def _last(pattern: re.Pattern[str], text: str, before: int) -> re.Match[str] | None:
    found = deque(pattern.finditer(text, 0, before), maxlen=1)
    return found[0] if found else None
