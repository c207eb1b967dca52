"""Writes `chatdesk/kernel/finding/han_tables.py`: how Chinese characters are read, and their simplified forms.

Needs two packages that Chatdesk itself does not need: `uv run --with pypinyin --with opencc-python-reimplemented packaging/han_tables.py`.
The readings are those of pypinyin (MIT) for the 6,763 characters of GB 2312: the usual one of each, and others that its phrases contain
often enough. The simplified forms are OpenCC's (Apache-2.0).
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import opencc
import pypinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

TARGET = Path(__file__).parents[1] / "chatdesk/kernel/finding/han_tables.py"
MIN_SHARE = 0.04
"""Share of a reading in the phrases with its character; rarer ones would find what nobody means."""
WIDTH = 66  # Chinese characters are twice as wide as others
HEAD = '''"""Tables of Chinese characters, written by `packaging/han_tables.py`: do not edit.

Readings: pypinyin (MIT). Simplified forms: OpenCC (Apache-2.0).
"""

READINGS = """
{readings}
"""
"""Each line holds a syllable in pinyin without tone and characters that can be read so; `v` stands for `ü`."""

TRADITIONAL = (
{traditional}
)
SIMPLIFIED = (
{simplified}
)
"""The simplified form of the character at the same place in `TRADITIONAL`."""
'''


def characters_of_gb2312() -> Iterator[str]:
    """Yield the Chinese characters of GB 2312."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def readings_in_phrases() -> defaultdict[str, Counter[str]]:
    """Return how often each character is read in each way."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in phrases_dict.items():
        for character, (syllable, *_) in zip(phrase, syllables, strict=False):
            counts[character][to_normal(syllable)] += 1
    return counts


def readings() -> str:
    """Return the lines of `READINGS`."""
    characters: dict[str, str] = defaultdict(str)
    counts = readings_in_phrases()
    for character in characters_of_gb2312():
        (read,) = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)
        found = counts[character]
        usual, *others = sorted(
            read, key=lambda syllable: -found[syllable]
        )  # stable: pypinyin's own order if there is no phrase
        often = (syllable for syllable in others if found[syllable] > MIN_SHARE * found.total())
        for syllable in (usual, *often):
            characters[syllable] += character
    lines = (
        f"{syllable} {characters[syllable][start : start + WIDTH]}"
        for syllable in sorted(characters)
        for start in range(0, len(characters[syllable]), WIDTH)
    )
    return "\n".join(lines)


def variants() -> Iterator[tuple[str, str]]:
    """Yield the traditional characters that have another, simplified form, and this form."""
    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        traditional, forms = line.split("\t")
        simplified = forms.split(" ")[0]
        if simplified != traditional and unicodedata.is_normalized("NFKC", traditional + simplified):
            yield traditional, simplified


def in_lines(text: str) -> str:
    """Return a text as string literals, one a line."""
    return "\n".join(f'    "{text[start : start + WIDTH]}"' for start in range(0, len(text), WIDTH))


def main() -> None:
    """Write the module."""
    pairs = sorted(variants())
    traditional, simplified = ("".join(column) for column in zip(*pairs, strict=True))
    text = HEAD.format(readings=readings(), traditional=in_lines(traditional), simplified=in_lines(simplified))
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
