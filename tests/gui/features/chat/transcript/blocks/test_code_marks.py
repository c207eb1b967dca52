"""Hidden characters in code."""

import pytest

from chatdesk.features.chat.ui.transcript.blocks.code.code_marks import (
    marks_of,
    without_hidden,
)
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.hidden_characters import HIDDEN, has_hidden


@pytest.mark.parametrize("character", sorted(HIDDEN))
def test_every_hidden_character_is_tagged_with_its_number(character: str) -> None:
    row = f"a{character}b 🙂{character}"
    text = f"U+{ord(character):04X}"
    found = [(mark.position, mark.text) for mark in marks_of(row)]
    assert found[0] == (1, text)
    # A joiner behind an emoji makes one of two.
    assert found[1:] == ([] if character == "\u200d" else [(6, text)])


@pytest.mark.parametrize("row", ["plain", "中文，注释", "שלום", "👩‍💻 👨‍👩‍👧", "می‌خواهم", "क्‍ष", "é ﬁ ü", "🏳️‍🌈"])
def test_what_belongs_to_a_script_is_not_tagged(row: str) -> None:
    assert marks_of(row) == ()
    assert without_hidden(row) == row


def test_positions_stay_what_they_are() -> None:
    row = "a\u202e中🙂\u2066b\u200b"
    assert utf16.units(without_hidden(row)) == utf16.units(row)
    assert HIDDEN.isdisjoint(without_hidden(row))


def test_no_other_character_is_taken_for_a_hidden_one() -> None:
    assert {character for character in map(chr, range(0x110000)) if has_hidden("é" + character)} == HIDDEN
