"""What an application says first, and the questions that stand in it as a list: `- [Question]`, FastGPT's way to write a button."""

import re

_QUESTION = re.compile(r"^[ \t]*[-*][ \t]+\[(?P<question>[^\]\n]{1,500})\][ \t]*$", re.MULTILINE)
_MOST = 12


def opening_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without them, and the questions."""
    questions = tuple(match["question"].strip() for match in _QUESTION.finditer(text))[:_MOST]
    return re.sub(r"\n{3,}", "\n\n", _QUESTION.sub("", text)).strip(), questions
