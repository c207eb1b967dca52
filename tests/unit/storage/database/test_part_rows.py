from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import Part, ReasoningPart, TextPart
from chatdesk.storage.database.message_repository import PartRow, from_rows, to_rows
from tests.unit.storage.any_values import any_part


@given(st.lists(any_part(), max_size=5))
def test_any_parts_come_back_equal(parts: list[Part]) -> None:
    stored = from_rows(to_rows(parts))
    assert [type(part) for part in stored] == [type(part) for part in parts]
    for before, after in zip(parts, stored, strict=True):
        if not _has_surrogates(before):
            assert after == before
        assert not _has_surrogates(after)


@given(st.text(st.sampled_from("a机🦉\0\n"), max_size=20_000))
def test_a_long_text_is_cut_and_joined_again(text: str) -> None:
    rows = to_rows([TextPart(text)])
    assert "".join(row.text for row in rows) == text
    assert from_rows(rows) == (TextPart(text),)


def test_text_that_grows_changes_its_last_segment_only() -> None:
    before = to_rows([TextPart("x" * 10_000)])
    after = to_rows([TextPart("x" * 10_000 + "y")])
    assert [row.segment for row in after if row not in before] == [2]


def test_neighbours_of_one_kind_stay_apart() -> None:
    parts = (TextPart("a"), TextPart("b"), ReasoningPart("c", 7), TextPart(""))
    assert from_rows(to_rows(parts)) == parts


def test_a_part_of_an_unknown_kind_shows_its_text() -> None:
    rows = [
        PartRow(0, 0, "hologram", "seen ", '{"depth": 3}'),
        PartRow(0, 1, "hologram", "still", "{}"),
        PartRow(1, 0, "hologram", "", "{}"),
        PartRow(2, 0, "text", "known", "{}"),
    ]
    assert from_rows(rows) == (TextPart("seen still"), TextPart("known"))


def test_metadata_that_is_broken_hides_nothing() -> None:
    rows = [
        PartRow(0, 0, "reasoning", "thought", "no JSON"),
        PartRow(1, 0, "reasoning", "again", '{"milliseconds": "soon"}'),
        PartRow(2, 0, "reasoning", "more", "[]"),
    ]
    assert from_rows(rows) == (ReasoningPart("thought"), ReasoningPart("again"), ReasoningPart("more"))


def _has_surrogates(part: Part) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in _words(astuple(part)))


def _words(value: object) -> str:
    return "".join(map(_words, value)) if isinstance(value, tuple) else str(value)
