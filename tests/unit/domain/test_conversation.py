"""The tree of messages."""

from datetime import UTC, datetime

from chatdesk.domain.conversation import newest_leaf, path_to, siblings_of
from chatdesk.domain.message import Message, MessageState, Role, TextPart


def message(id_: str, parent: str | None, sequence: int) -> Message:
    return Message(
        id_, "c", parent, sequence, Role.USER, (TextPart(id_),), MessageState.COMPLETE, datetime(2026, 1, 1, tzinfo=UTC)
    )


TREE = {
    m.id: m
    for m in (
        message("question", None, 1),
        message("first answer", "question", 2),
        message("follow-up", "first answer", 3),
        message("second answer", "question", 4),
    )
}


def test_the_path_runs_from_the_first_message_to_the_head() -> None:
    assert [m.id for m in path_to(TREE, "follow-up")] == ["question", "first answer", "follow-up"]


def test_no_head_is_an_empty_path() -> None:
    assert path_to(TREE, None) == ()
    assert path_to(TREE, "gone") == ()


def test_a_circle_of_parents_ends_the_walk() -> None:
    circle = {"a": message("a", "b", 1), "b": message("b", "a", 2)}
    assert {m.id for m in path_to(circle, "a")} == {"a", "b"}


def test_siblings_are_the_answers_to_the_same_question_in_order() -> None:
    siblings = siblings_of(TREE.values(), TREE["second answer"])
    assert [m.id for m in siblings] == ["first answer", "second answer"]


def test_the_newest_leaf_follows_the_newest_child() -> None:
    assert newest_leaf(tuple(TREE.values()), TREE["first answer"]).id == "follow-up"
    assert newest_leaf(tuple(TREE.values()), TREE["question"]).id == "second answer"
