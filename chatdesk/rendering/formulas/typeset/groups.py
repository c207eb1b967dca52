"""LaTeX syntax: groups in braces, arguments, environments, rows and cells, independent of the meaning of commands."""

import re


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


def environment_end(text: str, start: int, name: str) -> tuple[int, int]:
    r"""Return the positions before and after the \end of the environment whose body begins at `start`. Raise `Unbalanced`."""
    depth = 1
    for found in re.compile(rf"\\(begin|end)\s*\{{{re.escape(name)}\}}").finditer(text, start):
        depth += 1 if found.group(1) == "begin" else -1
        if depth == 0:
            return found.start(), found.end()
    raise Unbalanced(f"{name} is not ended")


def words(text: str) -> frozenset[str]:
    """Return the words of a text: a short way to write a set of names."""
    return frozenset(text.split())
