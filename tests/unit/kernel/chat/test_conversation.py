"""The path through the messages."""

from datetime import UTC, datetime

from chatdesk.kernel.chat.conversation import path_to
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart


def message(id_: str, parent: str | None, sequence: int, role: Role = Role.USER) -> Message:
    return Message(
        id_, "c", parent, sequence, role, (TextPart(id_),), MessageState.COMPLETE, datetime(2026, 1, 1, tzinfo=UTC)
    )


PATH = {m.id: m for m in (message("question", None, 1), message("answer", "question", 2))}


def test_the_path_runs_from_the_first_message_to_the_head() -> None:
    assert [m.id for m in path_to(PATH, "answer")] == ["question", "answer"]


def test_no_head_is_an_empty_path() -> None:
    assert path_to(PATH, None) == ()
    assert path_to(PATH, "gone") == ()


def test_a_circle_of_parents_ends_the_walk() -> None:
    circle = {"a": message("a", "b", 1), "b": message("b", "a", 2)}
    assert {m.id for m in path_to(circle, "a")} == {"a", "b"}
