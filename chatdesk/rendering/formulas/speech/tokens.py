r"""LaTeX tokens, read once from left to right. Braces are matched before reading starts."""

import re

_TOKEN = re.compile(
    r"\\(?:operatorname|tag|hspace|vspace)\*|\\[a-zA-Z]+|\\.|%[^\n]*|\s+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|.",
    re.DOTALL,
)
MAX_SPOKEN_LENGTH = 4_000
"""Maximum length in characters. Nobody could follow a longer formula."""


class NotSpeakable(ValueError):
    """A formula that cannot be spoken: too long, too deeply nested, incomplete, or with an unknown command."""


class Tokens:
    """The tokens of a formula. `position` may be reset to an earlier value."""

    def __init__(self, latex: str) -> None:
        """Raise `NotSpeakable` if the formula is too long or its braces do not match."""
        if len(latex) > MAX_SPOKEN_LENGTH:
            raise NotSpeakable
        self._latex = latex
        found = [match for match in _TOKEN.finditer(latex) if not (match[0][0].isspace() or match[0][0] == "%")]
        self._texts = [match[0] for match in found]
        self._starts = [match.start() for match in found]
        self._ends: dict[int, int] = {}
        self._unclosed: set[int] = set()
        """Positions from which no closing bracket was found, so that a thousand open ones do not cause a thousand searches."""
        self.position = 0
        opened: list[int] = []
        for number, text in enumerate(self._texts):
            if text == "{":
                opened.append(number)
            elif text == "}":
                if not opened:
                    raise NotSpeakable
                self._ends[opened.pop()] = number
        if opened:
            raise NotSpeakable

    @property
    def next(self) -> str:
        """The next token; empty at the end."""
        return self._texts[self.position] if self.position < len(self._texts) else ""

    def consume(self) -> str:
        """Return the next token and advance. Raise `NotSpeakable` at the end."""
        if self.position >= len(self._texts):
            raise NotSpeakable
        self.position += 1
        return self._texts[self.position - 1]

    def accept(self, text: str) -> bool:
        """Advance if this is the next token, and return whether it was."""
        if self.next != text:
            return False
        self.position += 1
        return True

    def raw(self) -> str:
        """Return the source of the next argument without its braces."""
        if self.next != "{":
            return self.consume()
        end = self._ends[self.position]
        text = self._latex[self._starts[self.position] + 1 : self._starts[end]]
        self.position = end + 1
        return text

    def option(self) -> str:
        """Return the content of brackets at this position; empty if there are none."""
        if self.next != "[":
            return ""
        passed = []
        number = self.position + 1
        while number < len(self._texts) and self._texts[number] != "]":
            passed.append(number)
            number = len(self._texts) if number in self._unclosed else self._ends.get(number, number) + 1
        if number >= len(self._texts):
            self._unclosed.update(passed)
            return ""
        text = self._latex[self._starts[self.position] + 1 : self._starts[number]]
        self.position = number + 1
        return text

    def written(self, since: int) -> str:
        """Return the source from a position up to here, without surrounding braces."""
        end = self._starts[self.position] if self.position < len(self._starts) else len(self._latex)
        text = self._latex[self._starts[since] : end].strip() if since < len(self._starts) else ""
        return text[1:-1].strip() if text.startswith("{") and text.endswith("}") else text

    def occurs_before(self, wanted: str, unless: frozenset[str]) -> bool:
        """Return whether a token occurs in the current group before any of `unless`."""
        number = self.position
        while number < len(self._texts):
            text = self._texts[number]
            if text == wanted:
                return True
            if text == "}" or text in unless:
                return False
            number = self._ends.get(number, number) + 1
        return False
