"""A safe line is one line, hides nothing, turns nothing round, and is not longer than it may be."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.text.safe_line import safe_line

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f")
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
KEPT = "\u200c\u200d\U0001f3f4 ab中"
NASTY = (
    "\x00\x07\t\n\r\x1b\x7f\x85\x9b\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2064\u2066\u2069"
    "\u206a\ufeff\ufff9\ufffe\uffff\ud800\udfff\U000e0001\U000e0041\U000e007f\U0001f3f4 ab中"
)
PIECES = [*NASTY, ENGLAND, "\U000e0061"]
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("季度汇报 <b>提纲</b>", "季度汇报 <b>提纲</b>"),
        (" two\r\nlines\tand\x00more\u2028end\x85 ", "two lines and more end"),
        ("\x1b]0;title\x07\x1b[31mred", "]0;title [31mred"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2067right\u2069 left\u200f", "right left"),
        ("pay\u200bpal\ufeff\xad", "paypal"),
        ("x" + "".join(chr(0xE0000 + ord(letter)) for letter in "obey") + "y", "xy"),
        (f"{ENGLAND} \U0001f3f4", f"{ENGLAND} \U0001f3f4"),
        ("🏴" + "\U000e0061" * 50 + "\U000e007f", "🏴"),
        ("می\u200cروم 👨\u200d💼", "می\u200cروم 👨\u200d💼"),
        ("half \ud83d of it", "half \ufffd of it"),
    ],
)
def test_what_hides_or_acts_is_removed_and_words_are_kept(text: str, line: str) -> None:
    assert safe_line(text, 100) == line


def test_a_long_text_is_cut_with_an_ellipsis_or_without() -> None:
    assert safe_line("x" * 5, 5) == "xxxxx"
    assert safe_line("x" * 6, 5) == "xxxx…"
    assert safe_line("xxx xx", 5) == "xxx…"
    assert safe_line("x" * 6, 5, ellipsis="") == "xxxxx"
    assert safe_line("a" + " " * 10_000_000 + "b", 5) == "a…"


@given(TEXTS, st.integers(1, 40), st.sampled_from(["", "…"]))
def test_no_text_breaks_turns_hides_or_grows(text: str, longest: int, ellipsis: str) -> None:
    line = safe_line(text, longest, ellipsis=ellipsis)
    assert len(line) <= longest
    line.encode()
    assert " ".join(line.split()) == line
    for character in FLAG.sub("", line):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in DIRECTIONS
        assert character in KEPT or character not in NASTY


@given(TEXTS)
def test_a_safe_line_is_its_own_safe_line(text: str) -> None:
    line = safe_line(text, 100)
    assert safe_line(line, 100) == line


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60))
def test_letters_digits_and_signs_are_kept(text: str) -> None:
    assert safe_line(text, 100) == " ".join(text.split())
