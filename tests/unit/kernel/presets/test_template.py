"""`{{name}}` in a preset's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.presets.template import PromptPart, escape, fill, names_in, placeholders_in, prompt_parts, rename

BRACES = st.text(alphabet="{}a \n中", max_size=24)


def test_a_variable_is_replaced_by_its_value() -> None:
    assert (
        fill("From {{source}} into {{ target }}.", {"source": "German", "target": "英语"}) == "From German into 英语."
    )


def test_names_may_be_of_any_script() -> None:
    assert names_in("把{{原文语言}}译成{{译文-语言}}，{{原文语言}}") == ("原文语言", "译文-语言")


@pytest.mark.parametrize(
    "text", ["{{}}", "{{ }}", "{{a.b}}", "{{ a | upper }}", "{{7*7}}", "{a}", "{{a}", "{{\na}}", "${x}", "{%x%}"]
)
def test_what_is_no_name_in_two_braces_is_itself(text: str) -> None:
    assert names_in(text) == ()
    assert fill(text, {"a": "X", "x": "X"}) == text


def test_nothing_that_is_filled_in_is_looked_at_again() -> None:
    assert fill("{{a}}{{b}}", {"a": "{{b}}", "b": "{{{{a}}"}) == "{{b}}{{{{a}}"


def test_a_variable_without_a_value_stays_as_it_is_written() -> None:
    assert fill("{{ a }} and {{b}}", {"b": "B"}) == "{{ a }} and B"


def test_four_braces_are_two_written_ones() -> None:
    assert (
        fill("In Vue, {{{{ price }} shows it to {{reader}}.", {"price": "1", "reader": "you"})
        == "In Vue, {{ price }} shows it to you."
    )


def test_pieces_tell_where_each_part_came_from() -> None:
    assert prompt_parts("To {{x}}!", {"x": "you"}) == (PromptPart("To "), PromptPart("you", "x"), PromptPart("!"))


def test_places_are_those_of_the_braces() -> None:
    text = "a {{b}} {{{{c}} {{ d }}"
    assert [(text[place.start : place.end], place.name) for place in placeholders_in(text)] == [
        ("{{b}}", "b"),
        ("{{ d }}", "d"),
    ]


def test_renaming_touches_one_variable_only() -> None:
    assert rename("{{a}} {{ a }} {{b}} {{{{a}}", "a", "c") == "{{c}} {{c}} {{b}} {{{{a}}"


@given(BRACES)
def test_an_escaped_text_says_itself(text: str) -> None:
    assert fill(escape(text), {"a": "X", "aa": "Y", "中": "Z"}) == text
    assert names_in(escape(text)) == ()


@given(BRACES)
def test_pieces_together_are_the_filled_text(text: str) -> None:
    values = {"a": "1", "中": "{{a}}"}
    assert "".join(piece.text for piece in prompt_parts(text, values)) == fill(text, values)
