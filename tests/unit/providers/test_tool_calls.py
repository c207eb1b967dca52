"""Pieces of tool calls, numbered as servers number them: every shape that was recorded or reported gives the same two calls."""

import pytest

from chatdesk.providers.tool_calls import ToolCallSlots

Piece = tuple[int | None, str, str, str]
"""Index, id, name, arguments."""

ONE, TWO = '{"p":1}', '{"q":2}'
SHAPES: dict[str, list[Piece]] = {
    "OpenAI": [(0, "a", "f", ""), (0, "", "", '{"p":'), (0, "", "", "1}"), (1, "b", "g", ""), (1, "", "", TWO)],
    "all with index 0 (Ollama)": [(0, "a", "f", ONE), (0, "b", "g", TWO)],
    "index 0 and pieces": [(0, "a", "f", '{"p"'), (0, "a", "", ":1}"), (0, "b", "g", '{"q"'), (0, "b", "", ":2}")],
    "index 0 and pieces without an id": [
        (0, "a", "f", '{"p"'),
        (0, "", "", ":1}"),
        (0, "b", "g", '{"q"'),
        (0, "", "", ":2}"),
    ],
    "no index": [(None, "a", "f", ONE), (None, "b", "g", TWO)],
    "no index, pieces without an id": [(None, "a", "f", '{"p"'), (None, "", "", ":1}"), (None, "b", "g", TWO)],
    "neither index nor id": [(None, "", "f", '{"p"'), (None, "", "", ":1}"), (None, "", "g", TWO)],
    "the name again in every piece": [
        (0, "a", "f", '{"p"'),
        (0, "a", "f", ":1}"),
        (1, "b", "g", '{"q"'),
        (1, "b", "g", ":2}"),
    ],
    "the name again without an id": [(0, "a", "f", '{"p"'), (0, "", "f", ":1}"), (1, "b", "g", TWO)],
    "the name empty later": [(0, "a", "f", '{"p"'), (0, "", "", ":1}"), (1, "b", "g", TWO)],
    "indexes from 1": [(1, "a", "f", ONE), (2, "b", "g", TWO)],
    "the place of the tool as index": [(4, "a", "f", ONE), (2, "b", "g", TWO)],
    "head and tail on different indexes": [(0, "a", "f", ""), (1, "a", "", ONE), (0, "b", "g", ""), (1, "b", "", TWO)],
    "the name after the first arguments": [(0, "a", "", '{"p"'), (0, "", "f", ":1}"), (1, "b", "g", TWO)],
    "in turns": [(0, "a", "f", '{"p"'), (1, "b", "g", '{"q"'), (0, "", "", ":1}"), (1, "", "", ":2}")],
    "one index, no ids, whole calls": [(0, "", "f", ONE), (0, "", "g", TWO)],
    "no arguments": [(0, "a", "f", ONE), (1, "b", "g", ""), (1, "b", "g", TWO)],
}


def joined(chunks: list[Piece]) -> list[tuple[str, str]]:
    slots = ToolCallSlots()
    calls: dict[int, list[str]] = {}
    for index, call_id, name, arguments in chunks:
        call = calls.setdefault(slots.place(index, call_id, name, arguments), ["", ""])
        call[0] = call[0] or name
        call[1] += arguments
    return [(name, arguments) for _, (name, arguments) in sorted(calls.items())]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_call_gets_its_own_pieces(shape: str):
    assert joined(SHAPES[shape]) == [("f", ONE), ("g", TWO)]


def test_a_name_that_comes_again_behind_whole_arguments_is_no_call_of_its_own():
    assert joined([(0, "", "f", ONE), (0, "", "f", "")]) == [("f", ONE)]


def test_arguments_without_end_are_not_looked_at_again_with_every_piece():
    slots = ToolCallSlots()
    assert {slots.place(0, "", "f", "{" + "x" * 1000) for _ in range(2000)} == {0}
    assert sum(map(len, slots._slots[0].chunks)) <= 64 * 1024
