"""Instructions of several scopes."""

import pytest

from chatdesk.kernel.chat.instructions import (
    AnswerLength,
    Scope,
    ScopedInstructions,
    SentInstructions,
    combined_instructions,
    from_json,
    from_records,
    to_json,
)

FOLDER = ScopedInstructions(Scope.FOLDER, "Never give advice on single shares.", "Money")
CHAT = ScopedInstructions(Scope.CHAT, "Answer in British English.")


def test_scopes_are_joined_by_an_empty_line_without_the_empty_ones() -> None:
    instructions = combined_instructions((FOLDER, ScopedInstructions(Scope.MODEL, "  \n"), CHAT))
    assert instructions.text == "Never give advice on single shares.\n\nAnswer in British English."
    assert instructions.parts == (FOLDER, CHAT)


def test_instructions_come_back_from_their_record_equal() -> None:
    instructions = combined_instructions((FOLDER, CHAT))
    assert from_json(to_json(instructions)) == instructions


def test_equal_instructions_have_the_same_key_and_others_have_another_one() -> None:
    assert combined_instructions((FOLDER, CHAT)).key == combined_instructions((FOLDER, CHAT)).key
    assert combined_instructions((FOLDER,)).key != combined_instructions((CHAT,)).key


@pytest.mark.parametrize("record", ["", "no json", "5", "{}", "null", "[" * 100_000])
def test_a_text_without_a_record_contains_no_instructions(record: str) -> None:
    assert from_json(record) is None


def test_a_record_is_read_in_the_order_of_the_scopes_without_what_is_unknown() -> None:
    records = [
        {"scope": "chat", "text": CHAT.text},
        {"scope": "a scope of a newer version", "text": "x"},
        {"scope": "model", "text": 5},
        {"scope": "folder", "text": FOLDER.text, "name": "Money"},
    ]
    assert from_records(records) == SentInstructions((FOLDER, CHAT))


def test_each_length_but_the_default_asks_the_model_in_a_sentence() -> None:
    assert [bool(length.sentence) for length in AnswerLength] == [False, True, True, True]
