"""Extra headers as lines, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.servers.ui.form.headers_row import HeaderLines, header_text, parse_header_lines
from chatdesk.kernel.servers.server import Header

NAMES = st.text("abcXYZ-_09", min_size=1)
VALUES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E))


@given(st.lists(st.builds(Header, NAMES, VALUES), unique_by=lambda header: header.name.lower()))
def test_headers_come_back_from_their_lines(headers: list[Header]) -> None:
    typed = "\n".join(f"{header.name}: {header.value}" for header in headers)
    assert parse_header_lines(typed) == HeaderLines(tuple(headers))
    names_of_headers = [Header(header.name) for header in headers]
    assert parse_header_lines(header_text(headers), names_of_headers) == HeaderLines(tuple(names_of_headers))


def test_of_two_with_one_name_the_last_counts() -> None:
    assert parse_header_lines("X-A: 1\nX-B: 2\nx-a: 3").headers == (Header("X-B", "2"), Header("x-a", "3"))


def test_a_value_that_is_kept_nowhere_is_no_value() -> None:
    assert parse_header_lines(header_text([Header("X-A")])).wrong_line == "X-A: •••"


def test_a_value_may_hold_a_colon_and_inner_spaces() -> None:
    assert parse_header_lines("Forwarded:  for=1.2.3.4:80; by = me ").headers == (
        Header("Forwarded", "for=1.2.3.4:80; by = me"),
    )


@pytest.mark.parametrize("line", ["no colon", ": no name", "two words: x", "Name: ключ", "Näme: x"])
def test_the_first_line_that_is_no_header_is_named(line: str) -> None:
    assert parse_header_lines(f"X-A: 1\n\n{line}\nX-B: 2") == HeaderLines(wrong_line=line)
