"""Guessing of the language of unlabelled code from its first lines as they arrive.

A guess is made once and never changed, and only from complete lines, so that streamed and complete code look the same and no colour is
changed later. Without strong evidence there is no guess: text, logs and drawings stay plain.
"""

import re
from collections import Counter

MAX_GUESSED_LINES = 40
"""Number of lines after which no guess is made."""
_MAX_LINE_LENGTH = 300
_CERTAIN = 10
_ENOUGH = 5
_LEAD = 2

_SIGNS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (language, weight, re.compile(pattern))
    for language, weight, pattern in (
        ("html", _CERTAIN, r"(?i)\s*<!doctype html|\s*<html[\s>]"),
        ("xml", _CERTAIN, r"<\?xml\s"),
        ("xml", _CERTAIN, r"\s*<svg\s"),
        ("php", _CERTAIN, r"\s*<\?php\b"),
        ("python", _CERTAIN, r"#!.*\bpython"),
        ("bash", _CERTAIN, r"#!.*\b(?:ba|z|da)?sh\b"),
        ("javascript", _CERTAIN, r"#!.*\bnode\b"),
        ("diff", _CERTAIN, r"diff --git |@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@"),
        ("python", 3, r"\s*(?:async )?def \w+\(.*\).*:\s*(?:#.*)?$"),
        ("python", 3, r"from [\w.]+ import [\w*(]"),
        ("python", 2, r"import \w[\w.]*(?: as \w+)?(?:, \w+)*$"),
        ("python", 2, r"\s*(?:if|elif|for|while|with|try|except|else|class)\b.*:\s*$"),
        ("python", 2, r"\s*print\(.*\)$|\s*@\w[\w.]*(?:\(.*\))?$"),
        ("javascript", 3, r"\s*(?:const|let) [\w{[].*=.*;?$"),
        ("javascript", 3, r"\s*(?:export |async )*function\s*\w*\(.*\)\s*\{"),
        ("javascript", 3, r"import .* from ['\"]|.*\brequire\(['\"]|module\.exports\b"),
        ("javascript", 2, r".*=>\s*[{(\w]|\s*console\.log\(|\s*document\.\w+"),
        ("typescript", 4, r"\s*(?:export )?(?:interface|enum) \w+(?:<.*>)? (?:extends .*)?\{"),
        ("typescript", 4, r"\s*(?:const|let) \w+: [\w<>\[\]| ]+ ="),
        ("java", 4, r"\s*public (?:final |abstract )?class \w+|\s*import java[x]?\."),
        ("java", 4, r"\s*public static void main\(|\s*System\.out\.print"),
        ("csharp", 4, r"using System(?:\.\w+)*;|\s*namespace [\w.]+\s*[{;]?$|\s*Console\.Write"),
        ("c", 3, r"#include <\w+\.h>"),
        ("c", 2, r"(?:static |unsigned |const )*(?:int|void|char|double|float) \**\w+\(.*\)\s*\{?$|\s*printf\("),
        ("cpp", 5, r"#include <[a-z_]+>|using namespace std;|\s*std::\w+|\s*template\s*<"),
        ("go", 5, r"package \w+$|func (?:\(\w+ \*?\w+\) )?\w+\(.*\).*\{$"),
        ("rust", 4, r"\s*(?:pub )?fn \w+(?:<.*>)?\(.*\).*\{|use (?:std|crate)::|\s*let mut \w+|#\[derive\("),
        ("ruby", 3, r"require ['\"][\w/]+['\"]$|\s*def \w+[\w?!]*(?:\(.*\))?$|\s*puts "),
        (
            "sql",
            5,
            r"(?i)\s*(?:select\b.*\bfrom\b|insert into \w|create (?:or replace )?(?:table|view|index)\b|update \w+ set\b)",
        ),
        ("sql", 3, r"(?i)select\s.*,?$|\s*(?:left |inner )?join \w+.* on\b|(?:from|where|group by|order by)\s+\w.*$"),
        ("bash", 3, r"\s*(?:sudo |export \w+=|echo [\"$]|if \[{1,2} .*|fi$|done$|apt(?:-get)? install )"),
        ("bash", 3, r"(?:\$ )?(?:pip3?|npm|git|docker|cd|mkdir|curl|brew|cargo|kubectl|chmod|yarn|source) [\w./-]+"),
        ("css", 3, r"(?:[.#]?[\w-]+|\*|:root)(?:[ ,:.#>\w-]*)\{\s*$"),
        (
            "css",
            3,
            r"\s+(?:color|margin|padding|display|background|font-size|width|height|border)[\w-]*:\s*[^;{]+;\s*$",
        ),
        (
            "html",
            3,
            r"\s*</?(?:div|p|span|head|body|script|style|ul|li|table|form|h[1-6]|button|input|section)\b[^>]*>",
        ),
        ("json", 3, r'\s+"[^"\\]+":\s*(?:["\d{\[tfn-]).*$'),
        ("json", 2, r"[{\[]\s*$"),
        (
            "yaml",
            2,
            r"(?:apiVersion|kind|metadata|version|services|name|on|jobs|steps): ?.*$|\s+- (?:name|uses|run|image): ",
        ),
        ("toml", 5, r"\[(?:tool|package|dependencies|build-system|project)[\w.\"-]*\]$"),
        ("dockerfile", 5, r"FROM [\w./:-]+(?: AS \w+)?$|(?:WORKDIR|ENTRYPOINT|CMD|COPY) [\w/.\[\"]"),
    )
)


class LanguageGuess:
    """Guesses the language of code. Add complete lines from the first one until it is `settled`."""

    def __init__(self) -> None:
        self.language = ""
        """A name that `find_lexer` supports; empty while there is no guess."""
        self.settled = False
        """Whether no further lines are needed."""
        self._scores: Counter[str] = Counter()
        self._lines = 0
        self._non_empty_lines = 0

    def add(self, line: str) -> None:
        """Add the next line, given without its line end."""
        if self.settled:
            return
        self._lines += 1
        self._non_empty_lines += bool(line.strip())
        for language, weight, sign in _SIGNS:
            if sign.match(line, 0, _MAX_LINE_LENGTH):
                self._scores[language] += weight
        self._decide()
        self.settled = bool(self.language) or self._lines >= MAX_GUESSED_LINES

    def _decide(self) -> None:
        # TypeScript includes JavaScript and C++ includes C, so evidence for one also counts for the other.
        merged = Counter(self._scores)
        for richer, plainer in (("typescript", "javascript"), ("cpp", "c")):
            if merged[richer]:
                merged[richer] += merged.pop(plainer, 0)
        (language, score), *others = [*merged.most_common(2), ("", 0)]
        certain = score >= _CERTAIN and self._non_empty_lines == 1
        if certain or (self._non_empty_lines > 1 and score >= _ENOUGH and score - others[0][1] >= _LEAD):
            self.language = language


def guess_language(code: str) -> str:
    """Return the guessed language of complete code; empty if there is none."""
    guess = LanguageGuess()
    for line in code.removesuffix("\n").split("\n", MAX_GUESSED_LINES)[:MAX_GUESSED_LINES]:
        guess.add(line)
    return guess.language
