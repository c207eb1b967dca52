r"""LaTeX cut into what it is written of, for reading once from left to right. Braces are paired before anything is read."""

import re

_TOKEN = re.compile(
    r"\\(?:operatorname|tag|hspace|vspace)\*|\\[a-zA-Z]+|\\.|%[^\n]*|\s+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|.",
    re.DOTALL,
)
LONGEST = 4_000
"""Characters. A longer formula is not said: nobody could follow it."""


class Unsayable(ValueError):
    """A formula that there are no words for: too long or too deep, incomplete, or with a command nobody here knows."""


class Tokens:
    """`position` may be put back to where it was before."""

    def __init__(self, latex: str) -> None:
        """Raise `Unsayable` if the formula is too long or its braces do not pair."""
        if len(latex) > LONGEST:
            raise Unsayable
        self._latex = latex
        found = [match for match in _TOKEN.finditer(latex) if not (match[0][0].isspace() or match[0][0] == "%")]
        self._texts = [match[0] for match in found]
        self._starts = [match.start() for match in found]
        self._ends: dict[int, int] = {}
        self._unclosed: set[int] = set()
        """From where on a closing bracket was looked for in vain: a thousand open ones are not looked for a thousand times."""
        self.position = 0
        opened: list[int] = []
        for number, text in enumerate(self._texts):
            if text == "{":
                opened.append(number)
            elif text == "}":
                if not opened:
                    raise Unsayable
                self._ends[opened.pop()] = number
        if opened:
            raise Unsayable

    @property
    def next(self) -> str:
        """What comes; empty at the end."""
        return self._texts[self.position] if self.position < len(self._texts) else ""

    def take(self) -> str:
        """Go on, and return what was there. Raises `Unsayable` at the end."""
        if self.position >= len(self._texts):
            raise Unsayable
        self.position += 1
        return self._texts[self.position - 1]

    def accept(self, text: str) -> bool:
        """Go on if this comes."""
        if self.next != text:
            return False
        self.position += 1
        return True

    def raw(self) -> str:
        """Return the next argument as it is written, without its braces."""
        if self.next != "{":
            return self.take()
        end = self._ends[self.position]
        text = self._latex[self._starts[self.position] + 1 : self._starts[end]]
        self.position = end + 1
        return text

    def option(self) -> str:
        """Return what stands in brackets here; empty if nothing does."""
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
        """Return what was written from a position on up to here, without braces around it."""
        end = self._starts[self.position] if self.position < len(self._starts) else len(self._latex)
        text = self._latex[self._starts[since] : end].strip() if since < len(self._starts) else ""
        return text[1:-1].strip() if text.startswith("{") and text.endswith("}") else text

    def comes(self, wanted: str, unless: frozenset[str]) -> bool:
        """Whether something comes in the group that is being read, before anything of `unless`."""
        number = self.position
        while number < len(self._texts):
            text = self._texts[number]
            if text == wanted:
                return True
            if text == "}" or text in unless:
                return False
            number = self._ends.get(number, number) + 1
        return False
