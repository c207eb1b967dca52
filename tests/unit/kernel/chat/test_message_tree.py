"""The tree of messages."""

from dataclasses import replace

import pytest

from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.chat.message_trees import MessageTree
from tests.unit.kernel.chat.test_conversation import message


def answer(id_: str, parent: str, sequence: int) -> Message:
    return message(id_, parent, sequence, Role.ASSISTANT)


@pytest.fixture
def tree() -> MessageTree:
    return MessageTree(
        (
            message("question", None, 1),
            answer("first answer", "question", 2),
            message("follow-up", "first answer", 3),
            answer("second answer", "question", 4),
        )
    )


def of(tree: MessageTree, id_: str) -> Message:
    found = tree.find(id_)
    assert found is not None
    return found


def test_versions_are_the_answers_to_the_same_question_in_order(tree: MessageTree) -> None:
    assert [m.id for m in tree.siblings(of(tree, "second answer"))] == ["first answer", "second answer"]
    path = tree.path("second answer")
    assert tree.positions(path) == {"second answer": (1, 2)}


def test_a_question_is_no_version_of_an_answer(tree: MessageTree) -> None:
    tree.add(message("moved up", "question", 5))
    assert tree.position(of(tree, "first answer")) == (0, 2)
    assert tree.position(of(tree, "moved up")) == (0, 1)


def test_the_newest_leaf_follows_the_newest_child(tree: MessageTree) -> None:
    assert tree.newest_leaf(of(tree, "first answer")).id == "follow-up"
    assert tree.newest_leaf(of(tree, "question")).id == "second answer"


def test_what_comes_back_takes_its_old_place_among_its_siblings(tree: MessageTree) -> None:
    first = of(tree, "first answer")
    tree.move("follow-up", "question")
    tree.remove("first answer")
    tree.add(first)
    tree.move("follow-up", "first answer")
    assert [m.id for m in tree.children("question")] == ["first answer", "second answer"]
    assert [m.id for m in tree.path("follow-up")] == ["question", "first answer", "follow-up"]


def test_a_changed_message_keeps_its_place(tree: MessageTree) -> None:
    tree.change(replace(of(tree, "follow-up"), parent_id=None, sequence=3))
    assert of(tree, "follow-up").parent_id == "first answer"
    tree.change(message("gone", None, 9))
    assert "gone" not in tree


def test_a_branch_is_a_message_and_all_below_it(tree: MessageTree) -> None:
    assert [m.id for m in tree.branch("question")] == ["question", "first answer", "second answer", "follow-up"]
    assert tree.is_below("follow-up", "first answer")
    assert not tree.is_below("second answer", "first answer")


def test_a_circle_ends(tree: MessageTree) -> None:
    circle = MessageTree((message("a", "b", 1), message("b", "a", 2)))
    assert circle.newest_leaf(of(circle, "a")).id == "b"
    assert len(circle.branch("a")) == 2
