"""Sentence splitting by simple rules, and detection of Chinese text."""

import re

_END = re.compile(
    r"""(?<=[.!?])(?<!\d\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!\bvs\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bNo\.)
    [ \t]+(?=[\w"“‘'(\[{<*])
    |(?<=[.!?]["”’)])[ \t]+(?=[A-Z])
    |(?<=[。！？])[ \t]*(?=[^\s。！？”’」』）)\]#~`>-])
    |(?<=[。！？][”’」』）])[ \t]*(?=[^\s。！？#~`>-])""",
    re.VERBOSE,
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")


def split_sentences(line: str) -> list[tuple[str, str]]:
    """Return the sentences of a line, each with the white space after it; joined, they are the line."""
    found: list[tuple[str, str]] = []
    start = 0
    for match in _END.finditer(line):
        found.append((line[start : match.start()], match[0]))
        start = match.end()
    rest = line[start:]
    found.append((rest.rstrip(), rest[len(rest.rstrip()) :]))
    return found


def is_chinese(text: str) -> bool:
    """Return whether a text is Chinese rather than alphabetic: a Chinese character carries as much meaning as a short word."""
    characters = len(_HAN.findall(text))
    return characters * 4 > len(_LETTER.findall(text)) - characters
